// One entry's stream settings as main tells them, and what a person changes in them, one change after the other.
import { create } from 'zustand';
import type { EntryId } from '../../electron/common/ids';
import type { Profile, ProfilePlace, ProfileView } from '../../electron/common/profile';
import type { Failure } from '../../electron/common/result';
import { ask, request } from './request';
import { showFailure } from './toasts';

interface ProfileState {
  /** Whose; null: none was asked for yet. */
  readonly entryId: EntryId | null;
  /** null until main has answered. */
  readonly view: ProfileView | null;
  /** Why it could not be read the last time. */
  readonly failure: Failure | null;
  /** Counts the questions; an answer that comes after a newer one's is dropped. */
  readonly asked: number;
  readonly answered: number;
  /** Done when every change so far is done. */
  readonly changing: Promise<unknown>;
}

export const useProfile = create<ProfileState>()(() => ({ entryId: null, view: null, failure: null, asked: 0, answered: 0, changing: Promise.resolve() }));

/** Asks main anew; what is shown stays until it has answered. */
export async function readProfile(entryId: EntryId): Promise<void> {
  useProfile.setState((state) => ({
    entryId,
    asked: state.asked + 1,
    ...(state.entryId === entryId ? {} : { view: null, failure: null }),
  }));
  const { asked } = useProfile.getState();
  const answer = await ask('profile:read', { entryId });
  const now = useProfile.getState();
  if (now.entryId !== entryId || now.answered > asked) return;
  useProfile.setState({ answered: asked, ...(answer.ok ? { view: answer.value, failure: null } : { failure: answer.failure }) });
}

/**
 * Changes what is set at one level. Main replaces the level as a whole, so a change waits for the one before it and builds
 * on what main says after that.
 * @returns the level as it was, to go back to; null: nothing was changed
 */
export async function changeProfile(entryId: EntryId, place: ProfilePlace, change: (profile: Profile) => Profile): Promise<Profile | null> {
  const run = useProfile.getState().changing.then(async () => {
    const { view, failure, entryId: shown } = useProfile.getState();
    if (view === null || shown !== entryId) return null;
    if (failure !== null) {
      // What main could not tell must not be overwritten.
      showFailure(failure);
      return null;
    }
    const before = view.levels[place.level];
    const done = await request('profile:set', { place, profile: change(before) });
    await readProfile(entryId);
    return done.ok ? before : null;
  });
  useProfile.setState({ changing: run });
  return run;
}
