// Entry of the practice host: `practice-host --dir DIR [--app FILE]`. It prints one line of JSON when it serves, and
// ends with its stdin, at SIGTERM or SIGINT, or with its game. Exit codes: 0 asked to end, 1 failed, 2 wrong arguments.
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { guardFlag, runGuard } from './practice-guard';
import { startPracticeHost, type PracticeHostFiles, type RunningPracticeHost } from './practice-host';

function readArguments(hostFile: string, args: readonly string[]): PracticeHostFiles | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { dir: { type: 'string' }, app: { type: 'string' } } });
    if (values.dir === undefined || values.dir === '') return null;
    // The build puts the game beside the host.
    return { directory: resolve(values.dir), hostFile, appFile: values.app ?? join(dirname(hostFile), 'practice-app.cjs') };
  } catch {
    return null; // an option that doesn't exist
  }
}

/** Resolves when whoever holds the other end of stdin has closed it, or is gone. */
function untilStdinEnds(): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => resolve());
    process.stdin.resume();
  });
}

/** @returns true when somebody asked for the end, false when the game ended by itself */
async function untilEnd(host: RunningPracticeHost, stdinEnded: Promise<void>): Promise<boolean> {
  return Promise.race([
    stdinEnded.then(() => true),
    ...['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => once(process, signal).then(() => true)),
    host.appEnded.then(() => false),
  ]);
}

async function runHost(files: PracticeHostFiles): Promise<number> {
  // Listened for before the start: the owner may go while the host comes up.
  const stdinEnded = untilStdinEnds();
  const host = await startPracticeHost(files);
  // An owner that has gone already shows on stdin as well, where it is acted on.
  process.stdout.on('error', (error: Error) => process.stderr.write(`practice host: ${error.message}\n`));
  process.stdout.write(`${JSON.stringify(host.facts)}\n`);
  const asked = await untilEnd(host, stdinEnded);
  if (!asked) process.stderr.write('practice host: the game ended by itself\n');
  const clean = await host.stop();
  if (!clean) process.stderr.write('practice host: a process of the game could not be ended\n');
  return asked && clean ? 0 : 1;
}

async function main([, hostFile = '', ...args]: readonly string[]): Promise<number> {
  if (args[0] === guardFlag) {
    await runGuard(process.stdin);
    return 0;
  }
  const files = readArguments(hostFile, args);
  if (files === null) {
    process.stderr.write('usage: practice-host --dir DIR [--app FILE]\n');
    return 2;
  }
  return runHost(files);
}

main(process.argv).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`practice host: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
