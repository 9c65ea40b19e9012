// The one use of window.athena: what preload offers to the page.
import type { AthenaBridge } from '../electron/common/ipc-contract';

declare global {
  interface Window {
    readonly athena: AthenaBridge;
  }
}

export function bridge(): AthenaBridge {
  return window.athena;
}
