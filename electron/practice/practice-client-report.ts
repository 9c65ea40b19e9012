// What the practice client is told on its command line, prints on stdout, and ends with: the same for headless and window.
import { parseArgs } from 'node:util';
import { hostAddressSchema, portSchema } from '../common/host';
import { assertNever } from '../common/result';
import type { StreamEnd, StreamNews, StreamTarget } from './practice-stream-client';

export interface PracticeClientArguments extends StreamTarget {
  readonly title: string;
}

export const practiceClientUsage = 'usage: practice-client --host ADDRESS --port PORT [--title TITLE]';

/** `EX_USAGE` of sysexits(3). */
export const usageExitCode = 64;

/** Other options are left alone: Electron has its own among them. @returns null when host or port is missing or wrong */
export function readClientArguments(args: readonly string[]): PracticeClientArguments | null {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { host: { type: 'string' }, port: { type: 'string' }, title: { type: 'string' } },
  });
  const address = hostAddressSchema.safeParse(values.host);
  const port = portSchema.safeParse(Number(values.port));
  if (!address.success || !port.success) return null;
  return { address: address.data, port: port.data, title: typeof values.title === 'string' ? values.title : 'Practice' };
}

export function exitCodeOf(end: StreamEnd): number {
  switch (end) {
    case 'closed-by-user':
    case 'host-ended':
      return 0;
    case 'connection-lost':
      return 3;
    case 'refused':
    case 'unreachable':
      return 4;
    case 'unknown-host':
      return 5;
    default:
      return assertNever(end);
  }
}

/** @returns null where nothing is said: a user who closes knows, and frames are told once a second instead */
export function lineOf(news: Exclude<StreamNews, { kind: 'frame' }>): string | null {
  switch (news.kind) {
    case 'stage':
      return `stage ${news.stage}`;
    case 'streaming':
      return `streaming ${news.widthPx}x${news.heightPx}`;
    case 'ended':
      return endLine(news.end);
    default:
      return assertNever(news);
  }
}

function endLine(end: StreamEnd): string | null {
  switch (end) {
    case 'closed-by-user':
      return null;
    case 'host-ended':
    case 'connection-lost':
      return `end ${end}`;
    case 'refused':
    case 'unreachable':
    case 'unknown-host':
      return `error ${end}`;
    default:
      return assertNever(end);
  }
}

/** Turns news into lines; frames that came since the last second become one `frame TICKS`, silence becomes none. */
export class PracticeClientReport {
  readonly #print: (line: string) => void;
  #newestTicks: number | null = null;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  tell(news: StreamNews): void {
    if (news.kind === 'frame') {
      this.#newestTicks = news.frame.gameTicks;
      return;
    }
    const line = lineOf(news);
    if (line !== null) this.#print(line);
  }

  /** Call once a second. */
  tellFrame(): void {
    if (this.#newestTicks !== null) this.#print(`frame ${this.#newestTicks}`);
    this.#newestTicks = null;
  }
}
