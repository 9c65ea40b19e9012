// One supervised session with fakes all around it, and the handles that move them.
import { entrySchema, type Entry } from '../../../../electron/common/entry';
import { hostRecordSchema, type HostRecord } from '../../../../electron/common/host';
import { sessionIdSchema } from '../../../../electron/common/ids';
import type { AppState, LinkState } from '../../../../electron/common/session';
import { type Told, tell } from '../../../../electron/common/told';
import type { ControlFailure } from '../../../../electron/domain/pause/host-control';
import type { HostTold } from '../../../../electron/domain/hosts/ask-host';
import type { Attempt, PreparedClient } from '../../../../electron/domain/session/prepared-client';
import { Supervisor } from '../../../../electron/domain/session/supervisor';
import type { GateLook } from '../../../../electron/domain/session/session-gate';
import type { SupervisorParts } from '../../../../electron/domain/session/supervisor-parts';
import { FakeClientKeeper } from '../../../fakes/fake-client-keeper';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHostControl, type FakeApp } from '../../../fakes/fake-host-control';
import { SilentLog } from '../../../fakes/silent-log';

export const rig: HostRecord = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20', ssh: { user: 'me' } });
export const game: Entry = entrySchema.parse({
  id: 'game',
  host: 'rig',
  name: 'Game',
  protocol: 'vnc',
  pause: { by: 'command', pattern: 'game' },
});

export const prepared: PreparedClient = {
  kind: 'ready',
  client: 'tigervnc',
  clientName: 'TigerVNC 1.12.0',
  plan: { file: '/usr/bin/xtigervncviewer', args: [], env: {}, typedPassword: null },
  hasPassword: true,
};

async function never(): Promise<HostTold> {
  return new Promise(() => undefined);
}

/** Lets everything that waits for a promise go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** An answer the test gives when it wants to. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

interface BenchFacts {
  readonly entry?: Entry;
  readonly host?: HostRecord;
  readonly askHost?: (() => Promise<HostTold>) | null;
  readonly more?: Partial<SupervisorParts>;
}

export class SessionBench {
  readonly clock = new FakeClock();
  readonly log = new SilentLog();
  readonly keeper = new FakeClientKeeper();
  readonly control = new FakeHostControl(this.clock);
  readonly app: FakeApp;
  readonly controlFailures: ControlFailure[] = [];
  readonly gateWatches = new Set<(why: Told) => void>();
  gateLook: GateLook = { fitness: 'unfit', reasons: [tell`echo: 3 of 10 questions of the last 2 s lost`], limitMs: 5 };
  /** How often a client was prepared. */
  preparations = 0;
  prepare: (attempt: Attempt) => Promise<PreparedClient> = () => Promise.resolve(prepared);
  /** What the host answers; null: this session's host can't be asked. */
  askHost: (() => Promise<HostTold>) | null = null;
  private readonly more: Partial<SupervisorParts>;
  readonly supervisor: Supervisor;

  constructor({ entry = game, host = rig, askHost = null, more = {} }: BenchFacts = {}) {
    this.askHost = askHost;
    this.more = more;
    this.app = this.control.startApp('game --windowed', 2);
    this.control.trustNow(rig);
    this.supervisor = new Supervisor(
      { id: sessionIdSchema.parse('s1'), entry, host, clientName: 'TigerVNC' },
      this.parts(this.keeper),
    );
  }

  parts(keeper: FakeClientKeeper): SupervisorParts {
    return {
      clock: this.clock,
      random: () => 0.5,
      log: this.log,
      keeper,
      control: this.control,
      prepare: (attempt) => {
        this.preparations += 1;
        return this.prepare(attempt);
      },
      askHost: this.askHost === null ? null : () => (this.askHost ?? never)(),
      gate: {
        watch: (onOpen) => {
          this.gateWatches.add(onOpen);
          return { dispose: () => this.gateWatches.delete(onOpen) };
        },
        look: () => this.gateLook,
      },
      onControlFailure: (failure) => this.controlFailures.push(failure),
      ...this.more,
    };
  }

  get link(): LinkState {
    return this.supervisor.view.link;
  }

  get appState(): AppState {
    return this.supervisor.view.app;
  }

  get marks(): string[] {
    return this.supervisor.view.marks.map(({ kind }) => kind);
  }

  get orders(): string[] {
    return this.control.calls.map(({ order }) => order).filter((order) => order === 'pause' || order === 'resume');
  }

  async launch(): Promise<void> {
    this.supervisor.handle({ kind: 'launched' });
    await settle();
  }

  async stream(): Promise<void> {
    await this.launch();
    this.keeper.streams();
    await settle();
  }

  async crash(): Promise<void> {
    this.keeper.end({ kind: 'crashed', signal: 'SIGSEGV' });
    await settle();
  }

  async openGate(): Promise<void> {
    for (const open of [...this.gateWatches]) open(tell`Network is fit`);
    await settle();
  }

  async later(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settle();
  }
}
