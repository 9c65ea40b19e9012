// The open dialog: asks for connection files of other programs.
import { BrowserWindow, dialog } from 'electron';
import type { ChooseConnectionFiles } from '../domain/imports/connection-files';

export const chooseConnectionFiles: ChooseConnectionFiles = async () => {
  const options = {
    title: 'Choose connection files',
    buttonLabel: 'Look into them',
    properties: ['openFile' as const, 'multiSelections' as const, 'showHiddenFiles' as const],
    filters: [
      { name: 'Connections (.rdp, .remmina)', extensions: ['rdp', 'remmina'] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
};
