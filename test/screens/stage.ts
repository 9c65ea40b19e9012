// Where the pictures are taken: one window of a real Electron that shows the built renderer on a fake main process.
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { ChosenSettings } from '../../electron/common/settings';
import { electronPath } from '../../electron/setup/electron-runtime.mjs';
import { endProcessTree } from '../peers/process-tree';
import { startXvfb, type VirtualDisplay } from '../peers/xvfb';
import { serveRenderer, type ServedRenderer } from '../renderer/preview/served-renderer';

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export class Stage {
  /** Errors that the page threw or printed since it was opened last. */
  problems: string[] = [];

  private constructor(
    private readonly served: ServedRenderer,
    private readonly app: ElectronApplication,
    private readonly page: Page,
    private readonly profileDirectory: string,
    private readonly screen: VirtualDisplay | undefined,
  ) {
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) this.problems.push(message.text());
    });
  }

  /** On a display of its own where there is none. @throws when Electron is missing */
  static async open(): Promise<Stage> {
    const electron = electronPath();
    if (electron.path === null) throw new Error(electron.reason);
    const screen = process.env['DISPLAY'] ? undefined : await startXvfb({ windowManager: true });
    const served = await serveRenderer();
    const profileDirectory = await mkdtemp(join(tmpdir(), 'athena-screens-'));
    const app = await _electron.launch({
      executablePath: electron.path,
      // Chromium does not run as root with its sandbox; as an ordinary user it is kept.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${profileDirectory}`, join(import.meta.dirname, 'stage-main.cjs')],
      // Its steps look for English words, whoever's desktop it runs on.
      env: { ...definedEnvironment(), LANGUAGE: 'en', ...(screen !== undefined && { DISPLAY: screen.display }) },
    });
    const page = await app.firstWindow();
    await app.context().addInitScript(served.fakeSource);
    return new Stage(served, app, page, profileDirectory, screen);
  }

  /** The window on a scene, at a size and with settings, drawn and with its first focus. */
  async show(scene: string, size: WindowSize, settings: ChosenSettings): Promise<Page> {
    const { page } = this;
    await page.setViewportSize(size);
    this.problems = [];
    await page.goto(`${this.served.address}/?scene=${scene}`);
    await page.waitForSelector('[data-page]');
    await this.set(settings);
    await page.waitForFunction(() => document.activeElement?.closest('[data-focus-key]') !== null);
    return page;
  }

  async set(settings: ChosenSettings): Promise<void> {
    await this.page.evaluate((values) => (window as unknown as { athena: { invoke(channel: string, args: unknown): Promise<unknown> } }).athena.invoke('settings:set', values), settings);
  }

  async close(): Promise<void> {
    const { pid } = this.app.process();
    await this.app.close();
    if (pid !== undefined) await endProcessTree(pid);
    await this.served.stop();
    await this.screen?.stop();
    await rm(this.profileDirectory, { recursive: true, force: true });
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
