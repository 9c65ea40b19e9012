// Notes when the marks of one session came, and waits for them.
import type { SessionId } from '../../electron/common/ids';
import type { MarkKind } from '../../electron/common/session';
import type { Sessions } from '../../electron/domain/session/sessions';

const limitMs = 60_000;

export class SessionTrace {
  /** Monotonic milliseconds of each kind's first mark since the last `begin`. */
  #reached = new Map<MarkKind, number>();
  readonly #waiting = new Set<() => void>();

  /** @param onMark called at once, after the time was taken */
  constructor(
    private readonly sessions: Sessions,
    onMark: (kind: MarkKind) => void,
  ) {
    sessions.onNews({
      marked: (_view, { kind }) => {
        const tMs = performance.now();
        if (!this.#reached.has(kind)) this.#reached.set(kind, tMs);
        onMark(kind);
        for (const look of [...this.#waiting]) look();
      },
      changed: () => {
        for (const look of [...this.#waiting]) look();
      },
    });
  }

  /** Forgets the marks so far. */
  begin(): void {
    this.#reached = new Map();
  }

  /** Monotonic milliseconds. @throws when there was no such mark */
  at(kind: MarkKind): number {
    const tMs = this.#reached.get(kind);
    if (tMs === undefined) throw new Error(`the session told no "${kind}"`);
    return tMs;
  }

  /** @throws when one of the kinds does not come in time, when a pause failed, or when the signal is aborted */
  async until(kinds: readonly MarkKind[], signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const finish = (problem: string | null): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.#waiting.delete(look);
        if (problem === null) resolve();
        else reject(new Error(`${problem}; ${this.#describe()}`));
      };
      const missing = (): MarkKind[] => kinds.filter((kind) => !this.#reached.has(kind));
      const look = (): void => {
        if (this.#reached.has('pause-failed') || this.#reached.has('resume-failed')) finish('the app could not be steered');
        else if (this.sessions.views().some(({ link }) => link.kind === 'asking' || link.kind === 'ended')) finish('the session ended');
        else if (missing().length === 0) finish(null);
      };
      const stop = (): void => finish('stopped');
      const timer = setTimeout(() => finish(`not told in ${limitMs / 1000} s: ${missing().join(', ')}`), limitMs);
      signal.addEventListener('abort', stop);
      this.#waiting.add(look);
      if (signal.aborted) stop();
      else look();
    });
  }

  clientPid(id: SessionId): number {
    const pid = this.sessions.clientPid(id);
    if (pid === null) throw new Error('the session has no client');
    return pid;
  }

  #describe(): string {
    return this.sessions.views().map(({ link, app, marks }) => JSON.stringify({ link, app, marks: marks.slice(-6) })).join('\n');
  }
}
