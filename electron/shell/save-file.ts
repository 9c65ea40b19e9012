// The save dialog: asks where a report is to go, and writes it there.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { failure, success } from '../common/result';
import type { SaveFile } from '../domain/incidents/save-file';

export const saveFile: SaveFile = async (suggestedName, text) => {
  const options = { defaultPath: join(app.getPath('documents'), suggestedName) };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (canceled || !filePath) return success(null);
  try {
    await writeFile(filePath, text);
    return success({ path: filePath });
  } catch (error) {
    return failure('io', `The file could not be written: ${error instanceof Error ? error.message : String(error)}`, 'Choose another place, or make room there.');
  }
};
