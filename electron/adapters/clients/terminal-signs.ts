// What the terminal and the operating system print about a process, whatever client it is.
import { constants } from 'node:os';
import type { ClientEnd } from '../../common/session';

/** node-pty says this in the child's place when the program can't be executed. */
export function startFailure(line: string): ClientEnd | null {
  const reason = /^execvp\(3\) failed\.: (.*)$/.exec(line)?.[1];
  return reason === undefined ? null : { kind: 'client-misused', detail: `the program can't be started: ${reason}` };
}

/** @returns a name such as SIGTERM */
export function signalName(number: number): string {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found ? found[0] : `signal ${number}`;
}
