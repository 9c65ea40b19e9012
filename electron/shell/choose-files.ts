// The open dialog: asks for connection files of other programs.
import { BrowserWindow, dialog } from 'electron';
import { tell } from '../common/told';
import type { ChooseConnectionFiles } from '../domain/imports/connection-files';
import type { Say } from './say';

export const chooseConnectionFiles = (say: Say): ChooseConnectionFiles => async () => {
  const options = {
    title: say(tell`Choose connection files`),
    buttonLabel: say(tell`Look into them`),
    properties: ['openFile' as const, 'multiSelections' as const, 'showHiddenFiles' as const],
    filters: [
      { name: say(tell`Connections (.rdp, .remmina)`), extensions: ['rdp', 'remmina'] },
      { name: say(tell`All files`), extensions: ['*'] },
    ],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
};
