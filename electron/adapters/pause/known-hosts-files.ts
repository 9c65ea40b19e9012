// The known_hosts files on disk: Athena's own, which it adds to, and those of OpenSSH, which it only reads.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { failure, success, type Result } from '../../common/result';
import type { Log } from '../../domain/log';
import { keyTypeOf, parseKnownHosts, type KnownHostLine } from './known-hosts';

export class KnownHostsFiles {
  /** Each key waits for the one before: two answers at the same time must not overwrite each other. */
  #lastWrite: Promise<void> = Promise.resolve();

  /**
   * @param ownFile Athena's own; made when the first key is trusted
   * @param readOnlyFiles usually ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts
   */
  constructor(
    private readonly ownFile: string,
    private readonly readOnlyFiles: readonly string[],
    private readonly log: Log,
  ) {}

  /** Read anew for each connection, because OpenSSH and people edit these files too. */
  async read(): Promise<Result<readonly KnownHostLine[]>> {
    const lines: KnownHostLine[] = [];
    for (const file of [this.ownFile, ...this.readOnlyFiles]) {
      let text: string;
      try {
        text = await readIfThere(file);
      } catch (error) {
        // Without its own file Athena would ask again for keys that were revoked there or have changed.
        if (file === this.ownFile) return unreadable(file, error);
        this.log.warn('a known_hosts file could not be read', { file, error });
        continue;
      }
      const parsed = parseKnownHosts(text, file);
      lines.push(...parsed.lines);
      for (const ignored of parsed.ignored) this.log.debug('a line of known_hosts is ignored', { ...ignored });
    }
    return success(lines);
  }

  /**
   * Adds one key to Athena's own file; a reader sees the old file or the new one, never half of it.
   * @param name as `knownHostName` makes it
   * @throws when the file can't be written
   */
  append(name: string, key: Buffer): Promise<void> {
    const written = this.#lastWrite.then(() => this.#appendNow(name, key));
    // The next key must not fail because this one did; the caller of this one is told.
    this.#lastWrite = written.catch(() => undefined);
    return written;
  }

  async #appendNow(name: string, key: Buffer): Promise<void> {
    const type = keyTypeOf(key);
    if (type === null || /\s/.test(name)) throw new Error('not a line for known_hosts');
    const { ownFile } = this;
    const text = await readIfThere(ownFile);
    const line = `${name} ${type} ${key.toString('base64')}`;
    if (text.split('\n').includes(line)) return;
    await mkdir(dirname(ownFile), { recursive: true, mode: 0o700 });
    const separator = text === '' || text.endsWith('\n') ? '' : '\n';
    await writeFileAtomic(ownFile, `${text}${separator}${line}\n`, { mode: 0o600 });
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function unreadable(file: string, error: unknown): Result<never> {
  const why = error instanceof Error ? error.message : String(error);
  return failure('io', `Athena can't read its list of trusted host keys: ${why}.`, `Make ${file} readable for your user, then try again.`);
}
