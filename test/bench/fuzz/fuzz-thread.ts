// Keeps a thread that feeds adapters: hears what it found, ends it when it never comes back, and starts it again.
import { Worker } from 'node:worker_threads';
import { nameOf, type CaseName, type Finding } from './finding';

export interface FuzzThreadStart {
  readonly seed: number;
  /** Number of the first case. */
  readonly first: number;
  /** One case alone, instead of all. */
  readonly only: { readonly target: string; readonly seed: number } | null;
  /** Breaks on purpose, to see that it would be noticed. */
  readonly planted: 'throw' | 'hang' | 'unhandled' | null;
  /** For what its adapters keep on disk. */
  readonly directory: string;
  /** No case of a healthy adapter takes so long; milliseconds. */
  readonly hangLimitMs: number;
  /** Int32: index of the target, seed and number of the case under way; the number also beats as long as the thread lives. */
  readonly progress: SharedArrayBuffer;
}

export interface Slowest {
  readonly case: string;
  readonly tookMs: number;
}

export type FromFuzzThread =
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'counted'; readonly cases: Readonly<Record<string, number>>; readonly slowest: Slowest }
  | { readonly kind: 'done' };

export interface FuzzThreadOptions extends Omit<FuzzThreadStart, 'first' | 'progress'> {
  /** The built thread. */
  readonly script: string;
  readonly part: CaseName['part'];
  readonly forMs: number;
  readonly targetNames: readonly string[];
  readonly signal: AbortSignal;
}

export interface FuzzOutcome {
  readonly part: CaseName['part'];
  readonly cases: Readonly<Record<string, number>>;
  readonly slowest: Slowest;
  readonly findings: readonly Finding[];
}

const startLimitMs = 60_000;
/** After so many, more of them tell nothing new. */
const mostFindings = 20;

export async function runFuzzThread(options: FuzzThreadOptions): Promise<FuzzOutcome> {
  const cases: Record<string, number> = {};
  const findings: Finding[] = [];
  let slowest: Slowest = { case: '', tookMs: 0 };
  let leftMs = options.forMs;
  let first = 0;
  while (leftMs > 0 && findings.length < mostFindings && !options.signal.aborted) {
    const life = await oneLife(options, first, leftMs, mostFindings - findings.length);
    leftMs -= life.livedMs;
    for (const [name, count] of Object.entries(life.cases)) cases[name] = (cases[name] ?? 0) + count;
    findings.push(...life.findings);
    if (life.slowest.tookMs > slowest.tookMs) slowest = life.slowest;
    if (life.isDone || options.only !== null) break;
    first = life.next;
  }
  return { part: options.part, cases, findings, slowest };
}

/**
 * Ends at the end of the time, at too many findings, or when the thread hangs or dies. Its time begins with its first case.
 * @throws when it has none after a minute
 */
async function oneLife(options: FuzzThreadOptions, first: number, forMs: number, most: number): Promise<FuzzOutcome & { next: number; isDone: boolean; livedMs: number }> {
  const { script, part, seed, only, planted, directory, hangLimitMs, targetNames, signal } = options;
  const progress = new SharedArrayBuffer(16);
  const cell = new Int32Array(progress);
  const start: FuzzThreadStart = { seed, first, only, planted, directory, hangLimitMs, progress };
  const worker = new Worker(script, { workerData: start });
  const findings: Finding[] = [];
  const heard: { cases: FuzzOutcome['cases']; slowest: Slowest; isDone: boolean; isDead: boolean } = { cases: {}, slowest: { case: '', tookMs: 0 }, isDone: false, isDead: false };
  const current = (): string => nameOf({ part, target: targetNames[Atomics.load(cell, 0)] ?? 'planted', seed: Atomics.load(cell, 1) >>> 0 });
  worker.on('message', (message: FromFuzzThread) => {
    if (message.kind === 'found') findings.push(message.finding);
    if (message.kind === 'counted') Object.assign(heard, { cases: message.cases, slowest: message.slowest });
    if (message.kind === 'done') heard.isDone = true;
  });
  worker.on('error', (error) => {
    heard.isDead = true;
    findings.push({ kind: 'unhandled', case: current(), message: error instanceof Error ? (error.stack ?? error.message) : String(error), input: '' });
  });

  const madeMs = performance.now();
  let [stillAt, sinceMs, bornMs] = [0, madeMs, madeMs];
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(50, hangLimitMs / 4)));
    const number = Atomics.load(cell, 2);
    const nowMs = performance.now();
    if (number === 0) bornMs = nowMs;
    if (number !== stillAt) [stillAt, sinceMs] = [number, nowMs];
    if (nowMs - madeMs > startLimitMs && number === 0) throw new Error(`the thread of the ${part} cases does not begin`);
    const hangs = number !== 0 && nowMs - sinceMs > hangLimitMs && !heard.isDone && !heard.isDead;
    if (hangs) findings.push({ kind: 'hang', case: current(), message: `no end after ${hangLimitMs} ms`, input: '' });
    if (hangs || heard.isDone || heard.isDead || nowMs - bornMs > forMs || findings.length >= most || signal.aborted) break;
  }
  await worker.terminate();
  return { part, ...heard, findings, next: Atomics.load(cell, 2) + 1, livedMs: performance.now() - bornMs };
}
