// Runs a program with an argument array, keeps what it prints, and ends it in time.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** A set-up step that can't go on; its message tells the user what to do, so it is shown without a stack. */
export class SetupError extends Error {}

/**
 * @param {string[]} commandLine program and arguments; never goes through a shell
 * @param {{cwd?: string, env?: Record<string, string>, timeoutMs?: number}} [options] `env` adds to ours
 * @returns {Promise<{code: number | null, signal: string | null, output: string, timedOut: boolean}>} never rejects: a
 *   program that can't be started has code null and the reason as its output
 */
export function runCommand([program, ...args], { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill();
        }, timeoutMs)
      : undefined;
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, signal: null, output: error.message, timedOut });
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, output, timedOut });
    });
  });
}

/** The same for a program that must succeed. @throws {SetupError} with the end of its output */
export async function runOrFail(commandLine, options) {
  const result = await runCommand(commandLine, options);
  if (result.code === 0) return result;
  const how = result.timedOut ? `did not end in ${options.timeoutMs / 1000} s` : `failed (${result.signal ?? result.code ?? 'not started'})`;
  throw new SetupError(`${commandLine.join(' ')} ${how}:\n${lastLines(result.output, 30)}`);
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Runs a program on our terminal until it ends, and passes the signals on that end us.
 * @returns {Promise<number>} its exit code, or 128 + signal number as shells count
 */
export function runInForeground([program, ...args], { cwd, env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio });
    // On Ctrl-C the terminal tells the whole group; we only must outlive the child to report how it ended.
    const stay = () => undefined;
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', stay);
    process.on('SIGTERM', passOn);
    process.on('SIGHUP', passOn);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', stay);
      process.off('SIGTERM', passOn);
      process.off('SIGHUP', passOn);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
