// What keeps Athena from writing its own files, as main tells it.
import { create } from 'zustand';
import type { StorageTrouble } from '../../electron/common/storage';

export const useStorage = create<{ readonly trouble: StorageTrouble | null }>()(() => ({ trouble: null }));
