// The bare floors Athena is compared with: what Node alone takes to see a process end, and what one fresh ssh takes to stop an app.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaunchPlan } from '../../electron/domain/session/stream-client';
import { TigerVncReader } from '../../electron/adapters/clients/tigervnc-reader';
import { LineSplitter } from '../../electron/threads/line-splitter';
import type { SshServer } from '../peers/ssh-server';
import type { BenchOptions } from './bench';

const limitMs = 30_000;

/**
 * Starts the stream client with child_process, lets it stream, and kills it.
 * @param streamMs how long it streams before
 * @returns milliseconds from the kill to child_process's `exit` event
 */
export async function killToExitMs(plan: LaunchPlan, streamMs: number, { cleanUp, signal }: BenchOptions): Promise<number> {
  const child = spawn(plan.file, [...plan.args], { env: { ...process.env, ...plan.env }, stdio: ['ignore', 'ignore', 'pipe'] });
  cleanUp.add(() => void child.kill('SIGKILL'));
  const reader = new TigerVncReader();
  const streaming = new Promise<void>((resolve, reject) => {
    const splitter = new LineSplitter((line) => {
      if (reader.line(line).some(({ kind }) => kind === 'streaming')) resolve();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => splitter.push(text));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the floor\'s client ended before it streamed')));
  });
  await streaming;
  await sleep(streamMs, undefined, { signal });
  const exited = once(child, 'exit').then(() => performance.now());
  const killedMs = performance.now();
  child.kill('SIGKILL');
  return (await exited) - killedMs;
}

/**
 * Stops the processes with `ssh HOST kill -STOP PID...`, by OpenSSH's client, and lets them run on again.
 * @returns milliseconds from the start of ssh until all of them have state T, to about a millisecond
 */
export async function freshSshStopMs(server: SshServer, pids: readonly number[], { cleanUp, signal }: BenchOptions): Promise<number> {
  const startedMs = performance.now();
  const args = [
    ...['-F', '/dev/null', '-i', server.privateKeyFile, '-p', String(server.port)],
    ...['-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-o', `UserKnownHostsFile=${server.knownHostsFile}`],
    `${server.user}@127.0.0.1`,
    ...['kill', '-STOP', ...pids.map(String)],
  ];
  const child = spawn('ssh', args, { stdio: 'ignore' });
  cleanUp.add(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const failed = ended.then(([code]) => {
    if (code !== 0) throw new Error(`ssh ended with ${String(code)}`);
  });
  failed.catch(() => undefined); // looked at below; it may fail while nobody looks
  while (!areStopped(pids)) {
    if (performance.now() - startedMs > limitMs) throw new Error('ssh did not stop the app');
    await Promise.race([sleep(1, undefined, { signal }), failed.then(() => sleep(1))]);
  }
  const tookMs = performance.now() - startedMs;
  await failed;
  for (const pid of pids) process.kill(pid, 'SIGCONT');
  return tookMs;
}

/** Whether every one of them is stopped by a signal: state T in the third field of /proc/PID/stat (proc(5)). */
export function areStopped(pids: readonly number[]): boolean {
  return pids.every((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] === 'T';
  });
}
