// Reads what the watchdog on a Linux host prints: its answers, and its reports of what it did.
import { z } from 'zod';
import type { HeldProcess, WatchdogReport } from '../../domain/pause/lease';

export type WatchdogSaying =
  /** Which shell it runs in; `none`: one whose `read` knows no time limit. */
  | { readonly kind: 'shell'; readonly name: string }
  | { readonly kind: 'ready'; readonly pid: number }
  | { readonly kind: 'answered'; readonly beat: number }
  | { readonly kind: 'told'; readonly report: WatchdogReport }
  | { readonly kind: 'fired' }
  | { readonly kind: 'left' }
  | { readonly kind: 'replaced' };

/** A report is no longer than this; the rest of a longer one is thrown away with it. */
const reportLines = 20;

const wholeNumber = z.string().regex(/^\d{1,15}$/).transform(Number);
const reportSchema = z.object({
  now: wholeNumber,
  watchdog: z.string().regex(/^[0-9a-f]+\.\d+$/),
  'paused-at': wholeNumber,
  method: z.enum(['sigstop', 'cgroup-freeze', 'none']).transform((method) => (method === 'none' ? null : method)),
  outcome: z.string().transform((text) => text.split(' ')).pipe(
    z.tuple([z.enum(['held', 'resumed', 'quit', 'kept', 'let-run', 'gone']), wholeNumber]),
  ),
  paused: z.string().transform(processesOf),
  moving: z.string().transform(processesOf),
});

export class WatchdogReader {
  readonly #begins: string;
  #report: Map<string, string> | null = null;

  /**
   * @param mark stands before each line of the watchdog; others are a greeting of the host, and are dropped
   * @param nowMs epoch milliseconds, by Athena's clock: a report tells ages, and the host's clock may be wrong
   */
  constructor(
    mark: string,
    private readonly nowMs: () => number,
  ) {
    this.#begins = `${mark} `;
  }

  /** @param line without its line break; null: it says nothing yet, or nothing that is understood */
  read(line: string): WatchdogSaying | null {
    if (!line.startsWith(this.#begins)) return null;
    const text = line.slice(this.#begins.length);
    const [word = '', first = ''] = text.split(' ');
    switch (word) {
      case 'shell':
        return { kind: 'shell', name: first };
      case 'ready':
        return { kind: 'ready', pid: Number(first) };
      case 'ok':
        return { kind: 'answered', beat: Number(first) };
      case 'fired':
      case 'left':
      case 'replaced':
        return { kind: word };
      case 'report':
        return this.#readReport(text.slice('report '.length));
      default:
        return null;
    }
  }

  /** A report begins with the host's uptime, has a line for each fact, and ends with "end". */
  #readReport(text: string): WatchdogSaying | null {
    if (/^\d+$/.test(text)) {
      this.#report = new Map([['now', text]]);
      return null;
    }
    if (!this.#report) return null;
    if (text !== 'end') {
      const [key = ''] = text.split(' ');
      this.#report.set(key, text.slice(key.length + 1));
      if (this.#report.size > reportLines) this.#report = null;
      return null;
    }
    const parsed = reportSchema.safeParse(Object.fromEntries(this.#report));
    this.#report = null;
    if (!parsed.success) return null;
    const { now, watchdog, method, outcome, paused, moving } = parsed.data;
    const [what, outcomeAt] = outcome;
    const atMs = (uptime: number): number => Math.round(this.nowMs() - (now - uptime) * 10);
    return {
      kind: 'told',
      report: {
        watchdog,
        pausedAtMs: atMs(parsed.data['paused-at']),
        method,
        paused,
        notPaused: moving,
        outcome: what,
        outcomeAtMs: atMs(outcomeAt),
      },
    };
  }
}

/** Pid and start time in turns; what is no number ends the list. */
function processesOf(text: string): HeldProcess[] {
  const words = text.split(' ').filter((word) => word !== '');
  const processes: HeldProcess[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [pid, startTicks] = [Number(words[at]), words[at + 1] ?? ''];
    if (!Number.isSafeInteger(pid) || !/^\d+$/.test(startTicks)) break;
    processes.push({ pid, startTicks });
  }
  return processes;
}
