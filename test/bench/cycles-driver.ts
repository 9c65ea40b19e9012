// Athena's engine alone in a process, with a stream client that crashes again and again; tells what that leaves behind as lines of JSON.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { compose } from '../../electron/compose';
import { processTree } from '../peers/process-tree';
import { CleanUp } from './clean-up';
import { hundredths } from './figures';
import { SessionTrace } from './session-trace';
import type { ThreadHeap } from './thread-collector';
import { createSupervisionWorld, type SupervisionWorld } from './supervision-world';

/** Goes to the driver as JSON. */
export interface CycleOrders {
  readonly builtDirectory: string;
  readonly warmUpCycles: number;
  readonly cycles: number;
  /** A sample after so many. */
  readonly sampleEvery: number;
}

export interface Leavings {
  readonly cycles: number;
  readonly descriptors: number;
  readonly threads: number;
  /** This one and all below it, the servers of the measurement included. */
  readonly processes: number;
  readonly rssMiB: number;
  /** Of all threads together, after a collection. */
  readonly heapUsedMiB: number;
  /** By the thread's number; 0 is the main one. */
  readonly heapsMiB: Readonly<Record<string, number>>;
  /** From each crash since the last sample until the app ran on, in milliseconds. */
  readonly crashToResumedMs: readonly number[];
}

/** Ended processes are collected, closed sockets let go. */
const restMs = 1_500;
/** Of the counts, the least of so many looks counts: a probe's socket comes and goes. */
const looks = 10;
const lookEveryMs = 100;
/** At the end, memory is looked at so often, until it is back within this of the start. */
const settleWaits = 10;
const settleEveryMs = 10_000;
const settledGrowth = 1.1;
/** What the first one frees lets the next one free more. */
const collections = 4;
const collectionMs = 250;
const answerWaits = 40;

/** Asks every thread: thread-collector.ts listens there. */
const collector = new BroadcastChannel('athena-bench-collect');
const collected = new BroadcastChannel('athena-bench-collected');

/** Resolves with the milliseconds until the app runs on. */
type Crash = () => Promise<number>;

async function crasherOf({ services, entryId }: SupervisionWorld, signal: AbortSignal): Promise<Crash> {
  const trace = new SessionTrace(services.sessions, () => undefined);
  const launched = await services.sessions.launch(entryId);
  if (!launched.ok) throw new Error(`${launched.failure.message} ${launched.failure.advice}`);
  await trace.until(['streaming'], signal);
  await sleep(restMs, undefined, { signal });
  return async () => {
    trace.begin();
    const killedMs = performance.now();
    process.kill(trace.clientPid(launched.value), 'SIGKILL');
    await trace.until(['interrupted', 'paused', 'client-started', 'reconnected', 'resumed'], signal);
    return hundredths(performance.now() - killedMs);
  };
}

/** @param threads how many have a heap of their own; 0: not known yet */
async function leavings(cycles: number, crashToResumedMs: readonly number[], threads: number): Promise<Leavings> {
  await sleep(restMs);
  const heaps = new Map<number, number>();
  collected.onmessage = ({ data }: { readonly data: unknown }) => {
    const { threadId, heapUsedBytes } = data as ThreadHeap;
    heaps.set(threadId, heapUsedBytes);
  };
  for (let pass = 0; pass < collections; pass++) {
    heaps.clear();
    collector.postMessage(null);
    // A thread that is busy answers later: without it, the sum would be too small.
    for (let wait = 0; wait < answerWaits && (wait === 0 || heaps.size < threads); wait++) await sleep(collectionMs);
  }
  const heapUsed = [...heaps.values()].reduce((sum, bytes) => sum + bytes, 0);
  const counts = { descriptors: Infinity, threads: Infinity, processes: Infinity };
  for (let look = 0; look < looks; look++) {
    counts.descriptors = Math.min(counts.descriptors, readdirSync('/proc/self/fd').length);
    counts.threads = Math.min(counts.threads, readdirSync('/proc/self/task').length);
    counts.processes = Math.min(counts.processes, processTree(process.pid).length);
    await sleep(lookEveryMs);
  }
  return {
    ...{ cycles, ...counts, crashToResumedMs },
    rssMiB: inMiB(process.memoryUsage().rss),
    heapUsedMiB: inMiB(heapUsed),
    heapsMiB: Object.fromEntries([...heaps].map(([thread, bytes]) => [thread, inMiB(bytes)])),
  };
}

function inMiB(bytes: number): number {
  return hundredths(bytes / 2 ** 20);
}

async function drive(orders: CycleOrders): Promise<void> {
  const cleanUp = new CleanUp();
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());
  try {
    const { builtDirectory, warmUpCycles, cycles, sampleEvery } = orders;
    const world = await createSupervisionWorld({ cleanUp }, { compose, builtDirectory });
    const crash = await crasherOf(world, stopped.signal);
    for (let cycle = 0; cycle < warmUpCycles; cycle++) await crash();
    const start = await leavings(0, [], 0);
    console.log(JSON.stringify(start));
    const threads = Object.keys(start.heapsMiB).length;
    let durations: number[] = [];
    for (let cycle = 1; cycle <= cycles; cycle++) {
      durations.push(await crash());
      if (cycle % sampleEvery !== 0 && cycle !== cycles) continue;
      console.log(JSON.stringify(await leavings(cycle, durations, threads)));
      durations = [];
    }
    // What is being written down of the last crashes is let go within minutes.
    for (let wait = 0; wait < settleWaits; wait++) {
      const rest = await leavings(cycles, [], threads);
      console.log(JSON.stringify(rest));
      if (rest.rssMiB <= start.rssMiB * settledGrowth) break;
      await sleep(settleEveryMs, undefined, { signal: stopped.signal });
    }
  } finally {
    await cleanUp.run();
  }
}

drive(JSON.parse(process.argv[2] ?? '') as CycleOrders).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
