// Which device was used last: the root element carries it for styles, and the hint bar follows it.
import { useSyncExternalStore } from 'react';

export type InputMode = 'keys' | 'gamepad' | 'pointer';

const changed = 'athena-input-mode';

export function setInputMode(mode: InputMode): void {
  if (document.documentElement.dataset['input'] === mode) return;
  document.documentElement.dataset['input'] = mode;
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

export function useInputMode(): InputMode {
  return useSyncExternalStore(subscribe, readInputMode);
}
