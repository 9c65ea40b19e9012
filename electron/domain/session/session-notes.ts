// What is noted of a session while it runs: the marks of its journey, and what its client says of the stream.
import type { Mark, MarkKind, StreamQuality } from '../../common/session';
import { tell, type Told } from '../../common/told';
import type { Clock, Disposable } from '../clock';
import type { StreamSign } from './stream-client';
import { freshQuality, withSign } from './stream-quality';

/** Marks kept of one session. */
const keptMarks = 200;
/** Clients write of lost frames in floods: nobody is told of that more often. */
const qualityIntervalMs = 1_000;

export class SessionNotes implements Disposable {
  private markList: readonly Mark[] = [];
  private streamQuality = freshQuality;
  private telling: Disposable | null = null;
  private readonly listeners = new Set<(mark: Mark) => void>();

  /** @param onQuality the quality has changed, told at most once a second */
  constructor(
    private readonly clock: Clock,
    private readonly onQuality: () => void,
  ) {}

  /** Newest last. */
  get marks(): readonly Mark[] {
    return this.markList;
  }

  get quality(): StreamQuality {
    return this.streamQuality;
  }

  onMark(listener: (mark: Mark) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  mark(kind: MarkKind, text: Told): void {
    const mark: Mark = { kind, atMs: this.clock.nowMs(), text };
    this.markList = [...this.markList, mark].slice(-keptMarks);
    for (const listener of [...this.listeners]) listener(mark);
  }

  sign(sign: StreamSign): void {
    const before = this.streamQuality;
    this.streamQuality = withSign(before, sign);
    if (this.streamQuality === before) return;
    if (this.streamQuality.poor && !before.poor) this.mark('stream-poor', tell`The picture suffers: too many frames are lost`);
    if (!this.streamQuality.poor && before.poor) this.mark('stream-okay', tell`The picture is fine again`);
    this.telling ??= this.clock.after(qualityIntervalMs, () => {
      this.telling = null;
      this.onQuality();
    });
  }

  /** Another client, another stream. */
  newStream(): void {
    this.streamQuality = freshQuality;
  }

  dispose(): void {
    this.telling?.dispose();
  }
}
