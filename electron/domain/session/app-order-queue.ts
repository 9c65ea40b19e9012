// Carries a session's orders to the app on its host: one after another, and never one that was overtaken.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure } from '../../common/result';
import type { Log } from '../log';
import type { ControlFailure, HostControl } from '../pause/host-control';
import type { Effect, SessionEvent } from './session-events';

type Order = Extract<Effect, { kind: 'pause-app' | 'resume-app' }>;

export interface AppOrderQueueParts {
  readonly host: HostRecord;
  readonly target: PauseTarget;
  readonly control: HostControl;
  readonly log: Log;
  readonly onControlFailure: (failure: ControlFailure) => void;
  readonly tell: (event: SessionEvent) => void;
}

export class AppOrderQueue {
  private last: Promise<void> = Promise.resolve();
  private newestOp = 0;

  constructor(private readonly parts: AppOrderQueueParts) {}

  give(order: Order): void {
    this.newestOp = order.op;
    this.last = this.last.then(() => this.carryOut(order));
  }

  /** Opens the connection, so that a pause later costs no handshake, and looks what the app does. */
  async look(op: number): Promise<void> {
    const { host, target, control, onControlFailure, tell } = this.parts;
    try {
      const warm = await control.warm(host);
      const reading = warm.ok ? await control.read(host, target) : warm;
      if (reading.ok) tell({ kind: 'app-read', op, reading: reading.value });
      else onControlFailure(reading.failure);
    } catch (error) {
      this.parts.log.error('app could not be looked at', { host: host.id, error });
    }
  }

  /** Resolves when nothing that was given is under way any more. */
  settled(): Promise<void> {
    return this.last;
  }

  private async carryOut(order: Order): Promise<void> {
    // An overtaken order must not be sent: pausing after a newer resume would leave the app frozen.
    if (order.op !== this.newestOp) return;
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
