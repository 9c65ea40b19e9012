// The practice client's window in a real Electron: what it shows, prints, may do, and ends with.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { electronPath } from '../../electron/setup/electron-runtime.mjs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { advanceBlock, firstBlock } from '../../electron/practice/practice-game';
import { startPracticeStreamServer, type PracticeStreamServer } from '../../electron/practice/practice-stream-server';
import { findFreePort } from '../peers/loopback-port';
import { endProcessTree, isRunning, processTree } from '../peers/process-tree';
import { startXvfb, type VirtualDisplay } from '../peers/xvfb';
import { bundleThread } from '../threads-bundle';

const projectRoot = join(import.meta.dirname, '..', '..');
const screenshots = join(import.meta.dirname, 'screenshots');

interface ClientWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  lines(): string[];
  /** Exit code and signal. */
  readonly ended: Promise<unknown[]>;
}

/** What a practice Moonlight feeds its window with: a game that counts, or stands still. */
class Stream {
  paused = false;
  #ticks = 0;
  #block = firstBlock;
  readonly sockets = new Set<Socket>();

  private constructor(
    readonly server: PracticeStreamServer,
    private readonly door: Server,
    private readonly timer: NodeJS.Timeout,
  ) {}

  /** A door of its own in front: closing that is how a stream is lost without a goodbye. */
  static async start(): Promise<Stream> {
    const made: { stream?: Stream } = {};
    const server = await startPracticeStreamServer(() => made.stream?.state ?? { gameTicks: 0, companionTicks: 0, blockXPx: 0, blockYPx: 0 });
    const door = createServer((socket) => {
      const inner = connect(server.port, '127.0.0.1');
      for (const end of [socket, inner]) {
        made.stream?.sockets.add(end);
        end.on('error', () => end.destroy());
      }
      socket.pipe(inner).pipe(socket);
    });
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
    const stream = new Stream(server, door, setInterval(() => stream.tick(), 33));
    made.stream = stream;
    return stream;
  }

  get port(): number {
    return (this.door.address() as AddressInfo).port;
  }

  get state(): { gameTicks: number; companionTicks: number; blockXPx: number; blockYPx: number } {
    return { gameTicks: this.#ticks, companionTicks: this.#ticks, blockXPx: this.#block.xPx, blockYPx: this.#block.yPx };
  }

  tick(): void {
    if (this.paused) return;
    this.#ticks += 1;
    this.#block = advanceBlock(this.#block);
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.server.stop();
    this.door.close();
  }
}

describe('practice client window', () => {
  let appDirectory: string;
  let profile: string;
  let screen: VirtualDisplay;
  let stream: Stream;
  const pids: number[] = [];

  beforeAll(async () => {
    appDirectory = await buildClientApp();
    screen = await startXvfb({ windowManager: true });
  });
  afterAll(async () => {
    await screen.stop();
    await rm(appDirectory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'athena-practice-profile-'));
    stream = await Stream.start();
  });
  afterEach(async () => {
    for (const pid of pids.splice(0)) await endProcessTree(pid);
    stream.cut();
    await stream.stop();
    await rm(profile, { recursive: true, force: true });
  });

  const commandLine = (port: number): string[] => [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    appDirectory,
    '--practice-client',
    ...['--host', '127.0.0.1', '--port', String(port), '--title', 'Practice game'],
  ];

  async function openWindow(): Promise<ClientWindow> {
    const { path } = runtime();
    const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const app = await _electron.launch({
      executablePath: path,
      args: commandLine(stream.port),
      env: { ...Object.fromEntries(inherited), DISPLAY: screen.display, XDG_CONFIG_HOME: profile, HOME: profile },
    });
    const child = app.process();
    const pid = child.pid ?? 0;
    pids.push(pid);
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    const ended = once(child, 'exit');
    return { app, page: await app.firstWindow(), pid, lines: () => text.split('\n').slice(0, -1), ended };
  }

  const count = async (page: Page): Promise<number> => Number(await page.textContent('#ticks'));
  const streaming = (client: ClientWindow): Promise<void> =>
    vi.waitFor(() => expect(client.lines().some((line) => line.startsWith('frame '))).toBe(true), 20_000);

  it('shows the picture and the count, and tells when the game stands still', async () => {
    const client = await openWindow();
    await streaming(client);
    expect(await client.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))).toEqual([
      'Practice game',
    ]);
    const before = await count(client.page);
    await vi.waitFor(async () => expect(await count(client.page)).toBeGreaterThan(before + 10), 10_000);
    expect(await client.page.textContent('#state')).toBe('The game runs');
    // The first and the last bar, away from where the block may be; the ramp goes from black to white.
    expect(await coloursAt(client.page, [[2, 2], [637, 2], [2, 397], [637, 397]])).toEqual([
      [191, 191, 191],
      [0, 0, 191],
      expect.arrayContaining([expect.closeTo(0, -1)]),
      expect.arrayContaining([expect.closeTo(255, -1)]),
    ]);
    await mkdir(screenshots, { recursive: true });
    await client.page.screenshot({ path: join(screenshots, 'practice-client.png') });

    stream.paused = true;
    await client.page.waitForSelector('text=The game stands still: it is paused', { timeout: 10_000 });
    const still = await count(client.page);
    await client.page.screenshot({ path: join(screenshots, 'practice-client-paused.png') });
    await vi.waitFor(() => expect(client.lines().slice(-2)).toEqual([`frame ${still}`, `frame ${still}`]), 10_000);
    expect(await count(client.page)).toBe(still);
    stream.paused = false;
    await vi.waitFor(async () => expect(await client.page.textContent('#state')).toBe('The game runs'), 10_000);
  });

  it('gives its page nothing but pictures', async () => {
    const { app, page } = await openWindow();
    const reach = await page.evaluate(async () => ({
      bridge: Object.keys((window as unknown as { practice: object }).practice),
      node: ['require', 'process', 'module'].filter((name) => name in window),
      network: await fetch('http://127.0.0.1:1/').then(
        () => 'open',
        () => 'closed',
      ),
      policy: document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '',
      opened: window.open('about:blank') === null,
    }));
    expect(reach).toMatchObject({ bridge: ['onPicture'], node: [], network: 'closed', opened: true });
    expect(reach.policy).toContain("default-src 'none'");
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "an inline script ran"';
      document.body.append(script);
      return document.title;
    });
    expect(ran).toBe('Practice');
    const own = await app.evaluate(({ app: electronApp }) => electronApp.getPath('userData'));
    expect(own).toMatch(/practice-client$/);
  });

  it('ends with 0 when its window is closed', async () => {
    const client = await openWindow();
    await streaming(client);
    const processes = processTree(client.pid);
    await client.page.close();
    expect(await client.ended).toEqual([0, null]);
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), 10_000);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends with 0 at %s', async (signal) => {
    const client = await openWindow();
    await streaming(client);
    process.kill(client.pid, signal);
    expect(await client.ended).toEqual([0, null]);
  });

  it('ends with 0 and says so when the host ends, also when a second one watches', async () => {
    const clients = [await openWindow(), await openWindow()];
    for (const client of clients) await streaming(client);
    await stream.server.stop();
    for (const client of clients) {
      expect(await client.ended).toEqual([0, null]);
      expect(client.lines().at(-1)).toBe('end host-ended');
    }
  });

  it('ends with 3 when the stream breaks off', async () => {
    const client = await openWindow();
    await streaming(client);
    stream.cut();
    expect(await client.ended).toEqual([3, null]);
    expect(client.lines().at(-1)).toBe('end connection-lost');
  });

  it('is seen to crash by its owner when it is killed, and leaves no process of its own', async () => {
    const client = await openWindow();
    await streaming(client);
    const processes = processTree(client.pid);
    process.kill(client.pid, 'SIGKILL');
    expect(await client.ended).toEqual([null, 'SIGKILL']);
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), 10_000);
  });

  /** Without a driver, which begins to listen only after the first lines. */
  function startPlain(port: number): { pid: number; lines: () => string[]; ended: Promise<unknown[]> } {
    const child = spawn(runtime().path, commandLine(port), {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DISPLAY: screen.display, XDG_CONFIG_HOME: profile, HOME: profile },
    });
    const pid = child.pid ?? 0;
    pids.push(pid);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    return { pid, lines: () => text.split('\n').slice(0, -1), ended: once(child, 'close') };
  }

  it('prints its stages and the newest count once a second', async () => {
    const client = startPlain(stream.port);
    await vi.waitFor(() => expect(client.lines().length).toBeGreaterThanOrEqual(5), 20_000);
    process.kill(client.pid, 'SIGTERM');
    expect(await client.ended).toEqual([0, null]);
    expect(client.lines().slice(0, 3)).toEqual(['stage connecting', 'stage handshake', 'streaming 640x400']);
    expect(client.lines().slice(3).every((line) => /^frame \d+$/.test(line))).toBe(true);
  });

  it('ends with 4 when nobody listens', async () => {
    const client = startPlain(await findFreePort());
    expect(await client.ended).toEqual([4, null]);
    expect(client.lines()).toEqual(['stage connecting', 'error refused']);
  });

  it('ends with 64 when it is told nonsense', async () => {
    const client = startPlain(0);
    expect(await client.ended).toEqual([64, null]);
    expect(client.lines()).toEqual([]);
  });
});

function runtime(): { path: string } {
  const electron = electronPath();
  if (electron.path === null) throw new Error(electron.reason);
  return { path: electron.path };
}

function coloursAt(page: Page, points: readonly (readonly [number, number])[]): Promise<number[][]> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector('canvas');
    const pen = canvas?.getContext('2d');
    if (!pen) throw new Error('no canvas');
    return wanted.map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data].slice(0, 3));
  }, points);
}

/** An app directory laid out like the product's, whose main does nothing but the practice client. */
async function buildClientApp(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-practice-app-'));
  const main = join(projectRoot, 'electron/shell/practice-client-window.ts');
  const mainFile = await bundleThread(main);
  const preloadFile = await bundleThread('electron/shell/practice-client-preload.ts');
  await mkdir(join(directory, 'out/preload'), { recursive: true });
  await copyFile(preloadFile, join(directory, 'out/preload/practice-client-preload.cjs'));
  await writeFile(join(directory, 'package.json'), JSON.stringify({ name: 'practice-client-test', version: '1.0.0', main: 'main.cjs' }));
  // Required where it lies, so that the packages it needs are found.
  await writeFile(
    join(directory, 'main.cjs'),
    `require(${JSON.stringify(mainFile)}).runPracticeClientWindow(process.argv);\n`,
  );
  await build({
    root: join(projectRoot, 'renderer'),
    base: './',
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'chrome114',
      outDir: join(directory, 'out/renderer'),
      rollupOptions: { input: { 'practice-client': join(projectRoot, 'renderer/practice-client.html') } },
    },
  });
  return directory;
}
