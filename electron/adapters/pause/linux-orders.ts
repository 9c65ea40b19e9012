// Writes the orders for a Linux host's shell: which functions are called, for which processes, and in what order.
import { assertNever } from '../../common/result';
import type { ListedProcess } from './linux-process-tree';
import { quoted } from './linux-shell-script';

/**
 * Stopped are the parents first, and continued last: so no shell among them notices that its child was stopped, and
 * acts on it.
 * @param groupMount where cgroup v2 is mounted; null: nowhere
 * @param members parents before children
 */
export function orderScript(groupMount: string | null, wanted: 'paused' | 'running', members: readonly ListedProcess[]): string {
  switch (wanted) {
    case 'paused': {
      const stop = `athena_stop ${wordsOf(members)}`;
      return groupMount === null ? stop : `athena_freeze ${quoted(groupMount)} ${wordsOf(members)} || ${stop}`;
    }
    case 'running': {
      const childrenFirst = wordsOf([...members].reverse());
      const go = `athena_signal CONT ${childrenFirst}`;
      return groupMount === null ? go : `athena_thaw ${quoted(groupMount)} ${childrenFirst}\n${go}`;
    }
    default:
      return assertNever(wanted);
  }
}

/** Asks what they do; right after an order it tells what they do since. */
export function lookScript(groupMount: string | null, members: readonly ListedProcess[]): string {
  const states = `athena_states ${wordsOf(members)}`;
  // What is stopped by a signal needs no other proof, and a control group costs a read for each process.
  return groupMount === null ? states : `${states}\nathena_is_moving && athena_frozen_of ${quoted(groupMount)} ${pidsOf(members)}`;
}

/** Asks for children of theirs that are not among them. */
export function newbornScript(members: readonly ListedProcess[]): string {
  return `athena_newborn ${pidsOf(members)}`;
}

/** Pid and start time of each process, as the shell functions take them: digits only, so nothing needs quoting. */
function wordsOf(members: readonly ListedProcess[]): string {
  return members.map(({ pid, startTicks }) => `${pid} ${startTicks}`).join(' ');
}

function pidsOf(members: readonly ListedProcess[]): string {
  return members.map(({ pid }) => pid).join(' ');
}
