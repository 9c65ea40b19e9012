// Reads the lines that iputils ping prints with -D (time stamps) and -O (outstanding replies); nothing here knows a process.

/** `atMs` is epoch milliseconds of the moment the line was printed; `seq` is 16 bits wide and wraps from 65535 to 0. */
export type PingLine =
  | { readonly kind: 'banner' }
  | { readonly kind: 'reply'; readonly atMs: number; readonly seq: number; readonly rttMs: number }
  /** A second answer to a question that has been answered. */
  | { readonly kind: 'duplicate'; readonly atMs: number; readonly seq: number; readonly rttMs: number }
  /** The next question goes out and this one has no answer yet: it is late, not lost. */
  | { readonly kind: 'waiting'; readonly atMs: number; readonly seq: number }
  /** A router, a firewall or this machine says that this question won't be answered. */
  | { readonly kind: 'unreachable'; readonly atMs: number; readonly seq: number; readonly from: string; readonly reason: string }
  /** Statistics, empty lines, and what a future ping may add. */
  | { readonly kind: 'other' };

const stamp = /^\[(\d+\.\d+)\] (.*)$/;
const reply = /^\d+ bytes from .*?: icmp_seq=(\d+) .*?time=(\d+(?:\.\d+)?) ms( \(DUP!\))?/;
const waiting = /^no answer yet for icmp_seq=(\d+)$/;
const unreachable = /^From (\S+?):? icmp_seq=(\d+) (.+)$/;
const other: PingLine = { kind: 'other' };

/** @param line without its end */
export function parsePingLine(line: string): PingLine {
  if (line.startsWith('PING ')) return { kind: 'banner' };
  const [, seconds, text] = stamp.exec(line) ?? [];
  if (seconds === undefined || text === undefined) return other;
  const atMs = Number(seconds) * 1000;

  const replied = reply.exec(text);
  if (replied) {
    return { kind: replied[3] === undefined ? 'reply' : 'duplicate', atMs, seq: Number(replied[1]), rttMs: Number(replied[2]) };
  }
  const open = waiting.exec(text);
  if (open) return { kind: 'waiting', atMs, seq: Number(open[1]) };
  const [, from, seq, reason] = unreachable.exec(text) ?? [];
  if (from === undefined || reason === undefined) return other;
  return { kind: 'unreachable', atMs, seq: Number(seq), from, reason };
}
