// Puts window.athena into the page: the contract's channels and nothing else of Electron.
import { contextBridge, ipcRenderer } from 'electron';
import { invokeChannels, pushChannels, type AthenaBridge } from './common/ipc-contract';

const mayInvoke: ReadonlySet<string> = new Set(invokeChannels);
const mayHear: ReadonlySet<string> = new Set(pushChannels);

const bridge: AthenaBridge = {
  invoke: (channel, args) => {
    if (!mayInvoke.has(channel)) return Promise.reject(new Error(`bad-input: no channel ${String(channel)}`));
    return ipcRenderer.invoke(channel, args) as Promise<never>;
  },
  on: (channel, listener) => {
    if (!mayHear.has(channel)) throw new Error(`bad-input: no channel ${String(channel)}`);
    const heard = (_event: unknown, payload: unknown): void => listener(payload as never);
    ipcRenderer.on(channel, heard);
    return () => {
      ipcRenderer.removeListener(channel, heard);
    };
  },
};

contextBridge.exposeInMainWorld('athena', bridge);
