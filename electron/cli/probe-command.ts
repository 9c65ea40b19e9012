// `athena probe`: measures one host for some seconds, a line a sample, and sums up.
import { hostAddressSchema, portSchema } from '../common/host';
import { hostIdSchema } from '../common/ids';
import { sampleFlags } from '../common/latency';
import { hostVantage } from '../common/vantage';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { printFailure, printJson, printLine } from './output';

const longestS = 24 * 60 * 60;
const startLimitMs = 2_000;

export interface ProbeOptions {
  readonly seconds: string;
  readonly port?: string;
  readonly json: boolean;
  readonly verbose: boolean;
}

export async function probeCommand(host: string, options: ProbeOptions): Promise<number> {
  const seconds = Number(options.seconds);
  const port = options.port === undefined ? null : Number(options.port);
  const problem = !(seconds > 0 && seconds <= longestS)
    ? `--seconds must be a number above 0 and at most ${longestS}, not "${options.seconds}".`
    : port !== null && !portSchema.safeParse(port).success
      ? `--port must be a port number, not "${options.port ?? ''}".`
      : null;
  if (problem) {
    printFailure({ kind: 'bad-input', message: problem, advice: 'See `athena probe --help`.' }, options.json);
    return exitCodes.badInput;
  }
  return withServices(options, async ({ library, latency, probe }) => {
    const known = library.hosts.find((record) => record.id === host || record.name === host);
    const address = hostAddressSchema.safeParse(known?.address ?? host);
    if (!address.success) {
      const message = `"${host}" is no host: ${address.error.issues[0]?.message ?? 'not an address'}.`;
      printFailure({ kind: 'bad-input', message, advice: 'Give a name, an address, or a host of the library.' }, options.json);
      return exitCodes.badInput;
    }
    const vantage = hostVantage(known?.id ?? hostIdSchema.parse('probed'));
    probe.onSamples((batches) => {
      for (const { probe: kind, atMs, rttMs, flags } of batches.filter((batch) => batch.vantage === vantage)) {
        for (const [index, sentAtMs] of atMs.entries()) {
          const rtt = rttMs[index] ?? null;
          const marks = marksOf(flags?.[index] ?? 0);
          if (options.json) printJson({ probe: kind, atMs: sentAtMs, rttMs: rtt, ...Object.fromEntries(marks.map((mark) => [mark, true])) });
          else printLine([kind, '', rtt === null ? 'lost' : `${rtt.toFixed(2)} ms`, ...marks].join(' '));
        }
      }
    });
    probe.onTrouble((trouble) => {
      if (trouble.message !== null) process.stderr.write(`${trouble.probe}: ${trouble.message}\n`);
    });
    latency.watch([{ vantage, address: address.data, port }]);
    await new Promise<void>((resolve) => {
      const timers = { end: null as NodeJS.Timeout | null };
      const begin = (): void => {
        timers.end ??= setTimeout(stop, seconds * 1_000);
      };
      // The thread that measures takes a moment to begin, on a busy machine a long one.
      probe.onSamples(begin);
      probe.onTrouble(begin);
      const latest = setTimeout(begin, startLimitMs);
      const stop = (): void => {
        clearTimeout(latest);
        if (timers.end) clearTimeout(timers.end);
        resolve();
      };
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
    const summaries = latency.summaries().filter((summary) => summary.vantage === vantage);
    for (const summary of summaries) {
      if (options.json) printJson({ summary });
      else {
        const { probe: kind, sent, lost, late, duplicates, reordered, p50Ms, p95Ms, jitterMs } = summary;
        const odd = Object.entries({ late, repeated: duplicates, reordered }).flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}, `]));
        printLine(`${kind}: ${sent} sent, ${lost} lost, ${odd.join('')}p50 ${p50Ms ?? '–'} ms, p95 ${p95Ms ?? '–'} ms, jitter ${jitterMs ?? '–'} ms`);
      }
    }
    return summaries.some(({ sent, lost }) => sent > lost) ? exitCodes.done : exitCodes.negative;
  });
}

function marksOf(flags: number): string[] {
  return Object.entries(sampleFlags).flatMap(([mark, bit]) => ((flags & bit) === 0 ? [] : [mark]));
}
