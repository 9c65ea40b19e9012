// The files of the machine Athena runs on, as the import needs them: a small port, so that a test can be any system.
import { readdir, readFile, stat } from 'node:fs/promises';
import { longestConnectionFile } from './connection-text';

export type FileRead =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'too-large' }
  /** A directory, a pipe, a device. */
  | { readonly kind: 'no-file' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface FileWorld {
  read(file: string): Promise<FileRead>;
  /** Names in a directory, in no order; none when it can't be read. */
  list(directory: string): Promise<readonly string[]>;
}

export function localFiles(): FileWorld {
  return {
    read: readLocal,
    list: async (directory) => {
      try {
        return await readdir(directory);
      } catch {
        return []; // most places that are looked into aren't there
      }
    },
  };
}

async function readLocal(file: string): Promise<FileRead> {
  try {
    // A pipe would never end, a device might not either.
    const { size, ...found } = await stat(file).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
    if (!found.isFile) return { kind: 'no-file' };
    if (size > longestConnectionFile) return { kind: 'too-large' };
    return { kind: 'read', bytes: await readFile(file) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'refused', reason: code === 'EACCES' || code === 'EPERM' ? 'this user may not read it' : String(code ?? error) };
  }
}
