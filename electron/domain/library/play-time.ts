// Counts for how long each entry's picture was there: from what sessions tell, saved while they stream.
import type { EntryId, SessionId } from '../../common/ids';
import type { SessionView } from '../../common/session';
import type { Clock, Disposable } from '../clock';

/** At most this much is lost when Athena crashes, in milliseconds. */
export const savedEveryMs = 30_000;

/** The clock went on while this machine slept: no picture was there. */
const longestSliceMs = 2 * savedEveryMs;

interface Slice {
  readonly entryId: EntryId;
  /** Monotonic. */
  sinceMs: number;
}

export interface PlayTimeParts {
  readonly clock: Clock;
  /** @param ended false: the picture is still there */
  readonly note: (entryId: EntryId, playedMs: number, ended: boolean) => Promise<void>;
}

export class PlayTime {
  private readonly streaming = new Map<SessionId, Slice>();
  private timer: Disposable | null = null;
  private lastNote: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: PlayTimeParts) {}

  /** Takes a session as it is now. */
  see({ id, entryId, link }: Pick<SessionView, 'id' | 'entryId' | 'link'>): void {
    if (link.kind !== 'streaming') this.gone(id);
    else if (!this.streaming.has(id)) {
      this.streaming.set(id, { entryId, sinceMs: this.parts.clock.monotonicMs() });
      this.timer ??= this.parts.clock.after(savedEveryMs, () => this.tick());
    }
  }

  /** The session is not there any more. */
  gone(id: SessionId): void {
    const slice = this.streaming.get(id);
    if (!slice) return;
    this.streaming.delete(id);
    this.close(slice, true);
  }

  /** Counts what streams up to now; resolves when it is saved. */
  async dispose(): Promise<void> {
    this.timer?.dispose();
    this.timer = null;
    for (const id of [...this.streaming.keys()]) this.gone(id);
    await this.lastNote;
  }

  private tick(): void {
    this.timer = null;
    for (const slice of this.streaming.values()) this.close(slice, false);
    if (this.streaming.size > 0) this.timer = this.parts.clock.after(savedEveryMs, () => this.tick());
  }

  private close(slice: Slice, ended: boolean): void {
    const nowMs = this.parts.clock.monotonicMs();
    const playedMs = Math.min(nowMs - slice.sinceMs, longestSliceMs);
    slice.sinceMs = nowMs;
    const noted = this.parts.note(slice.entryId, playedMs, ended);
    this.lastNote = Promise.all([this.lastNote, noted]);
  }
}
