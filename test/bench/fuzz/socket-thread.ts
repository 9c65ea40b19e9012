// The thread in which adapters meet hostile hosts, several at a time; what nobody catches in it is a finding.
import { parentPort, workerData } from 'node:worker_threads';
import { ClientIdentities } from '../../../electron/adapters/gamestream/client-identity';
import type { Clock } from '../../../electron/domain/clock';
import { FakeSecretStore } from '../../fakes/fake-secret-store';
import { SilentLog } from '../../fakes/silent-log';
import { nameOf, wordsOf } from './finding';
import type { FromFuzzThread, FuzzThreadStart } from './fuzz-thread';
import { HostileHost } from './hostile-host';
import { MdnsLane } from './mdns-lane';
import { BrokenPromise } from './parser-targets';
import { Random, seedOf } from './random';
import { socketTargets, type SocketParts } from './socket-targets';

const start = workerData as FuzzThreadStart;
const progress = new Int32Array(start.progress);
const tell = (message: FromFuzzThread): void => parentPort?.postMessage(message);

/** Time limits of the adapters run out this much faster. */
const hurry = 10;
const lanes = 12;

const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs / hurry);
    return { dispose: () => clearTimeout(timer) };
  },
};

/** Names of the cases under way, by lane. */
const underWay = new Map<number, string>();
const counts: Record<string, number> = {};
const record = { case: '', tookMs: 0 };

for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => {
    tell({ kind: 'found', finding: { kind: 'unhandled', case: [...underWay.values()].join(' or ') || 'socket/none/0', message: wordsOf(error), input: '' } });
  });
}

/** @throws 'hang' */
async function within(work: Promise<void>): Promise<void> {
  const limit: { timer?: NodeJS.Timeout } = {};
  const late = new Promise<never>((_resolve, reject) => {
    limit.timer = setTimeout(() => reject(new Hang(`no end after ${start.hangLimitMs} ms`)), start.hangLimitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(limit.timer);
  }
}

class Hang extends Error {}

async function one(lane: number, name: string, seed: number, work: () => Promise<void>): Promise<void> {
  const shown = nameOf({ part: 'socket', target: name, seed });
  underWay.set(lane, shown);
  const startMs = performance.now();
  try {
    await within(work());
  } catch (error) {
    const kind = error instanceof Hang ? 'hang' : error instanceof BrokenPromise ? 'promise' : 'throw';
    tell({ kind: 'found', finding: { kind, case: shown, message: wordsOf(error), input: '' } });
  }
  const tookMs = performance.now() - startMs;
  if (tookMs > record.tookMs) Object.assign(record, { case: shown, tookMs });
  counts[name] = (counts[name] ?? 0) + 1;
}

async function planted(): Promise<void> {
  if (start.planted === 'throw') throw new Error('planted');
  if (start.planted === 'hang') await new Promise(() => undefined);
  if (start.planted === 'unhandled') void Promise.reject(new Error('planted'));
}

async function runLane(lane: number, parts: SocketParts): Promise<void> {
  const hostile = await HostileHost.start(start.directory);
  for (let number = start.first + lane; ; number += lanes) {
    const seed = seedOf(start.seed, number);
    const target = socketTargets[Math.floor(number / lanes) % socketTargets.length];
    if (target) await runCase(lane, hostile, parts, target, seed);
  }
}

async function runCase(lane: number, hostile: HostileHost, parts: SocketParts, target: (typeof socketTargets)[number], seed: number): Promise<void> {
  hostile.random = new Random(seed);
  await one(lane, target.name, seed, () => target.ask(hostile, parts, new Random(seed)));
  await hostile.reset();
}

async function runMdns(only: number | null): Promise<void> {
  const lane = await MdnsLane.start(clock, new SilentLog());
  for (let number = start.first; ; number++) {
    const seed = only ?? seedOf(start.seed ^ 0x6d646e73, number);
    await one(lanes, 'mdns', seed, () => lane.feed(new Random(seed)));
    if (only !== null) return;
  }
}

async function runOnly(target: string, seed: number, parts: SocketParts): Promise<void> {
  const wanted = socketTargets.find(({ name }) => name === target);
  if (target === 'planted') await one(0, 'planted', seed, planted);
  else if (target === 'mdns') await runMdns(seed);
  else if (wanted) await runCase(0, await HostileHost.start(start.directory), parts, wanted, seed);
  // What nobody caught is told a turn later.
  await new Promise((resolve) => setTimeout(resolve, 200));
  tell({ kind: 'counted', cases: counts, slowest: record });
  tell({ kind: 'done' });
}

async function run(): Promise<void> {
  const log = new SilentLog();
  // The owner sees by it that this thread still turns.
  setInterval(() => Atomics.add(progress, 2, 1), 20);
  setInterval(() => {
    log.heard.length = 0;
    tell({ kind: 'counted', cases: { ...counts }, slowest: { ...record } });
  }, 200);
  const identities = new ClientIdentities({ secrets: new FakeSecretStore(), directory: start.directory, clock, log });
  await identities.get();
  const parts: SocketParts = { identities, clock, log };
  if (start.only) await runOnly(start.only.target, start.only.seed, parts);
  else await Promise.all([...Array.from({ length: lanes }, (_, lane) => runLane(lane, parts)), runMdns(null)]);
}

void run();
