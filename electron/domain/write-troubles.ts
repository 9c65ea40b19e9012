// Keeps which of Athena's own files can't be written right now, so that it is said once, and unsaid when it is over.
import type { StorageTrouble } from '../common/storage';
import type { Disposable } from './clock';
import type { Log } from './log';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'No space is left on its disk.',
  EDQUOT: 'The disk quota of this user is used up.',
  EROFS: 'Its disk is mounted read-only.',
  EACCES: 'This user may not write there.',
  EPERM: 'This user may not write there.',
  EIO: 'Its disk reports an error.',
};

export class WriteTroubles {
  /** By file, oldest first. */
  private readonly troubles = new Map<string, StorageTrouble>();
  private readonly listeners = new Set<(trouble: StorageTrouble | null) => void>();

  constructor(private readonly log: Log) {}

  /** The oldest; null: everything can be written, as far as is known. */
  get current(): StorageTrouble | null {
    return [...this.troubles.values()][0] ?? null;
  }

  failed(file: string, error: unknown): void {
    if (this.troubles.has(file)) return;
    const before = this.current;
    const text = error instanceof Error ? error.message : String(error);
    // Every layer keeps the system's own word in its message, not every one as a property.
    const code = /\bE[A-Z]{2,}\b/.exec(text)?.[0] ?? '';
    const trouble: StorageTrouble = { file, message: reasons[code] ?? `${text}.` };
    this.troubles.set(file, trouble);
    if (before !== null) return;
    this.log.error('files cannot be written', { ...trouble });
    this.tell();
  }

  worked(file: string): void {
    if (!this.troubles.delete(file)) return;
    // The log itself may be among them: only a line that is written shows that it can be.
    this.log.info('a file can be written again', { file });
    this.tell();
  }

  onChange(listener: (trouble: StorageTrouble | null) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener(this.current);
  }
}
