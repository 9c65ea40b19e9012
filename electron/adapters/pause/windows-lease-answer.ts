// Reads what the watchdog on a Windows host prints.
import { z } from 'zod';
import type { HeldProcess, WatchdogReport } from '../../domain/pause/lease';
import { markedJson } from './windows-answer';

export type WindowsWatchdogSaying =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answered'; readonly beat: number }
  | { readonly kind: 'told'; readonly report: WatchdogReport }
  | { readonly kind: 'fired' }
  | { readonly kind: 'left' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'failed'; readonly why: string };

const heldSchema = z
  .object({ p: z.int().min(0).max(0xffff_ffff), c: z.string().regex(/^\d{1,20}$/) })
  .transform(({ p, c }): HeldProcess => ({ pid: p, startTicks: c }));
const msSchema = z.int().min(0).max(1e15);
const reportSchema = z.object({
  watchdog: z.string().regex(/^[0-9a-f]{1,40}\.\d{1,9}$/),
  pausedAt: msSchema,
  outcome: z.enum(['held', 'resumed', 'quit', 'kept', 'let-run', 'gone']),
  outcomeAt: msSchema,
  paused: z.array(heldSchema).max(10_000),
  moving: z.array(heldSchema).max(10_000),
});
const sayingSchema = z.union([
  z.object({ ready: z.literal(true) }).transform(() => ({ kind: 'ready' as const })),
  z.object({ answered: z.int() }).transform(({ answered }) => ({ kind: 'answered' as const, beat: answered })),
  z.object({ now: msSchema, report: reportSchema }).transform(({ now, report }) => ({ kind: 'report' as const, now, report })),
  z.object({ fired: z.literal(true) }).transform(() => ({ kind: 'fired' as const })),
  z.object({ left: z.literal(true) }).transform(() => ({ kind: 'left' as const })),
  z.object({ replaced: z.literal(true) }).transform(() => ({ kind: 'replaced' as const })),
  z.object({ failed: z.string() }).transform(({ failed }) => ({ kind: 'failed' as const, why: failed.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300) })),
]);

/** @param nowMs Athena's own clock, epoch milliseconds. @returns null: no line of ours, or one that says nothing */
export function readWindowsWatchdog(line: string, mark: string, nowMs: number): WindowsWatchdogSaying | null {
  const parsed = sayingSchema.safeParse(markedJson(line, mark));
  if (!parsed.success) return null;
  if (parsed.data.kind !== 'report') return parsed.data;
  const { now, report } = parsed.data;
  // Its counter counts from the boot on: what was paused later than now was paused before the host was started anew.
  if (report.pausedAt > now || report.outcomeAt > now) return null;
  return {
    kind: 'told',
    report: {
      watchdog: report.watchdog,
      pausedAtMs: nowMs - (now - report.pausedAt),
      method: report.paused.length > 0 ? 'suspended' : null,
      paused: report.paused,
      notPaused: report.moving,
      outcome: report.outcome,
      outcomeAtMs: nowMs - (now - report.outcomeAt),
    },
  };
}
