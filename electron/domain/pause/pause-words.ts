// What a pause or a resume did, in one sentence for the journey: "verified" stands there only where something was read back.
import { assertNever } from '../../common/result';
import type { PauseMethod } from '../../common/session';
import { tell, type Told } from '../../common/told';
import type { ControlReport } from './host-control';

type Report = Pick<ControlReport, 'method' | 'pids' | 'verified'>;

export function wordsForPause({ method, pids, verified = true }: Report): Told {
  const count = countOf(pids.length);
  switch (method) {
    case 'sigstop':
      return tell`App paused: ${count} stopped, verified`;
    case 'cgroup-freeze':
      return tell`App paused: ${count} frozen, verified`;
    case 'suspended':
      return tell`App paused: ${count} suspended, verified`;
    case 'vm-suspend':
      return tell`App paused: its whole virtual machine stands still, verified`;
    case 'quit':
      return tell`App ended instead of paused: the host says that nothing runs any more`;
    case 'key':
    case 'own-command':
    case 'webhook':
      return verified ? tell`App paused by ${meansOf(method)}, verified` : tell`App asked to pause by ${meansOf(method)}, not verified`;
    default:
      return assertNever(method);
  }
}

export function wordsForResume({ method, pids, verified = true }: Report): Told {
  switch (method) {
    case 'sigstop':
    case 'cgroup-freeze':
    case 'suspended':
      return tell`App runs on: ${countOf(pids.length)}, verified`;
    case 'vm-suspend':
      return tell`App runs on: its virtual machine runs, verified`;
    case 'quit':
      return tell`App was ended: there is nothing to let run on`;
    case 'key':
    case 'own-command':
    case 'webhook':
      return verified ? tell`App runs on by ${meansOf(method)}, verified` : tell`App asked to run on by ${meansOf(method)}, not verified`;
    default:
      return assertNever(method);
  }
}

function meansOf(method: Extract<PauseMethod, 'key' | 'own-command' | 'webhook'>): Told {
  switch (method) {
    case 'key':
      return tell`a key press`;
    case 'own-command':
      return tell`your command`;
    case 'webhook':
      return tell`a webhook`;
    default:
      return assertNever(method);
  }
}

function countOf(processes: number): Told {
  return processes === 1 ? tell`1 process` : tell`${processes} processes`;
}
