// Short news at the edge of the window: failures with their advice, and removals that can be undone.
import { create } from 'zustand';
import type { Failure } from '../../electron/common/result';

export interface Toast {
  readonly id: number;
  readonly tone: 'bad' | 'neutral';
  readonly title: string;
  readonly advice: string;
  /** A way back, such as "Undo". */
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

interface ToastsState {
  readonly toasts: readonly Toast[];
  readonly nextId: number;
  readonly show: (toast: Omit<Toast, 'id'>) => void;
  readonly dismiss: (id: number) => void;
}

const mostShown = 4;

export const useToasts = create<ToastsState>()((set) => ({
  toasts: [],
  nextId: 1,
  show: (toast) =>
    set((state) => {
      const others = state.toasts.filter((other) => other.title !== toast.title || other.action !== null);
      return { toasts: [...others, { ...toast, id: state.nextId }].slice(-mostShown), nextId: state.nextId + 1 };
    }),
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));

export function showFailure(failure: Failure): void {
  useToasts.getState().show({ tone: 'bad', title: failure.message, advice: failure.advice, action: null });
}
