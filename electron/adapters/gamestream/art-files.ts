// Covers on disk, a folder a host: written whole or not at all, and the ones that were not looked at for longest go first.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';

export interface ArtFilesParts {
  /** Made when it is missing; holds nothing else. */
  readonly directory: string;
  /** All covers together. */
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}

interface KeptFile {
  readonly bytes: number;
  readonly usedMs: number;
}

/** What is thrown away at once when the limit is reached, so that not every new cover costs an old one. */
const roomRatio = 0.1;

export class ArtFiles {
  #kept: Promise<Map<string, KeptFile>> | null = null;
  readonly #touched = new Set<string>();
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ArtFilesParts) {}

  /** Never throws. @returns null when there is none, or it can't be read */
  async read(uniqueId: string, appId: number): Promise<Buffer | null> {
    const file = this.#fileOf(uniqueId, appId);
    try {
      const bytes = await readFile(file);
      await this.#noteUse(file, bytes.length);
      return bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.parts.log.warn('a cover cannot be read', { file, error });
      return null;
    }
  }

  /** Never throws: a cover that can't be kept is fetched again. */
  write(uniqueId: string, appId: number, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(uniqueId, appId);
    this.#lastWrite = this.#lastWrite.then(async () => {
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeFileAtomic(file, Buffer.from(bytes), { mode: 0o600 });
        const kept = await this.#index();
        kept.set(file, { bytes: bytes.length, usedMs: this.parts.clock.nowMs() });
        await this.#makeRoom(kept);
      } catch (error) {
        this.parts.log.warn('a cover cannot be kept', { file, error });
      }
    });
    return this.#lastWrite;
  }

  /** The id is the host's own word: one that is no plain file name gets another, so that it leads nowhere else. */
  #fileOf(uniqueId: string, appId: number): string {
    const folder = /^[A-Za-z0-9-]{1,64}$/.test(uniqueId) ? uniqueId : createHash('sha256').update(uniqueId).digest('hex');
    return join(this.parts.directory, folder, `${appId}.png`);
  }

  /** On the disk once a run and file, so that the order outlives Athena. */
  async #noteUse(file: string, bytes: number): Promise<void> {
    const nowMs = this.parts.clock.nowMs();
    if (this.#kept !== null) (await this.#kept).set(file, { bytes, usedMs: nowMs });
    if (this.#touched.has(file)) return;
    this.#touched.add(file);
    await utimes(file, nowMs / 1_000, nowMs / 1_000);
  }

  #index(): Promise<Map<string, KeptFile>> {
    this.#kept ??= this.#survey();
    return this.#kept;
  }

  async #survey(): Promise<Map<string, KeptFile>> {
    const kept = new Map<string, KeptFile>();
    for (const folder of await readdir(this.parts.directory, { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      const path = join(this.parts.directory, folder.name);
      for (const name of await readdir(path)) {
        const file = join(path, name);
        const { size, mtimeMs } = await stat(file);
        kept.set(file, { bytes: size, usedMs: mtimeMs });
      }
    }
    return kept;
  }

  async #makeRoom(kept: Map<string, KeptFile>): Promise<void> {
    const { limitBytes } = this.parts;
    let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= limitBytes) return;
    for (const [file, { bytes }] of [...kept].sort(([, one], [, other]) => one.usedMs - other.usedMs)) {
      if (total <= limitBytes * (1 - roomRatio)) return;
      await rm(file, { force: true });
      kept.delete(file);
      this.#touched.delete(file);
      total -= bytes;
    }
  }
}
