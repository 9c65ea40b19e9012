// Preload script of the practice client's page: hands pictures to it, and nothing else of Electron.
import { contextBridge, ipcRenderer } from 'electron';
import { practicePictureChannel, type PracticePicture, type PracticeWindowBridge } from '../common/practice-window';

const bridge: PracticeWindowBridge = {
  onPicture: (listener) => {
    ipcRenderer.on(practicePictureChannel, (_event, picture: PracticePicture) => listener(picture));
  },
};

contextBridge.exposeInMainWorld('practice', bridge);
