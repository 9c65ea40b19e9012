// Starts the built Athena in a real Electron for a test, with a profile of its own, and leaves nothing behind.
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { electronPath } from '../../electron/setup/electron-runtime.mjs';
import { endProcessTree } from '../peers/process-tree';
import { startXvfb, type VirtualDisplay } from '../peers/xvfb';

export interface RunningAthena {
  readonly app: ElectronApplication;
  /** The first window, once it has loaded. */
  readonly window: Page;
  /** Where this run keeps what it saves, for a second start on the same data. */
  readonly profileDirectory: string;
  /** Epoch milliseconds, just before Electron was started. */
  readonly launchedAtMs: number;
  /**
   * What the main process and the window's console printed. Playwright swallows what came before it was connected, about
   * the first 200 ms; when the launch itself fails, its error holds that part.
   */
  output(): string;
  /** Writes test/e2e/screenshots/NAME.png. */
  screenshot(name: string): Promise<void>;
  /** Quits it and ends whatever it left running; safe to call twice. */
  stop(): Promise<void>;
}

export interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments after the application's path. */
  readonly args?: readonly string[];
  /** Another Electron application than Athena, to measure beside it. */
  readonly appDirectory?: string;
  /** Uses this profile and keeps it; by default a new one that `stop()` removes. */
  readonly profileDirectory?: string;
}

const projectRoot = join(import.meta.dirname, '..', '..');
const screenshotDirectory = join(import.meta.dirname, 'screenshots');
const launchTimeoutMs = 30_000;
const quitTimeoutMs = 5_000;

export async function launchAthena(options: LaunchOptions = {}): Promise<RunningAthena> {
  const electron = electronPath();
  if (electron.path === null) throw new Error(electron.reason);
  const profileDirectory = options.profileDirectory ?? (await mkdtemp(join(tmpdir(), 'athena-e2e-')));
  const screen = process.env['DISPLAY'] ? undefined : await startXvfb({ widthPx: 1600, heightPx: 1000, windowManager: true });
  const printed: string[] = [];
  const cleanUp = async (): Promise<void> => {
    await screen?.stop();
    if (options.profileDirectory === undefined) await rm(profileDirectory, { recursive: true, force: true });
  };

  // The tests look for English words, whoever's desktop they run on.
  const environment = { ...(await environmentOf(profileDirectory, screen)), LANGUAGE: 'en', ...options.env };
  const launchedAtMs = Date.now();
  let app: ElectronApplication;
  try {
    app = await _electron.launch({
      executablePath: electron.path,
      // Chromium does not run as root with its sandbox; as an ordinary user the tests keep it.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), options.appDirectory ?? projectRoot, ...(options.args ?? [])],
      cwd: projectRoot,
      env: environment,
      timeout: launchTimeoutMs,
    });
  } catch (error) {
    await cleanUp();
    throw error;
  }
  const child = app.process();
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString('utf8')));
  const pid = child.pid;

  const stop = async (): Promise<void> => {
    const closed = app.close().catch(() => undefined); // rejects when the app is gone already, which is as good
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, quitTimeoutMs).unref())]);
    if (pid !== undefined) await endProcessTree(pid);
    await cleanUp();
  };

  try {
    app.on('window', (page) => listenTo(page, printed));
    const window = await app.firstWindow({ timeout: launchTimeoutMs });
    listenTo(window, printed);
    await window.waitForLoadState('load');
    return {
      app,
      window,
      profileDirectory,
      launchedAtMs,
      output: () => printed.join(''),
      screenshot: async (name) => {
        await mkdir(screenshotDirectory, { recursive: true });
        await window.screenshot({ path: join(screenshotDirectory, `${name}.png`) });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`Athena opened no window. It printed:\n${printed.join('')}`, { cause: error });
  }
}

const heardPages = new WeakSet<Page>();

/** The first window is announced as an event or not, depending on who was faster: hear each page once. */
function listenTo(page: Page, printed: string[]): void {
  if (heardPages.has(page)) return;
  heardPages.add(page);
  page.on('console', (message) => printed.push(`[window ${message.type()}] ${message.text()}\n`));
  page.on('pageerror', (error) => printed.push(`[window error] ${error.stack ?? error.message}\n`));
}

/** Our environment with every directory in which a program keeps things about its user moved below the profile. */
async function environmentOf(profileDirectory: string, screen: VirtualDisplay | undefined): Promise<Record<string, string>> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const environment: Record<string, string> = Object.fromEntries(inherited);
  delete environment['ELECTRON_RUN_AS_NODE'];
  delete environment['WAYLAND_DISPLAY'];
  // The keyring and the panel of whoever runs the tests are none of theirs.
  delete environment['DBUS_SESSION_BUS_ADDRESS'];
  if (screen) environment['DISPLAY'] = screen.display;
  // Hosts of the real network are none of a test's.
  environment['ATHENA_TEST_DISCOVERY'] = 'none';
  environment['HOME'] = profileDirectory;
  for (const name of ['CONFIG', 'DATA', 'STATE', 'CACHE']) {
    environment[`XDG_${name}_HOME`] = join(profileDirectory, name.toLowerCase());
  }
  environment['XDG_RUNTIME_DIR'] = join(profileDirectory, 'runtime');
  await mkdir(environment['XDG_RUNTIME_DIR'], { recursive: true, mode: 0o700 });
  return environment;
}
