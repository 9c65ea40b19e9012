// How this Electron runs the practice host and the practice Moonlight (as plain Node), and shows its picture (as a small window).
import { join } from 'node:path';
import { app } from 'electron';
import type { PracticeCommand, PracticeCommands } from '../practice/practice-commands';
import { practiceClientFlag } from './practice-client-window';

export function electronPracticeCommands(): PracticeCommands {
  const ownArguments = app.isPackaged ? [] : [app.getAppPath()];
  // What this process was allowed, its children need too: Chromium's sandbox does not work for root.
  const sandbox = process.argv.includes('--no-sandbox') ? ['--no-sandbox'] : [];
  const script = (name: string): PracticeCommand => ({
    file: process.execPath,
    leadingArgs: [join(app.getAppPath(), 'out/main', name)],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  return {
    host: script('practice-gamestream-host.cjs'),
    moonlight: script('practice-moonlight.cjs'),
    window: {
      file: process.execPath,
      leadingArgs: [...sandbox, ...ownArguments, practiceClientFlag],
      env: { ELECTRON_RUN_AS_NODE: undefined },
    },
  };
}
