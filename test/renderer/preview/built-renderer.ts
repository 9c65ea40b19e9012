// Opens the built renderer, on a fake main process, in Debian's Chromium.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { serveRenderer, type ServedRenderer } from './served-renderer';

export interface OpenOptions {
  readonly reducedMotion?: 'reduce';
  /** Of the desktop; English otherwise. */
  readonly locale?: 'de-AT';
  /** Runs in the page before everything else. */
  readonly before?: () => void;
}

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export class BuiltRenderer {
  private constructor(
    private readonly served: ServedRenderer,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<BuiltRenderer> {
    const served = await serveRenderer();
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      // As root in a container there is no sandbox to be had; the page under test is our own.
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    return new BuiltRenderer(served, browser);
  }

  /** A window on a scene of fake-scenes.ts, drawn and with its first focus. */
  async open(scene: string, size: WindowSize = { width: 1280, height: 800 }, options: OpenOptions = {}): Promise<OpenWindow> {
    const { before, ...contextOptions } = options;
    const context = await this.browser.newContext({ viewport: size, ...contextOptions });
    if (before !== undefined) await context.addInitScript(before);
    await context.addInitScript(this.served.fakeSource);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) problems.push(message.text());
    });
    await page.goto(`${this.served.address}/?scene=${scene}`);
    await page.waitForSelector('[data-page]');
    await page.waitForFunction(() => document.activeElement?.closest('[data-focus-key]') !== null);
    return { page, context, problems };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.served.stop();
  }
}

export interface OpenWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors the page threw or printed. */
  readonly problems: readonly string[];
}
