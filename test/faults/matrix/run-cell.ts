// Plays one cell of the matrix: a session streams, a fault happens and ends, and everything that follows is noted.
import { setTimeout as sleep } from 'node:timers/promises';
import { CleanUp } from '../../bench/clean-up';
import type { RunningAthena } from '../../integration/cli/athena-cli';
import type { Cell } from './cells';
import { commandOf, createCellWorld, isSoWithin, type CellWorld, type Stage } from './cell-world';
import type { Fault, Scene } from './faults';
import type { Seen } from './verdict';

const streamingWithinMs = 40_000;
/** A flow is known after this; without one to know, the lease is held. */
const knownAfterMs = 13_000;
const heldAfterMs = 3_500;
/** So long nothing may happen after a fault that is none, or after everything is well again. */
const quietMs = 4_000;
const endsWithinMs = 12_000;
const goneWithinMs = 8_000;
const keptLogLines = 15;
const linkEvents = ['streaming', 'interrupted', 'reconnected'];

interface Line {
  readonly event: string;
  readonly atMs: number;
  readonly text: string;
}

function linesOf(session: RunningAthena): Line[] {
  return session.lines.flatMap(({ event, atMs, text }) => (typeof event === 'string' ? [{ event, atMs: Number(atMs), text: String(text) }] : []));
}

/** @throws when the cell could not be played */
export async function playCell(cell: Cell, stage: Stage, signal: AbortSignal): Promise<Seen> {
  const cleanUp = new CleanUp();
  try {
    const { network, byName } = cell.fault;
    const where = cell.onLoopback ? 'none' : network === 'none' ? 'cable' : network;
    const world = await createCellWorld({ client: cell.client, network: where, stage, ...(byName && { byName }) }, cleanUp);
    signal.throwIfAborted();
    return await play(cell, world, signal);
  } finally {
    await cleanUp.run();
  }
}

async function play(cell: Cell, world: CellWorld, signal: AbortSignal): Promise<Seen> {
  const { fault, expected } = cell;
  const session = world.launch();
  await session.event('streaming', 1, streamingWithinMs);
  await sleep(fault.standsStill ? knownAfterMs : heldAfterMs, undefined, { signal });
  const early = linesOf(session).some(({ event }) => event === 'interrupted') || world.app.frozen > 0;

  const scene: Scene = { world, session };
  const beganMs = Date.now();
  await fault.begin(scene);
  // What takes a moment, such as pulling a cable, holds only then; what is noticed within it was noticed at once.
  const brokenMs = Date.now();
  if (fault.lastsMs > 0) await sleep(fault.lastsMs, undefined, { signal });
  await fault.end?.(scene);
  const mendedMs = Date.now();

  const isBack = (): boolean => {
    const last = linesOf(session).filter(({ event }) => linkEvents.includes(event)).at(-1);
    return last !== undefined && last.event !== 'interrupted' && Date.now() - last.atMs >= quietMs && world.app.frozen === 0;
  };
  const lost = (): Line | undefined => linesOf(session).find(({ event, atMs }) => event === 'interrupted' && atMs >= beganMs);
  const isDone = (): boolean => {
    if (!session.isRunning) return true;
    const isQuiet = Date.now() - mendedMs >= quietMs;
    return isQuiet && isBack() && (expected.noticed !== 'yes' || lost() !== undefined);
  };
  const leftMs = Math.max(0, expected.limitMs - (Date.now() - brokenMs));
  await isSoWithin(isDone, leftMs, signal);
  const isStreaming = session.isRunning && isBack();
  if (fault.attend && !session.isRunning) await isSoWithin(() => world.app.isFrozen, 4_000, signal);

  const interrupted = lost();
  const reconnected = linesOf(session).find(({ event, atMs }) => event === 'reconnected' && atMs >= beganMs);
  const marks = linesOf(session)
    .filter(({ atMs }) => atMs >= beganMs)
    .map(({ event, atMs, text }) => `${((atMs - brokenMs) / 1_000).toFixed(2)} s ${event}: ${text}`);
  const frozenAtMs = world.app.frozenSince(beganMs);
  const first = {
    interruption: interrupted?.text ?? null,
    detectMs: interrupted ? Math.max(0, interrupted.atMs - brokenMs) : null,
    pauseMs: frozenAtMs === null ? null : Math.max(0, frozenAtMs - brokenMs),
    reconnectMs: reconnected ? Math.max(0, reconnected.atMs - mendedMs) : null,
    thawMs: frozenAtMs === null ? null : msSince(mendedMs, world.app.thawedSince(frozenAtMs)),
    early,
    marks,
  };
  const log = await world.user.log().catch(() => '');
  const exit = session.isRunning ? null : await session.ended;
  const said = session.lines.at(-1);
  const leftByDeath = exit === null ? [] : await processesLeft(world, signal);
  const again = exit !== null && fault.attend ? await launchAgain(scene, fault.attend, signal) : null;
  const last = again?.session ?? session;
  const end = last.isRunning ? await endSession(last) : null;
  return {
    ...first,
    log: log.trimEnd().split('\n').slice(-keptLogLines),
    exitCode: exit?.exitCode ?? null,
    asked: typeof said?.['error'] === 'string' ? said['error'] : null,
    isStreaming,
    afterLaunch: again && { streamingMs: again.streamingMs, thawedMs: again.thawedMs },
    stopped: end,
    leftRunning: [...leftByDeath, ...(await processesLeft(world, signal)), ...(await remainsOf(world, signal))],
    leftFrozen: world.app.frozen,
    appLives: world.app.isAlive,
  };
}

interface Again {
  readonly session: RunningAthena;
  /** From the launch. */
  readonly streamingMs: number | null;
  readonly thawedMs: number | null;
}

/** Somebody sees to it, and launches the entry again. */
async function launchAgain(scene: Scene, attend: NonNullable<Fault['attend']>, signal: AbortSignal): Promise<Again> {
  await attend(scene);
  const launchedMs = Date.now();
  const session = scene.world.launch();
  const streamed = await session.event('streaming', 1, streamingWithinMs).then(
    ({ atMs }) => Number(atMs),
    () => null,
  );
  const { app } = scene.world;
  const isThawed = await isSoWithin(() => app.frozen === 0, 8_000, signal);
  return { session, streamingMs: msSince(launchedMs, streamed), thawedMs: isThawed ? Date.now() - launchedMs : null };
}

/** @returns the exit code; null: it had to be killed */
async function endSession(session: RunningAthena): Promise<number | null> {
  session.signal('SIGINT');
  const ended = await Promise.race([session.ended, sleep(endsWithinMs).then(() => null)]);
  if (ended !== null) return ended.exitCode;
  session.signal('SIGKILL');
  return null;
}

async function processesLeft({ user }: CellWorld, signal: AbortSignal): Promise<string[]> {
  await isSoWithin(async () => (await user.running()).length === 0, goneWithinMs, signal);
  return (await user.running()).map(({ pid }) => commandOf(pid));
}

async function remainsOf(world: CellWorld, signal: AbortSignal): Promise<readonly string[]> {
  await isSoWithin(() => world.remains().length === 0, goneWithinMs, signal);
  return world.remains();
}

function msSince(fromMs: number, atMs: number | null): number | null {
  return atMs === null ? null : Math.max(0, atMs - fromMs);
}
