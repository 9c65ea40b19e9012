// What a pause or a resume did, in one sentence for the journey: "verified" stands there only where something was read back.
import { assertNever } from '../../common/result';
import type { PauseMethod } from '../../common/session';
import type { ControlReport } from './host-control';

type Told = Pick<ControlReport, 'method' | 'pids' | 'verified'>;

export function wordsForPause({ method, pids, verified = true }: Told): string {
  const count = countOf(pids.length);
  switch (method) {
    case 'sigstop':
      return `App paused: ${count} stopped, verified`;
    case 'cgroup-freeze':
      return `App paused: ${count} frozen, verified`;
    case 'suspended':
      return `App paused: ${count} suspended, verified`;
    case 'vm-suspend':
      return 'App paused: its whole virtual machine stands still, verified';
    case 'quit':
      return 'App ended instead of paused: the host says that nothing runs any more';
    case 'key':
    case 'own-command':
    case 'webhook':
      return verified ? `App paused by ${meansOf(method)}, verified` : `App asked to pause by ${meansOf(method)}, not verified`;
    default:
      return assertNever(method);
  }
}

export function wordsForResume({ method, pids, verified = true }: Told): string {
  switch (method) {
    case 'sigstop':
    case 'cgroup-freeze':
    case 'suspended':
      return `App runs on: ${countOf(pids.length)}, verified`;
    case 'vm-suspend':
      return 'App runs on: its virtual machine runs, verified';
    case 'quit':
      return 'App was ended: there is nothing to let run on';
    case 'key':
    case 'own-command':
    case 'webhook':
      return verified ? `App runs on by ${meansOf(method)}, verified` : `App asked to run on by ${meansOf(method)}, not verified`;
    default:
      return assertNever(method);
  }
}

function meansOf(method: Extract<PauseMethod, 'key' | 'own-command' | 'webhook'>): string {
  switch (method) {
    case 'key':
      return 'a key press';
    case 'own-command':
      return 'your command';
    case 'webhook':
      return 'a webhook';
    default:
      return assertNever(method);
  }
}

function countOf(processes: number): string {
  return processes === 1 ? '1 process' : `${processes} processes`;
}
