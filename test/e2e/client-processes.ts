// Which processes a running Athena has, and which of them are its stream clients.
import { readFileSync } from 'node:fs';
import { isRunning, processTree, type ProcessIdentity } from '../peers/process-tree';
import type { RunningAthena } from './electron-app';

export type ClientProgram = 'xtigervncviewer' | 'xfreerdp' | 'practice-moonlight';

export function processesOf(athena: RunningAthena): ProcessIdentity[] {
  const { pid } = athena.app.process();
  if (pid === undefined) throw new Error('Athena does not run');
  return processTree(pid).filter(isRunning);
}

/** Pids of the clients that run, of one entry where its port is given. */
export function clientsOf(athena: RunningAthena, program: ClientProgram, port?: number): number[] {
  return processesOf(athena)
    .map(({ pid }) => ({ pid, command: commandOf(pid) }))
    .filter(({ command }) => command.includes(program) && (port === undefined || command.includes(`:${port}`)))
    .map(({ pid }) => pid);
}

export function onlyClientOf(athena: RunningAthena, program: ClientProgram, port?: number): number {
  const [client, ...others] = clientsOf(athena, program, port);
  if (client === undefined || others.length > 0) throw new Error(`${others.length + (client ? 1 : 0)} processes of ${program} run`);
  return client;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
