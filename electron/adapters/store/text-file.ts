// Reads and writes small text files whole: atomically, for this user only, and with copies of what can't be used.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** @returns null when there is no such file */
export async function readTextFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Another text after every write, by whichever process; empty: there is no file. */
export async function fileStamp(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return ''; // reading it tells why
  }
}

/** Readers see the old text or the new one, never a part; the old one stays when the disk is full. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, text, { encoding: 'utf8', mode: 0o600 });
}

/** @returns the copy's path: the file's name with a time stamp, beside it; a copy that is there already does */
export async function keepCopy(file: string, text: string, nowMs: number): Promise<string> {
  const { dir, name, ext } = parse(file);
  const copies = (await readdir(dir)).filter((other) => other.startsWith(`${name}.broken-`) && other.endsWith(ext));
  for (const copy of copies) if ((await readTextFile(join(dir, copy))) === text) return join(dir, copy);
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-');
  const copy = join(dir, `${name}.broken-${stamp}${ext}`);
  await writeFile(copy, text, { encoding: 'utf8', mode: 0o600 });
  return copy;
}
