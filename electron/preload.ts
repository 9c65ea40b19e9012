// Puts window.athena into the page: the contract's channels and nothing else of Electron.
import { contextBridge, ipcRenderer } from 'electron';
import { invokeChannels, pushChannels } from './common/ipc-contract';
import type { TextBridge } from './common/ipc-text';

const mayInvoke: ReadonlySet<string> = new Set(invokeChannels);
const mayHear: ReadonlySet<string> = new Set(pushChannels);

const bridge: TextBridge = {
  invoke: (channel, args) => {
    if (!mayInvoke.has(channel)) return Promise.reject(new Error(`bad-input: no channel ${String(channel)}`));
    return ipcRenderer.invoke(channel, args) as Promise<string>;
  },
  on: (channel, listener) => {
    if (!mayHear.has(channel)) throw new Error(`bad-input: no channel ${String(channel)}`);
    const heard = (_event: unknown, text: string): void => listener(text);
    ipcRenderer.on(channel, heard);
    return () => {
      ipcRenderer.removeListener(channel, heard);
    };
  },
};

contextBridge.exposeInMainWorld('athena', bridge);
