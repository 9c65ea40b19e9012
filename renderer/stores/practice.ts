// The practice run as main tells it.
import { create } from 'zustand';
import type { PracticeState } from '../../electron/common/practice';
import { request } from './request';

export const usePractice = create<{ readonly practice: PracticeState }>()(() => ({ practice: { kind: 'off' } }));

export async function startPractice(): Promise<void> {
  await request('practice:start', undefined);
}

export async function stopPractice(): Promise<void> {
  await request('practice:stop', undefined);
}
