// Reads a trace file line by line: a broken line is named by its number and passed over, never fatal.
import {
  traceLineSchema,
  type TraceAddress,
  type TraceClient,
  type TraceHost,
  type TraceMeta,
  type TraceSample,
  type TraceTelemetry,
} from '../../common/trace';
import { assertNever } from '../../common/result';

/** Each list in order of time. */
export interface Trace {
  readonly meta: TraceMeta;
  readonly samples: readonly TraceSample[];
  readonly telemetry: readonly TraceTelemetry[];
  readonly addresses: readonly TraceAddress[];
  readonly client: readonly TraceClient[];
  readonly host: readonly TraceHost[];
}

export interface TraceProblem {
  /** One-based. */
  readonly line: number;
  readonly message: string;
}

const noMeta: TraceMeta = { kind: 'meta', version: 1 };
/** A trace of hours has some hundred thousand lines; a file of nothing but faults needs no list of them all. */
const mostProblems = 100;

export function readTrace(text: string): { readonly trace: Trace; readonly problems: readonly TraceProblem[] } {
  const trace = { meta: noMeta, samples: [] as TraceSample[], telemetry: [] as TraceTelemetry[], addresses: [] as TraceAddress[], client: [] as TraceClient[], host: [] as TraceHost[] };
  const problems: TraceProblem[] = [];
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      if (problems.length < mostProblems) problems.push({ line: index + 1, message: parsed });
      continue;
    }
    switch (parsed.kind) {
      case 'meta':
        trace.meta = parsed;
        break;
      case 'sample':
        trace.samples.push(parsed);
        break;
      case 'telemetry':
        trace.telemetry.push(parsed);
        break;
      case 'address':
        trace.addresses.push(parsed);
        break;
      case 'client':
        trace.client.push(parsed);
        break;
      case 'host':
        trace.host.push(parsed);
        break;
      default:
        assertNever(parsed);
    }
  }
  for (const list of [trace.samples, trace.telemetry, trace.addresses, trace.client, trace.host]) {
    list.sort((one: { tMs: number }, other: { tMs: number }) => one.tMs - other.tMs);
  }
  return { trace, problems };
}

function parseLine(line: string): ReturnType<typeof traceLineSchema.parse> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'this is no JSON';
  }
  const parsed = traceLineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue ? `${issue.path.join('.') || 'line'}: ${issue.message}` : 'this is no line of a trace';
}
