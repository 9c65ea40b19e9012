// What a watchdog on the host did while Athena was not there, in one sentence for the journey.
import { assertNever } from '../../common/result';
import { tell, type Told } from '../../common/told';
import type { WatchdogReport } from '../pause/lease';

export function wordsForWatchdog({ pausedAtMs, outcomeAtMs, paused, notPaused, outcome }: WatchdogReport): Told {
  const count = paused.length === 1 ? tell`1 process` : tell`${paused.length} processes`;
  const left = notPaused.length === 0 ? '' : tell`, ${notPaused.length} ran on`;
  return tell`The host paused the app by itself: ${count}${left}${afterwards(outcome, outcomeAtMs - pausedAtMs)}`;
}

function afterwards(outcome: WatchdogReport['outcome'], heldMs: number): Told {
  const minutes = tell`${Math.max(1, Math.round(heldMs / 60_000))} min`;
  switch (outcome) {
    case 'held':
      return tell``;
    case 'kept':
      return tell`; it is held still, after ${minutes}`;
    case 'resumed':
      return tell`; it let it run on after ${minutes}`;
    case 'quit':
      return tell`; it ended it after ${minutes}`;
    case 'let-run':
      return tell`; somebody let it run on`;
    case 'gone':
      return tell`; it has ended since`;
    default:
      return assertNever(outcome);
  }
}
