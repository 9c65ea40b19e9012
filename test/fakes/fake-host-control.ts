// Hosts and apps that exist only in memory, behind the port through which real ones are paused.
import type { PauseTarget } from '../../electron/common/entry';
import type { HostRecord } from '../../electron/common/host';
import type { HostId } from '../../electron/common/ids';
import { failure, success, type Result } from '../../electron/common/result';
import type { HostKeyQuestion, PauseMethod } from '../../electron/common/session';
import type { Clock } from '../../electron/domain/clock';
import type { AppReading, ControlFailure, ControlReport, HostControl } from '../../electron/domain/pause/host-control';

export type FakeOrder = 'warm' | 'pause' | 'resume' | 'read';

export interface FakeApp {
  readonly commandLine: string;
  /** A pid file on the host that names the first process. */
  readonly pidFile?: string;
  /** The first one has started the others. */
  readonly pids: readonly number[];
  readonly stopped: Set<number>;
}

interface FakeKey {
  readonly keyType: string;
  readonly fingerprint: string;
}

export class FakeHostControl implements HostControl {
  /** Everything that was asked for, in order. */
  readonly calls: { readonly order: FakeOrder; readonly hostId: HostId }[] = [];
  /** How long each order takes on the clock. */
  readonly delayMs: Record<FakeOrder, number> = { warm: 0, pause: 0, resume: 0, read: 0 };
  method: PauseMethod = 'sigstop';
  reachable = true;
  /** The key every host shows. */
  key: FakeKey = { keyType: 'ssh-ed25519', fingerprint: 'SHA256:fake-key-1' };
  readonly apps: FakeApp[] = [];
  readonly connected = new Set<HostId>();
  readonly #trusted = new Map<string, FakeKey>();
  readonly #shown = new Map<string, FakeKey>();
  readonly #failures = new Map<FakeOrder, ControlFailure[]>();
  #last: Promise<unknown> = Promise.resolve();
  #nextPid = 1_000;

  constructor(private readonly clock: Clock) {}

  /** Starts an app on every host of this fake. */
  startApp(commandLine: string, processes = 1, pidFile?: string): FakeApp {
    const pids = Array.from({ length: processes }, () => this.#nextPid++);
    const app: FakeApp = { commandLine, pids, stopped: new Set(), ...(pidFile === undefined ? {} : { pidFile }) };
    this.apps.push(app);
    return app;
  }

  endApp(app: FakeApp): void {
    const at = this.apps.indexOf(app);
    if (at >= 0) this.apps.splice(at, 1);
  }

  /** The next orders of this kind fail, one with each failure, whatever the host would have said. */
  failNext(order: FakeOrder, ...failures: readonly ControlFailure[]): void {
    this.#failures.set(order, [...(this.#failures.get(order) ?? []), ...failures]);
  }

  /** As if the user had vouched for the key in an earlier run. */
  trustNow(host: HostRecord): void {
    this.#trusted.set(nameOf(host), this.key);
  }

  async warm(host: HostRecord): Promise<Result<null, ControlFailure>> {
    return this.#perform('warm', host, () => success(null));
  }

  async pause(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle('pause', host, target);
  }

  async resume(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle('resume', host, target);
  }

  async read(host: HostRecord, target: PauseTarget): Promise<Result<AppReading, ControlFailure>> {
    return this.#perform('read', host, () => {
      const apps = this.#find(target);
      const pids = apps.flatMap((app) => app.pids);
      const stopped = apps.reduce((sum, app) => sum + app.stopped.size, 0);
      if (pids.length === 0) return success<AppReading>({ state: 'gone', pids, method: null });
      if (stopped === 0) return success<AppReading>({ state: 'running', pids, method: null });
      if (stopped < pids.length) return success<AppReading>({ state: 'mixed', pids, method: null });
      return success<AppReading>({ state: 'paused', pids, method: this.method });
    });
  }

  async trust(question: HostKeyQuestion): Promise<void> {
    const key = this.#shown.get(`${question.address} ${question.fingerprint}`);
    if (key?.keyType !== question.keyType) throw new Error(`no host showed the key ${question.fingerprint}`);
    this.#trusted.set(question.address, key);
  }

  close(host?: HostRecord): void {
    if (host) this.connected.delete(host.id);
    else this.connected.clear();
  }

  async #settle(order: 'pause' | 'resume', host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    const calledMs = this.clock.monotonicMs();
    return this.#perform(order, host, () => {
      const apps = this.#find(target);
      if (apps.length === 0) return failure('app-not-found', 'The app was not found on the host.', 'Start the app.');
      let tries = order === 'resume' ? 1 : 0;
      for (const app of apps) {
        if (order === 'resume') app.stopped.clear();
        else if (app.stopped.size < app.pids.length) {
          tries = 1;
          for (const pid of app.pids) app.stopped.add(pid);
        }
      }
      const pids = apps.flatMap((app) => app.pids);
      return success({ method: this.method, pids, tries, tookMs: this.clock.monotonicMs() - calledMs });
    });
  }

  #find(target: PauseTarget): FakeApp[] {
    if (target.by === 'pid-file') return this.apps.filter(({ pidFile }) => pidFile === target.path);
    if (target.by !== 'command') return [];
    const pattern = new RegExp(target.pattern, 'u');
    return this.apps.filter(({ commandLine }) => pattern.test(commandLine));
  }

  /** One order after the other, each after its delay, as over one connection. */
  #perform<T>(
    order: FakeOrder,
    host: HostRecord,
    act: () => Result<T, ControlFailure>,
  ): Promise<Result<T, ControlFailure>> {
    this.calls.push({ order, hostId: host.id });
    const done = this.#last.then(async () => {
      const delayMs = this.delayMs[order];
      if (delayMs > 0) await new Promise<void>((resolve) => this.clock.after(delayMs, resolve));
      const arranged = this.#failures.get(order)?.shift();
      if (arranged) return { ok: false, failure: arranged } as const;
      const refusal = this.#connect(host);
      return refusal ? ({ ok: false, failure: refusal } as const) : act();
    });
    this.#last = done;
    return done;
  }

  #connect(host: HostRecord): ControlFailure | null {
    if (!host.ssh) return failure('not-supported', `Athena has no SSH access to ${host.name}.`, 'Add "ssh" to this host.').failure;
    if (!this.reachable) {
      this.connected.delete(host.id);
      return failure('host-unreachable', `No SSH server answers at ${host.address}.`, 'Start the SSH server on the host.').failure;
    }
    if (this.connected.has(host.id)) return null;
    const name = nameOf(host);
    const trusted = this.#trusted.get(name);
    const { keyType, fingerprint } = this.key;
    if (trusted?.keyType !== keyType) {
      this.#shown.set(`${name} ${fingerprint}`, this.key);
      return {
        ...failure('host-key-unknown', `Nobody has vouched for the SSH key of ${host.name} yet.`, 'Compare it, then trust it.').failure,
        question: { hostId: host.id, address: name, keyType, fingerprint },
      };
    }
    if (trusted.fingerprint !== fingerprint) {
      return failure('host-key-changed', `${host.name} shows another SSH key than before.`, 'Remove the old one if you know why.').failure;
    }
    this.connected.add(host.id);
    return null;
  }
}

function nameOf({ address, ssh }: HostRecord): string {
  const port = ssh?.port ?? 22;
  return port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`;
}
