// A virtual display for the tests, so that no window ever opens on the desktop of whoever runs them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './run-command.mjs';

const START_TIMEOUT_MS = 15_000;

/**
 * Starts Xvfb on a display number it finds free, and a window manager on it.
 * @returns {Promise<{ env: Record<string, string | undefined>, stop(): Promise<void> }>} `env` to run graphical programs with
 */
export async function startVirtualDisplay() {
  // In a process group of their own: a Ctrl-C must not end the display before the tests have closed their windows.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const display = `:${await readDisplayNumber(server)}`;
  const env = {
    ...process.env,
    DISPLAY: display,
    // Or else Electron would open its windows on the user's Wayland desktop.
    WAYLAND_DISPLAY: undefined,
    XDG_SESSION_TYPE: 'x11',
  };
  const windowManager = spawn('openbox', [], { env, stdio: 'ignore', detached: true });
  windowManager.once('error', () => server.kill()); // then the display is missing, which the first window test tells
  const killNow = () => {
    windowManager.kill('SIGKILL');
    server.kill('SIGKILL');
  };
  process.once('exit', killNow);

  return {
    env,
    async stop() {
      process.off('exit', killNow);
      await Promise.all([windowManager, server].map(end));
    },
  };
}

function readDisplayNumber(server) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new SetupError(`No virtual display for the tests: ${why}. It needs the packages xvfb and openbox.`));
    const timer = setTimeout(() => {
      server.kill();
      fail(`Xvfb did not start in ${START_TIMEOUT_MS / 1000} s`);
    }, START_TIMEOUT_MS);
    let text = '';
    server.once('error', (error) => {
      clearTimeout(timer);
      fail(error.message);
    });
    server.once('exit', (code) => {
      clearTimeout(timer);
      fail(`Xvfb ended with ${code}`);
    });
    server.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
  });
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
