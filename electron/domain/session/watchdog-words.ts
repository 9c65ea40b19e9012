// What a watchdog on the host did while Athena was not there, in one sentence for the journey.
import { assertNever } from '../../common/result';
import type { WatchdogReport } from '../pause/lease';

export function wordsForWatchdog({ pausedAtMs, outcomeAtMs, paused, notPaused, outcome }: WatchdogReport): string {
  const count = paused.length === 1 ? '1 process' : `${paused.length} processes`;
  const left = notPaused.length === 0 ? '' : `, ${notPaused.length} ran on`;
  return `The host paused the app by itself: ${count}${left}${afterwards(outcome, outcomeAtMs - pausedAtMs)}`;
}

function afterwards(outcome: WatchdogReport['outcome'], heldMs: number): string {
  const minutes = `${Math.max(1, Math.round(heldMs / 60_000))} min`;
  switch (outcome) {
    case 'held':
      return '';
    case 'kept':
      return `; it is held still, after ${minutes}`;
    case 'resumed':
      return `; it let it run on after ${minutes}`;
    case 'quit':
      return `; it ended it after ${minutes}`;
    case 'let-run':
      return '; somebody let it run on';
    case 'gone':
      return '; it has ended since';
    default:
      return assertNever(outcome);
  }
}
