// Orders an app whose state can be read only sometimes, or never: told apart is what was read from what was merely asked for.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { PauseMethod } from '../../common/session';
import type { Clock } from '../../domain/clock';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import { OrderLine } from './order-line';

export interface AskedAppParts<T extends PauseTarget> {
  readonly method: PauseMethod;
  readonly clock: Clock;
  readonly ask: (host: HostRecord, target: T, wanted: 'paused' | 'running', signal: AbortSignal) => Promise<Result<null, ControlFailure>>;
  /** Null: this target has nothing that could be read. */
  readonly look: (host: HostRecord, target: T, signal: AbortSignal) => Promise<Result<'paused' | 'running', ControlFailure>> | null;
}

/** An app may take a moment to do what it was asked for. Milliseconds before each look after the first. */
const lookDelaysMs = [50, 150, 400, 1_000];

export class AskedApp<T extends PauseTarget> {
  readonly #orders = new OrderLine();
  /** What was asked for last, by host and target. */
  readonly #asked = new Map<string, 'paused' | 'running'>();

  constructor(private readonly parts: AskedAppParts<T>) {}

  settle(host: HostRecord, target: T, wanted: 'paused' | 'running'): Promise<Result<ControlReport, ControlFailure>> {
    const { method, clock } = this.parts;
    const calledMs = clock.monotonicMs();
    return this.#orders.give(host, async (signal) => {
      const key = keyOf(host, target);
      const before = await this.#look(host, target, signal);
      if (!before.ok) return before;
      const report = (tries: number): ControlReport => ({
        method,
        pids: [],
        ...(before.value === null && { verified: false }),
        tries,
        tookMs: clock.monotonicMs() - calledMs,
      });
      // Asked twice, a key that pauses would let it run on again.
      const isDone = before.value === null ? (this.#asked.get(key) ?? 'running') === wanted : before.value === wanted;
      if (isDone) return success(report(0));
      const asked = await this.parts.ask(host, target, wanted, signal);
      if (!asked.ok) return asked;
      this.#asked.set(key, wanted);
      if (before.value === null) return success(report(1));
      for (const delayMs of [0, ...lookDelaysMs]) {
        if (delayMs > 0) await new Promise<void>((resolve) => void clock.after(delayMs, resolve));
        const after = await this.#look(host, target, signal);
        if (!after.ok) return after;
        if (after.value === wanted) return success(report(1));
      }
      const word = wanted === 'paused' ? 'runs on' : 'is still paused';
      return failure('not-verified', `The order went through, but what this entry reads says that the app ${word}.`, 'Try the pause and the reading of this entry by hand.');
    });
  }

  read(host: HostRecord, target: T): Promise<Result<AppReading, ControlFailure>> {
    return this.#orders.give(host, async (signal) => {
      const seen = await this.#look(host, target, signal);
      if (!seen.ok) return seen;
      const state = seen.value ?? this.#asked.get(keyOf(host, target)) ?? 'running';
      const method = state === 'paused' ? this.parts.method : null;
      return success({ state, pids: [], method, ...(seen.value === null && { verified: false }) });
    });
  }

  cancel(host?: HostRecord): void {
    this.#orders.cancel(host);
  }

  async #look(host: HostRecord, target: T, signal: AbortSignal): Promise<Result<'paused' | 'running' | null, ControlFailure>> {
    const look = this.parts.look(host, target, signal);
    return look === null ? success(null) : look;
  }
}

function keyOf(host: HostRecord, target: PauseTarget): string {
  return JSON.stringify([host.id, target]);
}
