// The one use of window.athena: what preload offers to the page, with its texts read back into values.
import type { AthenaBridge, PushPayload } from '../electron/common/ipc-contract';
import { fromText, type TextBridge } from '../electron/common/ipc-text';

declare global {
  interface Window {
    /** A page without preload may have the values themselves there. */
    readonly athena: TextBridge | AthenaBridge;
  }
}

/** Preload gives texts, and no value of the contract is one. */
function read(given: unknown): unknown {
  return typeof given === 'string' ? fromText(given) : given;
}

const pageBridge: AthenaBridge = {
  invoke: async (channel, args) => read(await (window.athena as TextBridge).invoke(channel, args)) as never,
  on: (channel, listener) => (window.athena as TextBridge).on(channel, (given) => listener(read(given) as PushPayload<typeof channel>)),
};

export function bridge(): AthenaBridge {
  return pageBridge;
}
