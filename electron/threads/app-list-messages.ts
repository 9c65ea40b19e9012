// What the owner and the app list thread say to each other; all of it survives the structured clone.
import type { AppList } from '../adapters/gamestream/app-list';
import type { Place } from '../adapters/gamestream/gamestream-failures';
import type { Result } from '../common/result';

/** Handed to the thread when it starts; it reads this one and ends. */
export interface AppListToRead {
  readonly httpStatus: number;
  readonly body: Uint8Array;
  readonly place: Place;
}

export type FromAppListThread = Result<AppList>;
