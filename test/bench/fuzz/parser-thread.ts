// The thread in which parsers are fed: alone, so that one that never comes back can be ended and named.
import { parentPort, workerData } from 'node:worker_threads';
import { nameOf, shown, wordsOf } from './finding';
import type { FromFuzzThread, FuzzThreadStart } from './fuzz-thread';
import { BrokenPromise, parserTargets, type ParserTarget } from './parser-targets';
import { Random, seedOf } from './random';

const start = workerData as FuzzThreadStart;
const progress = new Int32Array(start.progress);
const tell = (message: FromFuzzThread): void => parentPort?.postMessage(message);

const plantedTarget: ParserTarget = {
  name: 'planted',
  input: (random) => random.bytes(4),
  read: () => {
    while (start.planted === 'hang') progress[3] = 1;
    throw new Error('planted');
  },
};
/** Last, so that the others keep their numbers. */
const targets: readonly ParserTarget[] = start.planted === null ? parserTargets : [...parserTargets, plantedTarget];

const counts: Record<string, number> = {};
const record = { case: '', tookMs: 0 };

function feed(index: number, seed: number, number: number): void {
  const target = targets[index];
  if (!target) throw new Error('there is no such target');
  Atomics.store(progress, 0, index);
  Atomics.store(progress, 1, seed | 0);
  Atomics.store(progress, 2, number);
  const random = new Random(seed);
  const name = nameOf({ part: 'parser', target: target.name, seed });
  const input = target.input(random);
  const startMs = performance.now();
  try {
    target.read(input, random);
  } catch (error) {
    tell({ kind: 'found', finding: { kind: error instanceof BrokenPromise ? 'promise' : 'throw', case: name, message: wordsOf(error), input: shown(input) } });
  }
  const tookMs = performance.now() - startMs;
  if (tookMs > record.tookMs) Object.assign(record, { case: name, tookMs });
  counts[target.name] = (counts[target.name] ?? 0) + 1;
}

async function run(): Promise<void> {
  if (start.only) {
    const { target: wanted, seed } = start.only;
    feed(targets.findIndex(({ name }) => name === wanted), seed, 1);
    tell({ kind: 'counted', cases: counts, slowest: record });
    tell({ kind: 'done' });
    return;
  }
  let number = Math.max(1, start.first);
  for (;;) {
    const untilMs = performance.now() + 100;
    while (performance.now() < untilMs) {
      feed(number % targets.length, seedOf(start.seed, number), number);
      number = (number + 1) % 2 ** 31;
    }
    tell({ kind: 'counted', cases: { ...counts }, slowest: { ...record } });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

void run();
