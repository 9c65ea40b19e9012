// Whether the window has heard from main yet.
import { create } from 'zustand';

type Start = { readonly kind: 'waiting' } | { readonly kind: 'ready'; readonly version: string } | { readonly kind: 'failed' };

export const useAppState = create<{ readonly start: Start }>()(() => ({ start: { kind: 'waiting' } }));
