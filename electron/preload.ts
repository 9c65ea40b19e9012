// Puts window.athena into the page: the contract's channels and nothing else of Electron.
import { contextBridge, ipcRenderer } from 'electron';
import { invokeChannels, pushChannels } from './common/ipc-contract';
import { snapshotFirst } from './common/snapshot-first';

const port = {
  invoke: (channel: string, args: unknown): Promise<unknown> => ipcRenderer.invoke(channel, args),
  on: (channel: string, listener: (event: unknown, text: string) => void): void => void ipcRenderer.on(channel, listener),
  later: (call: () => void): void => void setTimeout(call, 0),
};

contextBridge.exposeInMainWorld('athena', snapshotFirst(port, { snapshot: 'app:snapshot', invoke: invokeChannels, push: pushChannels }));
