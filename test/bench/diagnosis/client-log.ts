// How each stream client words what happens to it: the lines a real one writes, and its events.
import type { TraceClient } from '../../../electron/common/trace';
import type { Draw } from './draw';
import type { ClientKind, World } from './world';

/** A line of the client's output, in its own dress. */
export function says(world: World, tMs: number, text: string): TraceClient {
  return { kind: 'client', tMs: Math.round(tMs), event: 'line', text: dress(world.client, tMs + 700_000, text) };
}

function dress(client: ClientKind, sinceStartMs: number, text: string): string {
  switch (client) {
    case 'moonlight-qt':
      return `${clock(sinceStartMs)} - SDL Info (0): ${text}`;
    case 'moonlight-embedded':
      return text;
    case 'freerdp':
      return `[${clock(sinceStartMs)}:${String(Math.floor(sinceStartMs % 1_000)).padStart(3, '0')}] [4711:4712] ${text}`;
    case 'tigervnc':
      return ` CConn:       ${text}`;
  }
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** What a client mentions now and then, and what means nothing. */
export function chatter(world: World, draw: Draw): TraceClient[] {
  const texts: Readonly<Record<ClientKind, readonly string[]>> = {
    'moonlight-qt': ['Gamepad 0 (player 0) is: Xbox One S Controller', 'Audio packet queue overflow', 'IDR frame request sent', 'Network dropped 1 frame', 'Mouse mode: relative', 'Window event: 12', 'Received rumble: 0, 0'],
    'moonlight-embedded': ['Gamepad 0 connected', 'Network dropped 1 frames', 'IDR frame request sent', 'Invalidate reference frame request sent (81233 to 81235)'],
    freerdp: ['[INFO][com.freerdp.channels.rdpsnd.client] - Loaded pulse backend for rdpsnd', '[WARN][com.freerdp.core.update] - unexpected order', '[INFO][com.freerdp.client.x11] - clipboard changed'],
    tigervnc: ['Using pixel format depth 24 (32bpp) little-endian rgb888', 'Using Tight encoding'],
  };
  return Array.from({ length: draw.whole(0, 5) }, () => says(world, draw.between(500, world.durationMs), draw.pick(texts[world.client])));
}

export function event(tMs: number, kind: TraceClient['event'], more: Partial<Pick<TraceClient, 'text' | 'code' | 'signal'>> = {}): TraceClient {
  return { kind: 'client', tMs: Math.round(tMs), event: kind, ...more };
}

/** Frames that never became whole: each burst a few lines, and a warning when it is many. */
export function lossLines(world: World, span: { fromMs: number; toMs: number }, frameLossRatio: number, draw: Draw): TraceClient[] {
  if (world.client === 'freerdp' || world.client === 'tigervnc') return [];
  const lines: TraceClient[] = [];
  for (let tMs = span.fromMs + draw.between(20, 900); tMs < span.toMs && lines.length < 60; tMs += draw.gap(Math.max(400, 90 / Math.max(0.01, frameLossRatio)))) {
    const frame = Math.round(40_000 + tMs * 0.06);
    const [video, parity] = [draw.whole(30, 60), draw.whole(2, 12)];
    lines.push(says(world, tMs, draw.pick([`Unrecoverable frame ${frame}: ${video}+${parity}=${video + parity} received < ${video + parity + draw.whole(1, 25)} needed`, `Network dropped ${draw.whole(1, 1 + Math.ceil(frameLossRatio * 60))} frames`])));
    if (draw.chance(0.6)) lines.push(says(world, tMs + draw.between(1, 40), 'Waiting for IDR frame'));
    if (draw.chance(0.1)) lines.push(says(world, tMs + draw.between(40, 120), 'Unable to recover audio data block'));
  }
  if (frameLossRatio >= 0.15 && span.toMs - span.fromMs > 3_000) {
    const poorMs = span.fromMs + draw.between(3_000, frameLossRatio >= 0.3 ? 5_000 : 7_000);
    if (poorMs < span.toMs + 2_000) {
      lines.push(says(world, poorMs, world.client === 'moonlight-qt' ? 'Connection status update: 1' : 'Connection is poor'), event(poorMs + 2, 'poor'));
      const okayMs = span.toMs + draw.between(3_000, 6_500);
      if (okayMs < world.durationMs) lines.push(says(world, okayMs, world.client === 'moonlight-qt' ? 'Connection status update: 0' : 'Connection is okay'), event(okayMs + 2, 'okay'));
    }
  }
  return lines;
}

/** The picture stands although the client lives: Athena's own watch over arriving bytes says so. */
export function stall(world: World, fromMs: number, draw: Draw): TraceClient[] {
  const tMs = fromMs + draw.between(1_500, 4_000);
  if (tMs >= world.durationMs) return [];
  return [event(tMs, 'stall', draw.chance(0.5) ? { text: draw.pick(['no video for 2000 ms', 'no bytes arrive', 'the picture stands']) } : {})];
}
