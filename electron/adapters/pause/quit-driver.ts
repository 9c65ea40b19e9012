// Ends a GameStream host's app where it can't be paused: the last resort, for who would rather lose a game than play it blind.
import type { TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import { OrderLine } from './order-line';

type Target = TargetOf<'quit'>;

export interface QuitDriverParts {
  /** Ends whatever app runs on the host; a host that ends nothing tells why. */
  readonly quit: (hostId: HostId) => Promise<Result<null>>;
  /** Whether an app runs there. */
  readonly isRunning: (hostId: HostId) => Promise<Result<boolean>>;
  readonly clock: Clock;
}

/** A host tells its end a moment after it has begun it; milliseconds before each look after the first. */
const lookDelaysMs = [100, 300, 1_000];

export class QuitDriver implements AppDriver<Target> {
  readonly #orders = new OrderLine();

  constructor(private readonly parts: QuitDriverParts) {}

  warm(): Promise<Result<null, ControlFailure>> {
    return Promise.resolve(success(null));
  }

  pause(host: HostRecord): Promise<Result<ControlReport, ControlFailure>> {
    const { quit, isRunning, clock } = this.parts;
    const calledMs = clock.monotonicMs();
    return this.#orders.give(host, async () => {
      const before = await isRunning(host.id);
      if (!before.ok) return before;
      if (before.value) {
        const ended = await quit(host.id);
        if (!ended.ok) return ended;
      }
      for (const delayMs of [0, ...lookDelaysMs]) {
        if (delayMs > 0) await new Promise<void>((resolve) => void clock.after(delayMs, resolve));
        const after = await isRunning(host.id);
        if (!after.ok) return after;
        if (!after.value) return success<ControlReport>({ method: 'quit', pids: [], tries: before.value ? 1 : 0, tookMs: clock.monotonicMs() - calledMs });
      }
      return failure('not-verified', `${host.name} was told to end the app, and still says that one runs.`, 'End it in its own window, or on the page of this host.');
    });
  }

  /** Nothing stands still that could run on. */
  resume(host: HostRecord): Promise<Result<ControlReport, ControlFailure>> {
    return this.#orders.give(host, async () => success<ControlReport>({ method: 'quit', pids: [], tries: 0, tookMs: 0 }));
  }

  read(host: HostRecord): Promise<Result<AppReading, ControlFailure>> {
    return this.#orders.give(host, async () => {
      const running = await this.parts.isRunning(host.id);
      return running.ok ? success<AppReading>({ state: running.value ? 'running' : 'gone', pids: [], method: null }) : running;
    });
  }

  close(host?: HostRecord): void {
    this.#orders.cancel(host);
  }
}
