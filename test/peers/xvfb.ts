// A virtual X display for a test, with a window manager when windows must be focused, closed or made full screen.
import { spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { readyOrStop, startPeerProcess, type Peer, type PeerProcess } from './peer-process';

export interface VirtualDisplay extends Peer {
  /** Value for DISPLAY, like ":7". */
  readonly display: string;
}

export interface VirtualDisplayOptions {
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** Runs openbox on the display. */
  readonly windowManager?: boolean;
}

/** Starts Xvfb on a display number it picks itself, reachable by its unix socket only. */
export async function startXvfb(options: VirtualDisplayOptions = {}): Promise<VirtualDisplay> {
  const { widthPx = 1280, heightPx = 800, windowManager = false } = options;
  const server = await startPeerProcess({
    command: 'Xvfb',
    args: ['-displayfd', '3', '-screen', '0', `${widthPx}x${heightPx}x24`, '-nolisten', 'tcp', '-noreset'],
    statusPipe: true,
  });
  const display = await readDisplay('Xvfb', server);
  if (!windowManager) return { ...server, display };

  const openbox = await startPeerProcess({ command: 'openbox', args: [], env: { DISPLAY: display } });
  await readyOrStop('openbox', openbox, () => waitForWindowManager(display));
  return {
    ...server,
    display,
    output: () => server.output() + openbox.output(),
    stop: async () => {
      await openbox.stop();
      await server.stop();
    },
  };
}

/** Until it says so on the root window (EWMH, _NET_SUPPORTING_WM_CHECK): a window that comes earlier may never be managed. */
async function waitForWindowManager(display: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const { stdout } = spawnSync('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], { env: { ...process.env, DISPLAY: display }, encoding: 'utf8' });
    if (stdout?.includes('window id #')) return;
    if (performance.now() > deadline) throw new Error('no window manager after 10 s');
    await sleep(50);
  }
}

/**
 * Waits until an X server started with `-displayfd 3` tells its display; it does so only once it takes connections.
 * @returns the value for DISPLAY
 */
export async function readDisplay(name: string, server: PeerProcess): Promise<string> {
  const pipe = server.statusPipe;
  let display = '';
  await readyOrStop(name, server, async () => {
    if (!pipe) throw new Error('started without a status pipe');
    display = `:${await firstLine(pipe, 10_000)}`;
  });
  return display;
}

function firstLine(pipe: Readable, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => {
      reject(new Error(`no display number after ${timeoutMs} ms`));
    }, timeoutMs);
    pipe.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
    pipe.once('end', () => {
      clearTimeout(timer);
      reject(new Error('it ended before it told a display number'));
    });
  });
}
