// Has long lists of apps read in a thread of their own, and gives up on those that nobody could read.
import { Worker } from 'node:worker_threads';
import type { AppList } from '../adapters/gamestream/app-list';
import { badAnswer, type Place } from '../adapters/gamestream/gamestream-failures';
import { refusal } from '../adapters/gamestream/nv-client';
import type { RawAnswer } from '../adapters/gamestream/nvhttp';
import type { Result } from '../common/result';
import type { Clock } from '../domain/clock';
import type { Log } from '../domain/log';
import type { AppListToRead, FromAppListThread } from './app-list-messages';

/** Twenty thousand apps take one second, eight megabytes of the smallest elements seven. */
const readLimitMs = 20_000;
/** Eight megabytes of the smallest elements become some hundred of objects. */
const memoryLimitMb = 1_024;

/**
 * @param scriptFile the built app list thread
 * @returns a refusal for an answer that takes too long or too much memory
 */
export function appListsElsewhere(scriptFile: string, clock: Clock, log: Log): (raw: RawAnswer, place: Place) => Promise<Result<AppList>> {
  return ({ httpStatus, body }, place) => {
    const list: AppListToRead = { httpStatus, body, place };
    const worker = new Worker(scriptFile, { workerData: list, resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
    return new Promise((resolve) => {
      const end = (answer: Result<AppList>): void => {
        limit.dispose();
        worker.removeAllListeners();
        // It has no child processes: nothing is left behind.
        void worker.terminate();
        resolve(answer);
      };
      const giveUp = (why: string): void => {
        log.warn('a list of apps could not be read', { address: place.address, bytes: body.length, why });
        end(refusal(badAnswer(place, 'a list of apps that can’t be read')));
      };
      const limit = clock.after(readLimitMs, () => giveUp('it takes too long'));
      worker.once('message', (answer: FromAppListThread) => end(answer));
      worker.once('error', (error) => giveUp(error.message));
      worker.once('exit', (code) => giveUp(`the thread ended with ${code}`));
    });
  };
}
