// Measures echo with one long-running iputils ping: no process per question, and the kernel's own time stamps.
import { spawn, type ChildProcess } from 'node:child_process';
import { isIP } from 'node:net';
import { sampleFlags } from '../../common/latency';
import { lostAfterMs } from '../../domain/latency/probe';
import { EchoTracker, type EchoSample } from './echo-tracker';
import { LookedUpAddress } from './looked-up-address';
import { parsePingLine, type PingLine } from './ping-lines';
import { PolledOutput } from './polled-output';
import { explainPing, explainSpawnError, type PingTrouble } from './ping-trouble';
import { beatMs, TroubleTeller, type ProbeParts, type RunningProbe } from './running-probe';

export interface IcmpPingParts extends ProbeParts {
  readonly intervalMs: number;
  /** Told at most once, when ping turns out not to be iputils'; this probe then measures nothing any more. */
  readonly onDialect: () => void;
  /** The program and what comes before its options; a test puts another one in. */
  readonly command?: readonly [file: string, ...leading: string[]];
}

/** Twenty questions a second are the most that is asked of anybody. */
const shortestIntervalMs = 50;
/** The least ping lets an ordinary user ask for before iputils 20211215. */
const shortestForUsersMs = 200;
const longestIntervalMs = 60_000;
/** iputils prints at least one line a question, so silence is a hung process. A name may take long to resolve, though. */
const silenceLimitMs = 5_000;
const firstLineLimitMs = 30_000;
/**
 * A name may point elsewhere by now (DHCP): ping resolves it only when it starts. After the shorter time of silence the name is
 * looked up beside it, so that answers which are merely late still find their ping; after the longer it starts anew anyhow.
 */
const resolveAgainAfterMs = { beside: 3_000, anew: 30_000 } as const;
/** While the way is known to be closed, a question a second counts as asked and lost. */
const blockedQuestionMs = 1_000;
const retryMs = { network: 1_000, machine: 15_000, dialect: 15_000, unknown: 1_000 } as const;
const longestRetryMs = 15_000;
/** Late answers come in bursts: the words stay for this long after the last one. */
const lateHoldMs = 5_000;
const killAfterMs = 1_000;

/**
 * No -W: it only matters with a count. The interval is digits made from a checked number, because ping merely warns
 * about an interval it can't read, and then floods.
 * @throws RangeError for an interval outside 50 ms to 60 s
 */
export function pingArguments(address: string, intervalMs: number): string[] {
  if (!(intervalMs >= shortestIntervalMs && intervalMs <= longestIntervalMs)) {
    throw new RangeError(`ping interval must be ${shortestIntervalMs} to ${longestIntervalMs} ms, not ${intervalMs}`);
  }
  return ['-n', '-D', '-O', '-i', (intervalMs / 1000).toFixed(3), '--', address];
}

export class IcmpPing implements RunningProbe {
  private intervalMs: number;
  private readonly troubles: TroubleTeller;
  private tracker: EchoTracker;
  private child: ChildProcess | null = null;
  /** Where the name pointed when it was started, as far as is known. */
  private readonly place: LookedUpAddress;
  private startedTo: string | null = null;
  private output: PolledOutput | null = null;
  /** Beats until the next line can be expected. */
  private idleBeats = 0;
  private stopping = false;
  private stderr = '';
  /** Monotonic milliseconds of the next start, of the last line, the last answer, the last late answer, and the last blocked question. */
  private startAt = 0;
  private heardAt = 0;
  private answeredAt = 0;
  private lateAt = Number.NEGATIVE_INFINITY;
  private blockedAskedAt = 0;
  private hasBanner = false;
  /** Its last line was about a question. */
  private isRunning = false;
  /** The way is closed, so questions are lost without being sent. */
  private blocked = false;
  private failuresInARow = 0;

  constructor(private readonly parts: IcmpPingParts) {
    this.intervalMs = parts.intervalMs;
    pingArguments(parts.address, this.intervalMs); // throws now rather than in a timer
    this.troubles = new TroubleTeller(parts.sink);
    this.tracker = this.newTracker();
    this.startAt = this.now();
    this.place = new LookedUpAddress(parts.address, parts.clock, () => undefined); // ping tells that itself
  }

  /** Of the running ping; null between two. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  tick(): void {
    if (this.stopping) return;
    const now = this.now();
    this.listen();
    for (const sample of this.tracker.expire(this.parts.clock.nowMs())) this.parts.sink.sample(sample);
    if (this.blocked && now - this.blockedAskedAt >= blockedQuestionMs) {
      this.blockedAskedAt = now;
      this.parts.sink.sample({ atMs: this.parts.clock.nowMs(), rttMs: null });
    }
    if (!this.child) {
      if (now >= this.startAt) this.start(now);
    } else if (now - this.heardAt > (this.hasBanner ? silenceLimitMs : firstLineLimitMs)) {
      this.troubles.tell('ping says nothing any more and is started again');
      this.child.kill('SIGKILL');
    } else if (this.hasBanner && isIP(this.parts.address) === 0 && now - this.answeredAt > resolveAgainAfterMs.beside) {
      this.place.refresh(true);
      const isElsewhere = this.startedTo !== null && this.place.numeric !== this.startedTo;
      if (!isElsewhere && now - this.answeredAt <= resolveAgainAfterMs.anew) return;
      this.blocked = true;
      this.child.kill('SIGTERM');
    } else this.place.refresh();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      child.once('close', () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  private start(now: number): void {
    const [file, ...leading] = this.parts.command ?? ['ping'];
    this.stderr = '';
    this.tracker = this.newTracker();
    this.hasBanner = false;
    this.isRunning = false;
    this.heardAt = now;
    this.answeredAt = now;
    this.startedTo = this.place.numeric;
    // stdout is a pipe that ends with this process: a ping whose reader was killed dies of SIGPIPE with its next line.
    const child = spawn(file, [...leading, ...pingArguments(this.parts.address, this.intervalMs)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
      windowsHide: true,
    });
    this.child = child;
    let spawnError: NodeJS.ErrnoException | null = null;
    child.once('error', (error) => (spawnError = error));
    const output = new PolledOutput(child.stdout, (line) => this.hear(parsePingLine(line)));
    this.output = output;
    for (const event of ['error', 'exit']) child.once(event, () => output.close());
    onLines(child.stderr, (line) => this.complain(line));
    child.once('close', () => {
      this.child = null;
      this.output = null;
      if (!this.stopping) this.ended(spawnError);
    });
  }

  /** A line comes once an interval: looking in every beat would mostly be in vain. */
  private listen(): void {
    this.idleBeats -= 1;
    if (this.idleBeats >= 0 || this.output?.poll() !== true) return;
    // The first answer comes right behind the banner.
    this.idleBeats = this.isRunning ? Math.max(0, Math.floor(this.intervalMs / beatMs) - 1) : 0;
  }

  private hear(line: PingLine): void {
    if (this.stopping) return;
    const now = this.now();
    this.heardAt = now;
    if (line.kind === 'banner') {
      this.hasBanner = true;
      this.blocked = false;
      this.troubles.tell(null);
    }
    if (line.kind === 'unreachable') this.troubles.tell(`${line.from} says: ${line.reason}`);
    if (line.kind === 'reply') {
      this.answeredAt = now;
      // It answers: wherever the name points by then is where it was sent.
      this.startedTo ??= this.place.numeric;
    }
    this.isRunning = line.kind !== 'banner';
    const samples = this.tracker.take(line);
    for (const sample of samples) this.parts.sink.sample(sample);
    const late = samples.find(isLate);
    if (late) this.noteLate(now, late.rttMs ?? lostAfterMs);
    else if (samples.some(isAnswer)) this.noteAnswer(now);
  }

  private noteLate(now: number, tookMs: number): void {
    if (now - this.lateAt > lateHoldMs) {
      this.troubles.tell(`answers come later than ${lostAfterMs} ms and count as lost (one took ${Math.round(tookMs)} ms)`);
    }
    this.lateAt = now;
  }

  private noteAnswer(now: number): void {
    this.failuresInARow = 0;
    if (now - this.lateAt > lateHoldMs) this.troubles.tell(null);
  }

  /** ping goes on after an error in sending; the next answer ends the trouble. */
  private complain(line: string): void {
    this.stderr = `${this.stderr}${line}\n`.slice(-2_000);
    if (this.hasBanner) this.troubles.tell(explainPing(line, this.parts.address).message);
  }

  private ended(spawnError: NodeJS.ErrnoException | null): void {
    const wasResolvedAgain = this.hasBanner && this.blocked;
    const trouble = spawnError ? explainSpawnError(spawnError) : this.explainEnd();
    if (/minimal interval/.test(this.stderr) && this.intervalMs < shortestForUsersMs) {
      this.intervalMs = shortestForUsersMs;
      this.startAt = this.now();
      return;
    }
    this.failuresInARow += 1;
    const delayMs = wasResolvedAgain ? 0 : Math.min(retryMs[trouble.kind] * 2 ** Math.min(this.failuresInARow - 1, 5), longestRetryMs);
    // The way may open at any moment, and a start costs a few milliseconds: no back-off there.
    this.startAt = this.now() + (trouble.kind === 'network' ? retryMs.network : delayMs);
    if (wasResolvedAgain) return;
    this.blocked = trouble.kind === 'network';
    this.troubles.tell(trouble.message);
    if (trouble.kind === 'dialect') this.parts.onDialect();
  }

  private explainEnd(): PingTrouble {
    const { address } = this.parts;
    if (this.hasBanner || this.stderr !== '' || isIP(address) !== 0) return explainPing(this.stderr, address);
    return { kind: 'network', message: `looking up the name ${address} takes too long: is the DNS server there?` };
  }

  private newTracker(): EchoTracker {
    return new EchoTracker({ intervalMs: this.intervalMs, lostAfterMs });
  }

  private now(): number {
    return this.parts.clock.monotonicMs();
  }
}

function isAnswer({ rttMs }: EchoSample): boolean {
  return rttMs !== null;
}

function isLate({ flags = 0 }: EchoSample): boolean {
  return (flags & sampleFlags.late) !== 0;
}

function onLines(stream: NodeJS.ReadableStream, hear: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('latin1');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}
