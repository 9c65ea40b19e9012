// A process of its own that measures ten targets as Athena does; ordered on stdin, it tells what it heard, one JSON object a line.
import { createInterface } from 'node:readline';
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostIdSchema } from '../../electron/common/ids';
import { isRetold, sampleFlags } from '../../electron/common/latency';
import { hostVantage } from '../../electron/common/vantage';
import { ProbeOwner } from '../../electron/threads/probe-owner';

/** `block N` holds the main thread for N milliseconds; `tell` prints what was heard since the last `tell`. */
export interface LoadAnswer {
  /** Epoch milliseconds, round-trip time in milliseconds (null: lost) and flags, in the order they were told. */
  readonly samples: readonly (readonly [atMs: number, rttMs: number | null, flags: number])[];
  readonly late: number;
  readonly reordered: number;
  readonly duplicates: number;
}

function load([threadScript, intervalMs, ...addresses]: readonly string[]): void {
  if (threadScript === undefined) throw new Error('the probe thread is missing');
  const say = (): void => undefined;
  const probe = new ProbeOwner(threadScript, new SystemClock(), { debug: say, info: say, warn: console.error, error: console.error });
  let heard: (readonly [number, number | null, number])[] = [];
  probe.onSamples((batches) => {
    for (const { atMs, rttMs, flags } of batches) atMs.forEach((at, index) => heard.push([at, rttMs[index] ?? null, flags?.[index] ?? 0]));
  });
  probe.watch(
    addresses.map((address, index) => ({ vantage: hostVantage(hostIdSchema.parse(`host-${index}`)), address, port: null, intervalMs: Number(intervalMs) })),
  );
  const flagged = (flag: number): number => heard.filter(([, , flags]) => (flags & flag) !== 0).length;
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const [order, ms] = line.split(' ');
      if (order === 'block') {
        const until = performance.now() + Number(ms);
        while (performance.now() < until);
        return;
      }
      const answer: LoadAnswer = {
        samples: heard.filter(([, , flags]) => !isRetold(flags)),
        late: flagged(sampleFlags.late),
        reordered: flagged(sampleFlags.reordered),
        duplicates: flagged(sampleFlags.duplicate),
      };
      heard = [];
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    })
    // Whoever started it is gone, or has heard enough.
    .once('close', () => void probe.dispose().then(() => process.exit(0)));
}

load(process.argv.slice(2));
