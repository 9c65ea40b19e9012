// Electron's entry: reads as the list of what happens at the start.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app } from 'electron';
import { composeServices, userDirectories } from './compose';
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
import { sayAsSet } from './shell/say';
import { readStartArguments } from './shell/start-arguments';
import { followTheme } from './shell/theme';
import { ToastWindow } from './shell/toast-window';
import { TrayPlace } from './shell/tray';

const directories = userDirectories();
/** From the first picture to the library in it. */
const settleMs = 400;
/** At the latest, however long the page takes. */
const lookAroundAfterMs = 4_000;

async function start(): Promise<void> {
  const services = composeServices({
    directories,
    builtDirectory: join(app.getAppPath(), 'out/main'),
    version: app.getVersion(),
    practice: electronPracticeCommands(),
    logToTerminal: !app.isPackaged,
  });
  // What is saved is read while Electron makes itself ready, and then while the page is on its way.
  const loaded = services.load();
  const { settings } = services;
  const say = sayAsSet(services);
  await Promise.all([settings.load(), app.whenReady()]);

  const closing = { isQuitting: () => quit.wanted, lookForTray: async () => (await tray).look() };
  const window = new MainWindow(services.log, closing, { theme: () => settings.values.theme });
  const quit = quitOnce(services);
  const openCouch = (): void => {
    window.setCouch(true);
    window.show();
  };
  const tray = loaded.then(() => TrayPlace.start(services, (id) => window.show(id), openCouch, say));
  serveArt(services);
  const holdsShortcut = followReconnectShortcut(services, (id) => window.show(id));
  const desktop = { grants: async () => ({ hasTray: await (await tray).look(), holdsShortcut: holdsShortcut() }) };
  registerHandlers(services, (event) => window.isOurs(event), { save: saveFile, choose: chooseConnectionFiles(say) }, window, desktop);
  pushNews(services, () => window.pages());
  followTheme(settings, window);
  const first = readStartArguments(process.argv);
  if (settings.values.startInCouch || first.couch) window.setCouch(true);
  if (!first.hidden) window.show();

  const place = await tray;
  followPower(services);
  keepAwakeWhileStreaming(services);
  new ToastWindow(services, () => window.isWatched, say);
  app.on('second-instance', (_event, argv) => {
    const { hidden, couch, launch } = readStartArguments(argv);
    if (!hidden || !place.present) window.show();
    if (couch) window.setCouch(true);
    if (launch) launchEntry(services, launch, (id) => window.show(id));
  });
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    if (!place.present || !settings.values.closeToTray) app.quit();
  });
  if (first.hidden && !place.present) window.show();
  if (first.launch) launchEntry(services, first.launch, (id) => window.show(id));
  // Threads and questions to the network would take the processors from the page, which a person waits for.
  if (window.pages().length > 0) await Promise.race([window.firstPicture.then(() => sleep(settleMs)), sleep(lookAroundAfterMs)]);
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
  void start();
} else app.quit();
