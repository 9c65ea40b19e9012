// The practice run: a GameStream host found, paired with and streamed from, its stream lost on purpose, and the way back, measured.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNever, type Result } from '../common/result';
import type { PracticeEvent, PracticeLoss, PracticeState, PracticeStep, PracticeSummary } from '../common/practice';
import type { SessionId } from '../common/ids';
import { tell, type Told } from '../common/told';
import type { Clock, Disposable } from '../domain/clock';
import type { Library } from '../domain/library/library';
import type { Log } from '../domain/log';
import type { HostControl } from '../domain/pause/host-control';
import type { PracticeRunner } from '../domain/practice';
import type { Sessions } from '../domain/session/sessions';
import type { GameStreamHostFacts } from './gamestream/host-facts';
import { getToKnow } from './practice-acquaintance';
import type { PracticeCommands } from './practice-commands';
import { PracticeHost } from './practice-owner';
import { PracticeJourney } from './practice-journey';
import { practiceEntryId, practiceHostId, practiceLibrary } from './practice-library';
import { PracticeWorld } from './practice-world';

/** How long the newcomer watches the game before it is lost, in milliseconds. */
const watchMs = 3_000;
/** No step of a healthy run takes nearly as long; milliseconds. */
const stepLimitMs = 30_000;

export interface PracticeRunParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly library: Library;
  readonly sessions: Sessions;
  readonly commands: PracticeCommands;
  /** A control of its own: the practice host's key is thrown away with it, and never enters the user's known hosts. */
  readonly createControl: (knownHostsFile: string) => HostControl;
}

type Problem = string | null;

export class PracticeRun implements PracticeRunner {
  private readonly host = new PracticeHost();
  private current: PracticeState = { kind: 'off' };
  private readonly changeListeners = new Set<(state: PracticeState) => void>();
  private readonly eventListeners = new Set<(event: PracticeEvent) => void>();
  private ownWorld: PracticeWorld | null = null;
  private sessionId: SessionId | null = null;
  private directory: string | null = null;
  private running: Promise<PracticeSummary> | null = null;
  private discoveredBy: PracticeSummary['discoveredBy'] = null;
  private stopped = false;

  constructor(private readonly parts: PracticeRunParts) {}

  get state(): PracticeState {
    return this.current;
  }

  /** What a session with the practice host uses in place of the user's own; null while no practice host runs. */
  get world(): PracticeWorld | null {
    return this.ownWorld;
  }

  onChange(listener: (state: PracticeState) => void): Disposable {
    this.changeListeners.add(listener);
    return { dispose: () => this.changeListeners.delete(listener) };
  }

  onEvent(listener: (event: PracticeEvent) => void): Disposable {
    this.eventListeners.add(listener);
    return { dispose: () => this.eventListeners.delete(listener) };
  }

  async run(loss: PracticeLoss = 'kill'): Promise<PracticeSummary> {
    if (this.running) throw new Error('a practice run is under way');
    this.stopped = false;
    const running = this.runOnce(loss);
    this.running = running;
    try {
      return await running;
    } finally {
      this.running = null;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.endAll();
    // The run, now without a host, ends too, and takes with it what it was just making.
    await this.running?.catch(() => undefined);
    if (this.current.kind !== 'off') this.become({ kind: 'off' });
  }

  private async runOnce(loss: PracticeLoss): Promise<PracticeSummary> {
    const journey = new PracticeJourney((event) => {
      for (const listener of this.eventListeners) listener(event);
      this.become({ kind: 'running', events: [...journey.events] });
    });
    this.discoveredBy = null;
    this.become({ kind: 'running', events: [] });
    const problem = await this.walk(journey, loss).catch((error: unknown) => {
      this.parts.log.error('practice run failed', { error });
      return `it failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    // Nothing stays behind, whether or not it went well. The directory goes last: until here the run might write to it.
    await this.endAll();
    if (this.directory !== null) await rm(this.directory, { recursive: true, force: true });
    this.directory = null;
    const summary = { ...journey.summary(this.stopped ? 'it was stopped' : problem), loss, discoveredBy: this.discoveredBy };
    this.parts.log.info('practice run finished', { ...summary });
    if (!this.stopped) this.become({ kind: 'finished', events: [...journey.events], summary });
    return summary;
  }

  /** Ends everything that a run has started so far. */
  private async endAll(): Promise<void> {
    const { sessionId, ownWorld } = this;
    this.sessionId = null;
    if (sessionId) await this.parts.sessions.end(sessionId);
    await this.host.stop();
    this.ownWorld = null;
    ownWorld?.close();
    this.parts.library.setPractice({ hosts: [], entries: [] });
  }

  private async walk(journey: PracticeJourney, loss: PracticeLoss): Promise<Problem> {
    const facts = await this.begin(journey);
    if (typeof facts === 'string') return facts;
    const world = this.ownWorld;
    if (world === null) return 'it was stopped';
    const known = await getToKnow(world, facts, (step, text) => this.reach(journey, step, text));
    if (!known.ok) return wordsFor(known);
    if (this.stopped) return 'it was stopped';
    this.discoveredBy = known.value.discoveredBy;
    this.parts.library.setPractice(practiceLibrary(facts, known.value.address));

    const { sessions } = this.parts;
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
      if (!launched.ok) return wordsFor(launched);
      this.sessionId = launched.value;
      if (!(await this.within(() => journey.has('streaming')))) return 'the practice Moonlight shows no picture';
      await this.within(() => false, watchMs);
      return (await this.loseAndReturn(journey, world, launched.value, loss)) ?? (await this.end(journey, world, launched.value));
    } finally {
      subscription.dispose();
    }
  }

  /** @returns how to reach the host, or what went wrong */
  private async begin(journey: PracticeJourney): Promise<GameStreamHostFacts | string> {
    const { commands, createControl, clock, log } = this.parts;
    const directory = await mkdtemp(join(tmpdir(), 'athena-practice-'));
    this.directory = directory;
    if (this.stopped) return 'it was stopped';
    const started = await this.host.start({
      ...commands.host,
      directory: join(directory, 'host'),
      onLost: (why) => log.warn('practice host lost', { why }),
    });
    if (!started.ok) return wordsFor(started);
    const world = await PracticeWorld.make({ clock, log, directory, commands, createControl }, started.value);
    if (this.stopped) {
      world.close();
      return 'it was stopped';
    }
    this.ownWorld = world;
    this.reach(journey, 'host-ready', tell`Practice host is up: GameStream, a game and an SSH server, on this machine only`);
    return started.value;
  }

  private async loseAndReturn(journey: PracticeJourney, { control }: PracticeWorld, sessionId: SessionId, loss: PracticeLoss): Promise<Problem> {
    const { sessions, library } = this.parts;
    const first = sessions.clientPid(sessionId);
    const host = library.host(practiceHostId);
    const target = library.entry(practiceEntryId)?.pause;
    if (first === null || !host || !target) return 'the practice session ended too early';
    this.cut(journey, first, loss);
    if (!(await this.within(() => journey.has('paused')))) return 'the game was not paused';
    // The host itself is asked: a mark alone is only Athena's word.
    const paused = await control.read(host, target);
    if (!paused.ok || paused.value.state !== 'paused') return 'the host says that the game is not paused';
    if (!(await this.within(() => journey.has('resumed')))) return 'the game did not run on';
    const running = await control.read(host, target);
    if (!running.ok || running.value.state !== 'running') return 'the host says that the game does not run';
    const second = sessions.clientPid(sessionId);
    return second === null || second === first ? 'no second Moonlight was started' : null;
  }

  private cut(journey: PracticeJourney, clientPid: number, loss: PracticeLoss): void {
    switch (loss) {
      case 'kill':
        this.reach(journey, 'cut', tell`Killing Moonlight on purpose (SIGKILL to process ${clientPid})`);
        process.kill(clientPid, 'SIGKILL');
        return;
      case 'dialog':
        this.reach(journey, 'cut', tell`The host drops the stream on purpose: Moonlight says -1 and stays, with a dialog`);
        this.host.order({ do: 'fault', fault: { kind: 'terminate', code: -1 } });
        return;
      default:
        assertNever(loss);
    }
  }

  /** Stops the session, then ends the game on the host by `/cancel`. */
  private async end(journey: PracticeJourney, { gameStream }: PracticeWorld, sessionId: SessionId): Promise<Problem> {
    this.sessionId = null;
    await this.parts.sessions.end(sessionId);
    if (this.stopped) return 'it was stopped';
    const quit = await gameStream.quit(practiceHostId);
    if (!quit.ok) return wordsFor(quit);
    this.reach(journey, 'ended', tell`Ended: Moonlight is gone, and the host says that nothing runs any more`);
    return null;
  }

  private reach(journey: PracticeJourney, step: PracticeStep, text: Told): void {
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

function wordsFor({ failure }: Extract<Result<unknown>, { readonly ok: false }>): string {
  return `${failure.message} ${failure.advice}`;
}
