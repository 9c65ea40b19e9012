// `athena practice-host`: a GameStream host to practise with, in the foreground, until Ctrl+C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { userDirectories } from '../compose';
import { exitCodes } from './exit-codes';
import { printFailure } from './output';

export interface PracticeHostOptions {
  readonly port?: string;
  readonly json: boolean;
  readonly announce: boolean;
}

/** The host is a process of its own: it ends with this one however this one ends, because its stdin ends then. */
export async function practiceHostCommand({ port, json, announce }: PracticeHostOptions): Promise<number> {
  const script = join(__dirname, 'practice-gamestream-host.cjs');
  const directory = join(userDirectories().data, 'practice-gamestream');
  const args = [script, '--owned', '--dir', directory, ...(port === undefined ? [] : ['--port', port])];
  if (json) args.push('--json');
  if (announce) args.push('--announce');
  const host = spawn(process.execPath, args, { stdio: ['pipe', 'inherit', 'inherit'], windowsHide: true });
  const ended = once(host, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  // A host that is gone needs no orders any more; its exit is awaited below.
  host.stdin.on('error', () => process.stdin.unpipe(host.stdin));
  // What is typed or piped in are orders; its end is not the host's end.
  process.stdin.pipe(host.stdin, { end: false });
  // In a terminal Ctrl+C reaches the host by itself as well: it ends once either way.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => host.stdin.end());

  const [code] = await ended;
  process.stdin.unpipe(host.stdin);
  process.stdin.destroy();
  if (code === 2) printFailure({ kind: 'bad-input', message: `"${port ?? ''}" is no port.`, advice: 'Give one from 1029 to 65514.' }, json);
  return code === 0 ? exitCodes.done : code === 2 ? exitCodes.badInput : exitCodes.negative;
}
