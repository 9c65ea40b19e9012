// Electron's entry: reads as the list of what happens at the start.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app } from 'electron';
import { compose, userDirectories } from './compose';
import type { Services } from './domain/services';
import { registerHandlers } from './ipc/register-handlers';
import { pushNews } from './ipc/push';
import { registerArtScheme, serveArt } from './shell/art-protocol';
import { chooseConnectionFiles } from './shell/choose-files';
import { keepAwakeWhileStreaming } from './shell/keep-awake';
import { launchEntry } from './shell/launch-entry';
import { lockDown } from './shell/lock-down';
import { lookAround } from './shell/look-around';
import { MainWindow } from './shell/main-window';
import { followPower } from './shell/power';
import { electronPracticeCommands } from './shell/practice-runtime';
import { practiceClientFlag, runPracticeClientWindow } from './shell/practice-client-window';
import { quitOnce } from './shell/quit';
import { followReconnectShortcut } from './shell/reconnect-shortcut';
import { saveFile } from './shell/save-file';
import { readStartArguments } from './shell/start-arguments';
import { followTheme } from './shell/theme';
import { ToastWindow } from './shell/toast-window';
import { TrayPlace } from './shell/tray';

const directories = userDirectories();
/** At the latest, however long the page takes. */
const lookAroundAfterMs = 4_000;

function composeServices(): Promise<Services> {
  return compose({
    directories,
    builtDirectory: join(app.getAppPath(), 'out/main'),
    version: app.getVersion(),
    practice: electronPracticeCommands(),
    logToTerminal: !app.isPackaged,
  });
}

async function start(services: Services): Promise<void> {
  const { settings } = services;
  const closing = { isQuitting: () => quit.wanted, lookForTray: () => tray.look() };
  const window = new MainWindow(services.log, closing, { theme: () => settings.values.theme });
  const quit = quitOnce(services);
  const openCouch = (): void => {
    window.setCouch(true);
    window.show();
  };
  const tray = await TrayPlace.start(services, (id) => window.show(id), openCouch);
  serveArt(services);
  const holdsShortcut = followReconnectShortcut(services, (id) => window.show(id));
  const desktop = { grants: async () => ({ hasTray: await tray.look(), holdsShortcut: holdsShortcut() }) };
  registerHandlers(services, (event) => window.isOurs(event), { save: saveFile, choose: chooseConnectionFiles }, window, desktop);
  pushNews(services, () => window.pages());
  followPower(services);
  keepAwakeWhileStreaming(services);
  followTheme(settings, window);
  new ToastWindow(services, () => window.isWatched);
  const obey = (argv: readonly string[]): void => {
    const { hidden, couch, launch } = readStartArguments(argv);
    if (!hidden || !tray.present) window.show();
    if (couch) window.setCouch(true);
    if (launch) launchEntry(services, launch, (id) => window.show(id));
  };
  app.on('second-instance', (_event, argv) => obey(argv));
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    if (!tray.present || !settings.values.closeToTray) app.quit();
  });
  if (settings.values.startInCouch) window.setCouch(true);
  obey(process.argv);
  // Threads and questions to the network would take the processors from the page, which a person waits for.
  const isAwaited = window.pages().length > 0;
  if (isAwaited) await Promise.race([window.firstPicture, sleep(lookAroundAfterMs)]);
  void lookAround(services);
}

app.setName('Athena');
// Chromium's profile is no user data: it lies apart from what people back up.
app.setPath('userData', join(directories.cache, 'chromium'));
if (process.argv.includes(practiceClientFlag)) {
  runPracticeClientWindow(process.argv);
} else if (app.requestSingleInstanceLock()) {
  lockDown();
  registerArtScheme();
  // Electron makes itself ready meanwhile.
  void Promise.all([composeServices(), app.whenReady()]).then(([services]) => start(services));
} else app.quit();
