// The practice run: a real stream of a real (small) game, its client killed on purpose, and the way back, measured.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PracticeEvent, PracticeState, PracticeStep, PracticeSummary } from '../common/practice';
import type { SessionId } from '../common/ids';
import type { Clock, Disposable } from '../domain/clock';
import type { Library } from '../domain/library/library';
import type { Log } from '../domain/log';
import type { HostControl } from '../domain/pause/host-control';
import type { PracticeRunner } from '../domain/practice';
import type { Sessions } from '../domain/session/sessions';
import type { PracticeCommand } from './practice-commands';
import { PracticeHost } from './practice-owner';
import { PracticeJourney } from './practice-journey';
import { practiceEntryId, practiceHostId, practiceLibrary } from './practice-library';

/** How long the newcomer watches the game before it is lost, in milliseconds. */
const watchMs = 2_500;
/** No step of a healthy run takes nearly as long; milliseconds. */
const stepLimitMs = 30_000;

export interface PracticeRunParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly library: Library;
  readonly sessions: Sessions;
  readonly host: PracticeCommand;
  /** A control of its own: the practice host's key is thrown away with it, and never enters the user's known hosts. */
  readonly createControl: (knownHostsFile: string) => HostControl;
}

export class PracticeRun implements PracticeRunner {
  private readonly host = new PracticeHost();
  private current: PracticeState = { kind: 'off' };
  private readonly changeListeners = new Set<(state: PracticeState) => void>();
  private readonly eventListeners = new Set<(event: PracticeEvent) => void>();
  private hostControl: HostControl | null = null;
  private sessionId: SessionId | null = null;
  private directory: string | null = null;
  private running: Promise<PracticeSummary> | null = null;
  private stopped = false;

  constructor(private readonly parts: PracticeRunParts) {}

  get state(): PracticeState {
    return this.current;
  }

  /** Pauses the practice game; null while no practice host runs. */
  get control(): HostControl | null {
    return this.hostControl;
  }

  onChange(listener: (state: PracticeState) => void): Disposable {
    this.changeListeners.add(listener);
    return { dispose: () => this.changeListeners.delete(listener) };
  }

  onEvent(listener: (event: PracticeEvent) => void): Disposable {
    this.eventListeners.add(listener);
    return { dispose: () => this.eventListeners.delete(listener) };
  }

  async run(): Promise<PracticeSummary> {
    if (this.running) throw new Error('a practice run is under way');
    this.stopped = false;
    const running = this.runOnce();
    this.running = running;
    try {
      return await running;
    } finally {
      this.running = null;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.clear();
    // A run that was just making something clears that by itself.
    await this.running?.catch(() => undefined);
    if (this.current.kind !== 'off') this.become({ kind: 'off' });
  }

  private async runOnce(): Promise<PracticeSummary> {
    const journey = new PracticeJourney((event) => {
      for (const listener of this.eventListeners) listener(event);
      this.become({ kind: 'running', events: [...journey.events] });
    });
    this.become({ kind: 'running', events: [] });
    await this.clear();
    const problem = await this.walk(journey).catch((error: unknown) => {
      this.parts.log.error('practice run failed', { error });
      return `it failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    const summary = journey.summary(this.stopped ? 'it was stopped' : problem);
    this.parts.log.info('practice run finished', { ...summary });
    if (this.stopped) await this.clear();
    else this.become({ kind: 'finished', events: [...journey.events], summary });
    return summary;
  }

  /** Ends everything a run has made so far. */
  private async clear(): Promise<void> {
    const { sessionId, hostControl, directory } = this;
    this.sessionId = null;
    this.hostControl = null;
    this.directory = null;
    if (sessionId) await this.parts.sessions.end(sessionId);
    await this.host.stop();
    hostControl?.close();
    this.parts.library.setPractice({ hosts: [], entries: [] });
    if (directory) await rm(directory, { recursive: true, force: true });
  }

  /** @returns what went wrong, or null */
  private async walk(journey: PracticeJourney): Promise<string | null> {
    const { sessions } = this.parts;
    const begun = await this.begin(journey);
    if (begun !== null) return begun;

    const subscription = sessions.onNews({
      marked: (view, { kind, text }) => {
        if (view.entryId !== practiceEntryId) return;
        const step = PracticeJourney.stepFor(kind);
        if (step) this.reach(journey, step, text);
      },
      changed: ({ entryId, app }) => {
        if (entryId === practiceEntryId && app.kind === 'resuming') journey.countDownEnded(this.parts.clock.monotonicMs());
      },
    });
    try {
      const launched = await sessions.launch(practiceEntryId);
      if (!launched.ok) return `${launched.failure.message} ${launched.failure.advice}`;
      this.sessionId = launched.value;
      if (!(await this.within(() => journey.has('streaming')))) return 'the practice client shows no picture';
      await this.within(() => false, watchMs);
      return await this.loseAndReturn(journey, launched.value);
    } finally {
      subscription.dispose();
    }
  }

  private async begin(journey: PracticeJourney): Promise<string | null> {
    const { host, library, createControl, log } = this.parts;
    const directory = await mkdtemp(join(tmpdir(), 'athena-practice-'));
    this.directory = directory;
    if (this.stopped) return 'it was stopped';
    const started = await this.host.start({
      ...host,
      directory,
      onLost: (why) => log.warn('practice host lost', { why }),
    });
    if (!started.ok) return `${started.failure.message} ${started.failure.advice}`;
    const knownHostsFile = join(directory, 'known_hosts');
    await writeFile(knownHostsFile, `${started.value.hostKeyLine}\n`, { mode: 0o600 });
    if (this.stopped) return 'it was stopped';
    this.hostControl = createControl(knownHostsFile);
    library.setPractice(practiceLibrary(started.value));
    this.reach(journey, 'host-ready', 'Practice host is up: a game, a stream and an SSH server on this machine');
    return null;
  }

  private async loseAndReturn(journey: PracticeJourney, sessionId: SessionId): Promise<string | null> {
    const { sessions, library } = this.parts;
    const first = sessions.clientPid(sessionId);
    const host = library.host(practiceHostId);
    const target = library.entry(practiceEntryId)?.pause;
    if (first === null || !host || !target || !this.hostControl) return 'the practice session ended too early';
    this.reach(journey, 'client-killed', `Killing the client on purpose (SIGKILL to process ${first})`);
    process.kill(first, 'SIGKILL');
    if (!(await this.within(() => journey.has('app-paused')))) return 'the game was not paused';
    // The host itself is asked: a mark alone is only Athena's word.
    const paused = await this.hostControl.read(host, target);
    if (!paused.ok || paused.value.state !== 'paused') return 'the host says that the game is not paused';
    if (!(await this.within(() => journey.has('app-resumed')))) return 'the game did not run on';
    const running = await this.hostControl.read(host, target);
    if (!running.ok || running.value.state !== 'running') return 'the host says that the game does not run';
    const second = sessions.clientPid(sessionId);
    return second === null || second === first ? 'no second client was started' : null;
  }

  private reach(journey: PracticeJourney, step: PracticeStep, text: string): void {
    journey.reach(step, this.parts.clock.monotonicMs(), this.parts.clock.nowMs(), text);
  }

  private become(state: PracticeState): void {
    this.current = state;
    for (const listener of this.changeListeners) listener(state);
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.parts.clock.after(ms, resolve));
  }

  /** @returns whether it came true in time and the run was not stopped */
  private async within(isSo: () => boolean, limitMs = stepLimitMs): Promise<boolean> {
    const endMs = this.parts.clock.monotonicMs() + limitMs;
    while (!isSo()) {
      if (this.stopped || this.parts.clock.monotonicMs() > endMs) return false;
      await this.wait(20);
    }
    return true;
  }
}
