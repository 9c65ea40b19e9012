// Notices that a client goes on sending, and nothing comes back.
import type { StallLook } from './stall-evidence';

/** What is sent sooner after something came is its receipt. */
const receiptMs = 400;
/** Nobody does anything any more: then nothing is owed either. */
const forgottenMs = 3_000;

export class UnansweredSends {
  private segments: number | null = null;
  private sentMs = Number.NEGATIVE_INFINITY;
  private sinceMs: number | null = null;

  look({ sockets, tMs }: StallLook): void {
    if (!sockets || sockets.sentSegments === null || sockets.silentMs === null) return;
    const hasSent = this.segments !== null && sockets.sentSegments > this.segments;
    this.segments = sockets.sentSegments;
    if (hasSent) this.sentMs = tMs;
    if (sockets.silentMs < receiptMs || tMs - this.sentMs > forgottenMs) this.sinceMs = null;
    else if (hasSent) this.sinceMs ??= tMs;
  }

  /** For how long the client has been sending without an answer, in milliseconds; 0: it has not. */
  forMs(tMs: number): number {
    return this.sinceMs === null ? 0 : tMs - this.sinceMs;
  }
}
