// Reads what Athena's process on a Windows host answers: a JSON object a line, each after a mark nobody else knows.
import { z } from 'zod';

const pidSchema = z.int().min(0).max(0xffff_ffff);
/** FILETIME: 100 ns since 1601, as text because it is longer than a double is exact. "0": Windows does not tell it. */
const createdSchema = z.string().regex(/^\d{1,20}$/);

const processSchema = z.object({ p: pidSchema, q: pidSchema, c: createdSchema, n: z.string().max(1_000), l: z.string() });
const stateSchema = z.object({ p: pidSchema, s: z.enum(['running', 'suspended', 'gone']) });

const answerSchema = z.union([
  z.object({ ready: z.literal(true), self: pidSchema }).transform(({ self }) => ({ kind: 'ready' as const, self })),
  z.object({ id: z.int(), processes: z.array(processSchema) }).transform(({ id, processes }) => ({ kind: 'processes' as const, id, processes: processes.map(processOf) })),
  z.object({ id: z.int(), denied: z.array(pidSchema), states: z.array(stateSchema) }).transform(({ id, denied, states }) => ({
    kind: 'states' as const,
    id,
    denied: new Set(denied),
    states: new Map(states.map(({ p, s }) => [p, s] as const)),
  })),
  z.object({ id: z.int().nullish(), failed: z.string() }).transform(({ id, failed }) => ({ kind: 'failed' as const, id: id ?? null, why: oneLine(failed) })),
]);
export type WindowsAnswer = z.infer<typeof answerSchema>;
export type WindowsState = z.infer<typeof stateSchema>['s'];

export interface WindowsProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly created: string;
  readonly name: string;
  /** At most 16,384 characters of it. */
  readonly commandLine: string;
}

/** Null: no line of ours, or one that says nothing Athena knows. */
export function readWindowsAnswer(line: string, mark: string): WindowsAnswer | null {
  const value = markedJson(line, mark);
  if (value === null) return null;
  const parsed = answerSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Null: no line that begins with the mark and goes on with JSON. A carriage return at its end is Windows'. */
export function markedJson(line: string, mark: string): unknown {
  if (!line.startsWith(`${mark} `)) return null;
  try {
    return JSON.parse(line.slice(mark.length + 1)) as unknown;
  } catch {
    // Cut off, or not ours.
    return null;
  }
}

function processOf({ p, q, c, n, l }: z.infer<typeof processSchema>): WindowsProcess {
  return { pid: p, parentPid: q, created: c, name: n, commandLine: l.slice(0, 16_384) };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim().slice(0, 300).replace(/\.$/, '');
}
