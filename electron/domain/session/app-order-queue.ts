// Carries a session's orders to the app on its host: one after another, and never one that was overtaken.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure } from '../../common/result';
import type { Log } from '../log';
import type { Clock, Disposable } from '../clock';
import type { AppReading, ControlFailure, HostControl } from '../pause/host-control';
import type { Effect, SessionEvent } from './session-events';

type Order = Extract<Effect, { kind: 'pause-app' | 'resume-app' }>;

export interface AppOrderQueueParts {
  readonly host: HostRecord;
  readonly target: PauseTarget;
  readonly control: HostControl;
  readonly log: Log;
  readonly onControlFailure: (failure: ControlFailure) => void;
  readonly tell: (event: SessionEvent) => void;
  readonly clock: Clock;
}

/** Until the next look after one that failed; the last one counts from then on. What nobody saw might stand still for ever. */
const lookAgainMs = [5_000, 15_000, 60_000] as const;

export class AppOrderQueue {
  private last: Promise<void> = Promise.resolve();
  private newestOp = 0;
  private carried = 0;
  private nextLook: Disposable | null = null;
  private isOver = false;

  constructor(private readonly parts: AppOrderQueueParts) {}

  give(order: Order): void {
    this.newestOp = order.op;
    this.nextLook?.dispose();
    this.nextLook = null;
    this.last = this.last.then(() => this.carryOut(order));
  }

  /**
   * Opens the connection, so that a pause later costs no handshake, and looks what the app does, again and again until the
   * host answers or an order tells more.
   * @param otherwise what is known of it already, if the host can't be asked
   */
  async look(op: number, otherwise: AppReading | null = null, failures = 0): Promise<void> {
    const { host, target, control, onControlFailure, tell, clock } = this.parts;
    this.nextLook?.dispose();
    this.nextLook = null;
    const carriedBefore = this.carried;
    // What is seen beside an order may be overtaken by it on the way.
    await this.last;
    try {
      const warm = await control.warm(host, target);
      const reading = warm.ok ? await control.read(host, target) : warm;
      if (reading.ok) {
        tell({ kind: 'app-read', op, reading: reading.value });
        return;
      }
      onControlFailure(reading.failure);
      if (otherwise && this.carried === carriedBefore) tell({ kind: 'app-read', op, reading: otherwise });
      // An unknown key is asked about, and looked again once somebody has vouched for it.
      if (reading.failure.question || op !== this.newestOp || this.isOver) return;
      const delayMs = lookAgainMs[Math.min(failures, lookAgainMs.length - 1)] ?? 0;
      this.nextLook ??= clock.after(delayMs, () => void this.look(op, null, failures + 1));
    } catch (error) {
      this.parts.log.error('app could not be looked at', { host: host.id, error });
    }
  }

  /** No look follows; resolves when nothing that was given is under way any more. */
  settled(): Promise<void> {
    this.isOver = true;
    this.nextLook?.dispose();
    return this.last;
  }

  private async carryOut(order: Order): Promise<void> {
    // An overtaken order must not be sent: pausing after a newer resume would leave the app frozen.
    if (order.op !== this.newestOp) return;
    this.carried += 1;
    const { host, target, control, log, onControlFailure, tell } = this.parts;
    try {
      const pausing = order.kind === 'pause-app';
      const done = pausing ? await control.pause(host, target) : await control.resume(host, target);
      if (done.ok) {
        tell({ kind: pausing ? 'app-paused' : 'app-resumed', op: order.op, report: done.value });
        return;
      }
      onControlFailure(done.failure);
      tell({ kind: 'app-order-failed', op: order.op, failure: done.failure });
    } catch (error) {
      // A bug, but neither this order nor the next ones may hang on it.
      log.error('order to the app failed', { host: host.id, order: order.kind, error });
      const reason = error instanceof Error ? error.message : String(error);
      const told = failure('io', `The order to the app failed: ${reason}`, 'Try again; the log tells more.');
      tell({ kind: 'app-order-failed', op: order.op, failure: told.failure });
    }
  }
}
