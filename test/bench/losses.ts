// Cuts the way of a stream and mends it again: how soon Athena declares, pauses, tries and streams, beside clients alone.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCellWorld, isSoWithin, setStage, type CellWorld, type Stage } from '../faults/matrix/cell-world';
import { fit } from '../faults/impaired-cable';
import { removeOrphanedNetworks, whyNoNetwork } from '../faults/matrix/faulty-network';
import { clientNames, type ClientName } from '../faults/matrix/host-side';
import type { RunningAthena } from '../integration/cli/athena-cli';
import type { BenchOptions } from './bench';
import { CleanUp } from './clean-up';
import { figureOf, type Figure } from './figures';
import { rivals, type Rival } from './rivals';

/** Longer than any client waits by itself, and than Athena waits for a client. */
export const cutMs = 15_000;
/** Athena knows how the stream flows after this. */
const knownAfterMs = 13_000;
const rivalSettlesMs = 4_000;
const backWithinMs = 60_000;
/** A painted box comes to about 4 kB a second over VNC; probes and handshakes to less. */
const flowBytes = 2_000;
const flowWindowMs = 1_000;

export interface Losses {
  readonly client: ClientName;
  /** Milliseconds. */
  readonly cutToDeclared: Figure;
  /** By the host's process table. */
  readonly cutToPaused: Figure;
  readonly healToFirstAttempt: Figure;
  readonly healToStreaming: Figure;
}

export interface RivalLosses {
  readonly name: string;
  readonly client: ClientName;
  readonly runs: number;
  /** From the cut until its connection was closed or it ended, by nobody but itself; null: it never noticed. */
  readonly cutToNoticedMs: number | null;
  /** Medians of the runs in which it came back. */
  readonly healToStreamingMs: number | null;
  readonly cameBack: number;
  /** Nobody paused the app: so long it ran on unseen. */
  readonly appPaused: boolean;
}

export type LossReport =
  | { readonly kind: 'not-run'; readonly why: string }
  | {
      readonly kind: 'measured';
      readonly runs: number;
      readonly athena: readonly Losses[];
      readonly instead: readonly RivalLosses[];
      readonly notDriven: readonly { readonly name: string; readonly why: string }[];
    };

/** @param runs cuts of each client */
export async function measureLosses(options: BenchOptions, runs: number): Promise<LossReport> {
  const why = whyNoNetwork();
  if (why !== null) return { kind: 'not-run', why };
  removeOrphanedNetworks();
  const stage = await setStage(options.cleanUp);
  const athena: Losses[] = [];
  const instead: RivalLosses[] = [];
  const notDriven: { name: string; why: string }[] = [];
  for (const client of clientNames) {
    athena.push(await inWorld(client, stage, (world) => athenasLosses(world, runs, options)));
    for (const rival of rivals.filter((one) => one.client === client)) {
      const whyNot = rival.whyNot();
      const outcome = whyNot === null ? await rivalsLosses(rival, stage, runs, options) : whyNot;
      if (typeof outcome === 'string') notDriven.push({ name: rival.name, why: outcome });
      else instead.push(outcome);
    }
  }
  return { kind: 'measured', runs, athena, instead, notDriven };
}

async function inWorld<T>(client: ClientName, stage: Stage, measure: (world: CellWorld, cleanUp: CleanUp) => Promise<T>): Promise<T> {
  const cleanUp = new CleanUp();
  try {
    return await measure(await createCellWorld({ client, network: 'impairable', stage }, cleanUp), cleanUp);
  } finally {
    await cleanUp.run();
  }
}

async function athenasLosses(world: CellWorld, runs: number, { signal, progress }: BenchOptions): Promise<Losses> {
  const session = world.launch();
  await session.event('streaming');
  const cuts: { declared: number; paused: number; tried: number; streaming: number }[] = [];
  for (let run = 1; run <= runs; run++) {
    await sleep(knownAfterMs, undefined, { signal });
    const { brokenMs, mendedMs } = await cutOnce(world, signal);
    const isBack = (): boolean => markSince(session, 'reconnected', mendedMs) !== null && world.app.frozen === 0;
    if (!(await isSoWithin(isBack, backWithinMs, signal))) throw new Error(`${world.host.client} did not come back; it said:\n${session.said}`);
    const streaming = must('reconnected', markSince(session, 'reconnected', mendedMs)) - mendedMs;
    cuts.push({
      declared: must('interrupted', markSince(session, 'interrupted', brokenMs - 50)) - brokenMs,
      paused: must('pause', world.app.frozenSince(brokenMs)) - brokenMs,
      // A client that outlived the cut needs no attempt.
      tried: (markSince(session, 'client-started', mendedMs) ?? mendedMs + streaming) - mendedMs,
      streaming,
    });
    progress(`${world.host.client} ${run}/${runs}: ${JSON.stringify(cuts.at(-1))} ms`);
  }
  session.signal('SIGINT');
  await session.ended;
  return {
    client: world.host.client,
    cutToDeclared: figureOf(cuts.map(({ declared }) => declared)),
    cutToPaused: figureOf(cuts.map(({ paused }) => paused)),
    healToFirstAttempt: figureOf(cuts.map(({ tried }) => tried)),
    healToStreaming: figureOf(cuts.map(({ streaming }) => streaming)),
  };
}

/** @returns words when it can't be brought to show anything */
async function rivalsLosses(rival: Rival, stage: Stage, runs: number, { signal, progress }: BenchOptions): Promise<RivalLosses | string> {
  const noticed: number[] = [];
  const back: number[] = [];
  let appPaused = false;
  for (let run = 1; run <= runs; run++) {
    const problem = await inWorld(rival.client, stage, async (world, cleanUp) => {
      const client = await rival.start(world, stage.display, cleanUp);
      cleanUp.add(() => client.stop());
      const flow = watchFlow(client.pid, cleanUp);
      const flows = await isSoWithin(() => flow.since(0) !== null || !client.isAlive(), 20_000, signal);
      if (!flows || !client.isAlive()) return `it shows nothing here: ${client.output().slice(-300).trim()}`;
      await sleep(rivalSettlesMs, undefined, { signal });
      const connection = watchConnection(client.pid, world.host.port, cleanUp);
      const { brokenMs, mendedMs } = await cutOnce(world, signal);
      if (await isSoWithin(() => flow.since(mendedMs) !== null || !client.isAlive(), backWithinMs, signal)) {
        const streaming = flow.since(mendedMs);
        if (streaming !== null) back.push(streaming - mendedMs);
      }
      const goneMs = connection.goneSince(brokenMs);
      if (goneMs !== null) noticed.push(goneMs - brokenMs);
      appPaused ||= world.app.frozenSince(brokenMs) !== null;
      return null;
    });
    if (problem !== null) return problem;
    progress(`${rival.name} ${run}/${runs}: noticed ${noticed.at(-1) ?? 'never'}, back ${back.at(-1) ?? 'never'} ms`);
  }
  const median = (values: readonly number[]): number | null => (values.length === 0 ? null : figureOf(values).medianMs);
  return { name: rival.name, client: rival.client, runs, cutToNoticedMs: median(noticed), healToStreamingMs: median(back), cameBack: back.length, appPaused };
}

/** Somewhere between the two: neither of them loses its carrier, and nobody is told. */
async function cutOnce({ network }: CellWorld, signal: AbortSignal): Promise<{ brokenMs: number; mendedMs: number }> {
  if (network === null) throw new Error('a cable can only be cut in a network');
  network.impair({ ...fit, lossRatio: 1 });
  const brokenMs = Date.now();
  await sleep(cutMs, undefined, { signal });
  network.impair(fit);
  return { brokenMs, mendedMs: Date.now() };
}

function markSince(session: RunningAthena, event: string, sinceMs: number): number | null {
  const line = session.lines.find((one) => one['event'] === event && Number(one['atMs']) >= sinceMs);
  return line ? Number(line['atMs']) : null;
}

function must(what: string, atMs: number | null): number {
  if (atMs === null) throw new Error(`there was no ${what}`);
  return atMs;
}

/** Looks what comes in over the cable of a process's namespace, where nothing else receives anything. */
function watchFlow(pid: number, cleanUp: CleanUp): { since(atMs: number): number | null } {
  const looks: { atMs: number; bytes: number }[] = [];
  const timer = setInterval(() => looks.push({ atMs: Date.now(), bytes: receivedBytes(pid) }), 50);
  cleanUp.add(() => clearInterval(timer));
  const grown = (from: number): boolean => {
    const start = looks[from];
    const [once, twice] = [1, 2].map((times) => looks.find(({ atMs }) => start !== undefined && atMs >= start.atMs + times * flowWindowMs));
    return start !== undefined && once !== undefined && twice !== undefined && once.bytes - start.bytes >= flowBytes && twice.bytes - once.bytes >= flowBytes;
  };
  return {
    since: (atMs) => {
      const index = looks.findIndex((look, at) => look.atMs >= atMs && grown(at));
      return looks[index]?.atMs ?? null;
    },
  };
}

/** proc(5), /proc/PID/net/dev: the first figure behind the interface's name. */
function receivedBytes(pid: number): number {
  return Number(/^\s*impaired:\s*(\d+)/m.exec(textOf(`/proc/${pid}/net/dev`))?.[1] ?? 0);
}

function watchConnection(pid: number, port: number, cleanUp: CleanUp): { goneSince(atMs: number): number | null } {
  const isThere = (): boolean => {
    const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')} 01 `;
    return ['tcp', 'tcp6'].some((file) => textOf(`/proc/${pid}/net/${file}`).includes(remote));
  };
  const gone: number[] = [];
  const timer = setInterval(() => {
    if (!isThere()) gone.push(Date.now());
  }, 50);
  cleanUp.add(() => clearInterval(timer));
  return { goneSince: (atMs) => gone.find((at) => at >= atMs) ?? null };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // it has ended
  }
}
