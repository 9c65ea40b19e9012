// The practice client with a window: a second Electron process that shows the practice host's picture and speaks like the
// headless client on stdout.
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { practicePictureChannel, type PracticePicture } from '../common/practice-window';
import {
  exitCodeOf,
  PracticeClientReport,
  practiceClientUsage,
  readClientArguments,
  usageExitCode,
  type PracticeClientArguments,
} from '../practice/practice-client-report';
import { openPracticeStream } from '../practice/practice-stream-client';

export const practiceClientFlag = '--practice-client';

/** `EX_SOFTWARE` of sysexits(3): the page broke, which a stream client that crashes looks like from outside. */
const pageLostExitCode = 70;

const widthPx = 640;
const heightPx = 400;

/**
 * Takes over this Electron process. Call it before Electron is ready and before anything asks for the instance lock.
 * @param argv the process's; `--host`, `--port` and `--title` are read after `--practice-client`
 */
export function runPracticeClientWindow(argv: readonly string[]): void {
  const target = readClientArguments(argv.slice(argv.indexOf(practiceClientFlag) + 1));
  if (target === null) {
    process.stderr.write(`${practiceClientUsage}\n`);
    app.exit(usageExitCode);
    return;
  }
  // A profile of its own: the main instance holds the lock of the other one. The same each time, because the practice
  // run kills this process, which then can't remove anything.
  app.setPath('userData', join(app.getPath('userData'), 'practice-client'));
  // A small picture needs no graphics card, and this starts sooner without one.
  app.disableHardwareAcceleration();
  app.on('window-all-closed', () => app.exit(0));
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
  });
  app
    .whenReady()
    .then(() => show(target))
    .catch((error: unknown) => {
      process.stderr.write(`practice client: ${error instanceof Error ? error.message : String(error)}\n`);
      app.exit(pageLostExitCode);
    });
}

async function show(target: PracticeClientArguments): Promise<void> {
  const window = openWindow(target.title);
  // Connected only now: `streaming` is to mean that somebody can see it.
  await window.loadFile(join(app.getAppPath(), 'out/renderer/practice-client.html'));

  const report = new PracticeClientReport((line) => process.stdout.write(`${line}\n`));
  const timer = setInterval(() => report.tellFrame(), 1_000);
  let picture: Pick<PracticePicture, 'widthPx' | 'heightPx'> = { widthPx, heightPx };
  const stream = openPracticeStream(target, (news) => {
    report.tell(news);
    if (news.kind === 'streaming') picture = { widthPx: news.widthPx, heightPx: news.heightPx };
    if (news.kind === 'frame' && !window.isDestroyed()) {
      window.webContents.send(practicePictureChannel, { ...picture, ...news.frame } satisfies PracticePicture);
    }
    if (news.kind === 'ended') {
      clearInterval(timer);
      app.exit(exitCodeOf(news.end));
    }
  });
  window.on('closed', () => stream.close());
  // Electron turns SIGTERM, SIGINT and SIGHUP into this on Linux and macOS.
  app.on('before-quit', () => stream.close());
}

function openWindow(title: string): BrowserWindow {
  const window = new BrowserWindow({
    width: widthPx,
    height: heightPx,
    useContentSize: true,
    title,
    autoHideMenuBar: true,
    backgroundColor: '#0b0d10',
    webPreferences: {
      preload: join(app.getAppPath(), 'out/preload/practice-client-preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // No "persist:": nothing of it goes to disk.
      partition: 'practice-client',
      // The picture goes on behind other windows.
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  window.on('page-title-updated', (event) => event.preventDefault());
  window.webContents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    process.stderr.write(`practice client: its page is gone (${reason})\n`);
    app.exit(pageLostExitCode);
  });
  return window;
}
