// How this Electron runs the practice host (as plain Node) and the practice client (as a small window).
import { join } from 'node:path';
import { app } from 'electron';
import type { PracticeCommands } from '../practice/practice-commands';
import { practiceClientFlag } from './practice-client-window';

export function electronPracticeCommands(): PracticeCommands {
  const ownArguments = app.isPackaged ? [] : [app.getAppPath()];
  // What this process was allowed, its children need too: Chromium's sandbox does not work for root.
  const sandbox = process.argv.includes('--no-sandbox') ? ['--no-sandbox'] : [];
  return {
    host: {
      file: process.execPath,
      leadingArgs: [join(app.getAppPath(), 'out/main/practice-host.cjs')],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    },
    client: {
      file: process.execPath,
      leadingArgs: [...sandbox, ...ownArguments, practiceClientFlag],
      env: { ELECTRON_RUN_AS_NODE: undefined },
    },
  };
}
