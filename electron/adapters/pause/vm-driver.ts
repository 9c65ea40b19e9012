// Pauses an app by suspending the virtual machine it runs in, and lets the machine run on in time for a new attempt.
import type { ProcessTarget, TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../../domain/clock';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import type { Log } from '../../domain/log';
import { OrderLine } from './order-line';
import type { VmState } from './proxmox-answer';

export type VmTarget = TargetOf<'proxmox' | 'libvirt'>;

/** What suspends machines, whoever runs them. */
export interface VmSwitch<T extends VmTarget> {
  state(host: HostRecord, target: T, signal: AbortSignal): Promise<Result<VmState, ControlFailure>>;
  /** Succeeds when the order was carried out; what became of it is read afterwards. */
  order(host: HostRecord, target: T, wanted: 'suspend' | 'resume', signal: AbortSignal): Promise<Result<null, ControlFailure>>;
  warm?(host: HostRecord): Promise<Result<null, ControlFailure>>;
  close?(host?: HostRecord): void;
}

export interface VmDriverParts<T extends VmTarget> {
  readonly vm: VmSwitch<T>;
  /** Stops processes inside the machine. */
  readonly processes: (target: ProcessTarget) => AppDriver;
  readonly clock: Clock;
  readonly log: Log;
  /** The machine was suspended, so its host answers nothing; it will when `awaken` is called. */
  readonly onSuspended: (host: HostRecord) => void;
  /** Milliseconds an awakened machine without named processes has until somebody says what becomes of it; absent: usual. */
  readonly attemptMs?: number;
}

/** Longer than a stream client may take to its first picture. */
const usualAttemptMs = 45_000;
/** A machine that has just been let run on takes a moment until its SSH server answers: it is asked at once, and again. */
const freezeTries = 5;
const lookDelaysMs = [50, 150, 400, 1_000];

export class VmDriver<T extends VmTarget> implements AppDriver<T> {
  readonly #orders = new OrderLine();
  /** Machines that run for an attempt, although their app counts as paused. */
  readonly #awake = new Map<string, Disposable>();

  constructor(private readonly parts: VmDriverParts<T>) {}

  async warm(host: HostRecord, target: T): Promise<Result<null, ControlFailure>> {
    if (target.processes && host.ssh) {
      // Only a help: the machine can be suspended without it.
      const warm = await this.parts.processes(target.processes).warm(host, target.processes);
      if (!warm.ok) this.parts.log.info('no way to the processes of a machine yet', { host: host.id, kind: warm.failure.kind });
    }
    return this.parts.vm.warm ? this.parts.vm.warm(host) : success(null);
  }

  pause(host: HostRecord, target: T): Promise<Result<ControlReport, ControlFailure>> {
    return this.#orders.give(host, async (signal) => {
      this.#settled(host, target);
      const suspended = await this.#bring(host, target, 'suspended', signal);
      if (suspended.ok) this.parts.onSuspended(host);
      return suspended;
    });
  }

  resume(host: HostRecord, target: T): Promise<Result<ControlReport, ControlFailure>> {
    return this.#orders.give(host, async (signal) => {
      this.#settled(host, target);
      const running = await this.#bring(host, target, 'running', signal);
      if (!running.ok || !target.processes) return running;
      const resumed = await this.parts.processes(target.processes).resume(host, target.processes);
      // An app that ended in between is no reason to call the machine paused.
      return !resumed.ok && resumed.failure.kind === 'app-not-found' ? running : resumed;
    });
  }

  read(host: HostRecord, target: T): Promise<Result<AppReading, ControlFailure>> {
    return this.#orders.give(host, async (signal) => {
      const state = await this.parts.vm.state(host, target, signal);
      if (!state.ok) return state;
      switch (state.value.kind) {
        case 'suspended':
          return success<AppReading>({ state: 'paused', pids: [], method: 'vm-suspend' });
        case 'other':
          return success<AppReading>({ state: 'gone', pids: [], method: null });
        case 'running':
          if (!target.processes) return success<AppReading>({ state: 'running', pids: [], method: null });
          return this.parts.processes(target.processes).read(host, target.processes);
      }
    });
  }

  /** The machine runs on, and its app is stopped at once where the entry names processes. Otherwise the pause is made again unless a resume comes in time. */
  awaken(host: HostRecord, target: T): Promise<Result<null, ControlFailure>> {
    return this.#orders.give(host, async (signal) => {
      const state = await this.parts.vm.state(host, target, signal);
      if (!state.ok) return state;
      if (state.value.kind !== 'suspended') return success(null);
      const running = await this.#bring(host, target, 'running', signal);
      if (!running.ok) return running;
      if (target.processes && (await this.#freeze(host, target.processes))) return success(null);
      const { clock, log, attemptMs = usualAttemptMs } = this.parts;
      this.#awake.get(keyOf(host, target))?.dispose();
      const timer = clock.after(attemptMs, () => {
        log.info('nobody came back to the machine, so it is suspended again', { host: host.id });
        void this.pause(host, target);
      });
      this.#awake.set(keyOf(host, target), timer);
      return success(null);
    });
  }

  close(host?: HostRecord): void {
    this.#orders.cancel(host);
    this.parts.vm.close?.(host);
    if (host === undefined) for (const timer of this.#awake.values()) timer.dispose();
  }

  async #freeze(host: HostRecord, processes: ProcessTarget): Promise<boolean> {
    const driver = this.parts.processes(processes);
    for (let tries = 1; ; tries++) {
      const frozen = await driver.pause(host, processes);
      if (frozen.ok) return true;
      if (frozen.failure.kind === 'app-not-found') return false;
      if (tries >= freezeTries) {
        this.parts.log.warn('the app in a machine that runs on could not be stopped', { host: host.id, kind: frozen.failure.kind, message: frozen.failure.message });
        return false;
      }
    }
  }

  async #bring(host: HostRecord, target: T, wanted: 'suspended' | 'running', signal: AbortSignal): Promise<Result<ControlReport, ControlFailure>> {
    const { vm, clock } = this.parts;
    const calledMs = clock.monotonicMs();
    const before = await vm.state(host, target, signal);
    if (!before.ok) return before;
    let seen = before.value;
    let tries = 0;
    if (seen.kind === 'other') return { ok: false, failure: notRunning(seen.told) };
    if (seen.kind !== wanted) {
      tries = 1;
      const ordered = await vm.order(host, target, wanted === 'suspended' ? 'suspend' : 'resume', signal);
      if (!ordered.ok) return ordered;
      for (const delayMs of [0, ...lookDelaysMs]) {
        if (delayMs > 0) await new Promise<void>((resolve) => void clock.after(delayMs, resolve));
        const after = await vm.state(host, target, signal);
        if (!after.ok) return after;
        seen = after.value;
        if (seen.kind === wanted) break;
      }
    }
    if (seen.kind === 'other') return { ok: false, failure: notRunning(seen.told) };
    if (seen.kind !== wanted) {
      return failure('not-verified', `The order was taken, but the machine is still ${seen.kind}.`, 'Look at it on the machine that runs it, and try again.');
    }
    return success({ method: 'vm-suspend', pids: [], tries, tookMs: clock.monotonicMs() - calledMs });
  }

  #settled(host: HostRecord, target: T): void {
    this.#awake.get(keyOf(host, target))?.dispose();
    this.#awake.delete(keyOf(host, target));
  }
}

function keyOf(host: HostRecord, target: VmTarget): string {
  return JSON.stringify([host.id, target]);
}

function notRunning(told: string): ControlFailure {
  return failure('app-not-found', `The virtual machine does not run (${told}).`, 'Start the machine, then the app in it.').failure;
}
