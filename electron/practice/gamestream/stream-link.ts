// How a practice Moonlight and the practice host talk once launched: lines of JSON for control, the practice stream for video.
//
// It stands where RTSP, ENet and RTP are in the real thing, with the same property that matters to a supervisor: control
// and video are apart, each can fail alone, and whoever doesn't hold the session's key gets nothing.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { faultSchema } from './host-switches';

/** "The app has ended", the only end that Sunshine gives a reason for. */
export const gracefulCode = 0x80030023;
/** ENet's, which Moonlight keeps: a control stream is dead this long after the oldest question without an answer. */
export const controlLimitMs = 10_000;
/** As Moonlight pings. */
export const pingEveryMs = 100;

export const openingSchema = z.discriminatedUnion('open', [
  z.object({ open: z.literal('control'), proof: z.string(), mode: z.string() }),
  z.object({ open: z.literal('video'), stream: z.string() }),
]);

export const fromClientSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('ping'), count: z.number() }),
  /** Left on purpose. */
  z.object({ say: z.literal('bye') }),
]);

export const fromHostSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('opened'), stream: z.string() }),
  /** `code` of the system: 111 as for a closed port. */
  z.object({ say: z.literal('refused'), code: z.int() }),
  /** Control packets don't get through: what follows never comes. */
  z.object({ say: z.literal('muted') }),
  z.object({ say: z.literal('pong'), count: z.number() }),
  z.object({ say: z.literal('end'), code: z.number() }),
  z.object({ say: z.literal('fault'), fault: faultSchema }),
]);

export type Opening = z.infer<typeof openingSchema>;
export type FromClient = z.infer<typeof fromClientSchema>;
export type FromHost = z.infer<typeof fromHostSchema>;

/** Shows that one knows the session's key without telling it. @param keyHex `rikey` of the launch */
export function proofOf(keyHex: string): string {
  return createHmac('sha256', Buffer.from(keyHex, 'hex')).update('practice stream').digest('hex');
}

export function provesKey(proof: string, keyHex: string): boolean {
  const given = Buffer.from(proof);
  const wanted = Buffer.from(proofOf(keyHex));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

export function writeLine(message: Opening | FromClient | FromHost): string {
  return `${JSON.stringify(message)}\n`;
}

/** @returns null for a line that is none of these messages */
export function readMessage<Message>(schema: z.ZodType<Message>, line: string): Message | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null; // not of this protocol
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Cuts what arrives into lines. @returns the whole lines; the rest waits for more, and is given up when it gets too long */
export function lineCutter(longestChars = 4_096): (bytes: Uint8Array) => string[] {
  let rest = '';
  return (bytes) => {
    const lines = (rest + Buffer.from(bytes).toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestChars) rest = '';
    return lines;
  };
}

/** Counts silence in steps, so that a process that was itself stopped doesn't take its own sleep for the other's silence. */
export class SilenceWatch {
  #silentMs = 0;
  #lastMs = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor(limitMs: number, onSilent: () => void) {
    const stepMs = 100;
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      this.#silentMs += Math.min(nowMs - this.#lastMs, 3 * stepMs);
      this.#lastMs = nowMs;
      if (this.#silentMs < limitMs) return;
      this.stop();
      onSilent();
    }, stepMs);
  }

  heard(): void {
    this.#silentMs = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
