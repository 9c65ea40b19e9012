// What streamed when Athena died, as main tells it, and the two things a person may want of it.
import { create } from 'zustand';
import type { EntryId } from '../../electron/common/ids';
import type { LeftSession } from '../../electron/common/session';
import { request } from './request';
import { launchEntry } from './sessions';

export const useLeftSessions = create<{ readonly left: readonly LeftSession[] }>()(() => ({ left: [] }));

/** Main forgets it when its picture is there again: a launch that fails loses nothing. */
export async function comeBack(entryId: EntryId): Promise<void> {
  await launchEntry(entryId);
}

export async function forgetLeft(entryId: EntryId): Promise<void> {
  await request('session:forget-left', { entryId });
}
