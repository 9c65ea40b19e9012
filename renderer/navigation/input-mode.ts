// Which device was used last: the root element carries it for styles, and the hint bar follows it.
import { useSyncExternalStore } from 'react';

export type InputMode = 'keys' | 'gamepad' | 'pointer';

const changed = 'athena-input-mode';

/** @param isSwapped whether the right button of the pad selects; only of a pad */
export function setInputMode(mode: InputMode, isSwapped = false): void {
  const { dataset } = document.documentElement;
  const pad = isSwapped ? 'swapped' : 'plain';
  if (dataset['input'] === mode && (mode !== 'gamepad' || dataset['pad'] === pad)) return;
  dataset['input'] = mode;
  if (mode === 'gamepad') dataset['pad'] = pad;
  window.dispatchEvent(new Event(changed));
}

function readInputMode(): InputMode {
  const mode = document.documentElement.dataset['input'];
  return mode === 'gamepad' || mode === 'pointer' ? mode : 'keys';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  return () => window.removeEventListener(changed, listener);
}

/** Whether select and back have changed places on the pad that was used last. */
export function usePadSwapped(): boolean {
  return useSyncExternalStore(subscribe, () => document.documentElement.dataset['pad'] === 'swapped');
}

export function useInputMode(): InputMode {
  return useSyncExternalStore(subscribe, readInputMode);
}
