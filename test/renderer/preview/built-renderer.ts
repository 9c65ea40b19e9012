// Builds the renderer and the fake main process once, serves them on loopback, and opens them in Debian's Chromium.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../../..');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface OpenOptions {
  readonly reducedMotion?: 'reduce';
  /** Runs in the page before everything else. */
  readonly before?: () => void;
}

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export class BuiltRenderer {
  private constructor(
    private readonly folder: string,
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly address: string,
    private readonly fakeSource: string,
  ) {}

  static async start(): Promise<BuiltRenderer> {
    const folder = await mkdtemp(join(tmpdir(), 'athena-renderer-'));
    const common = { configFile: false, logLevel: 'error' } as const;
    // As the product is built: a test runner's own environment would draw with React's slow half.
    process.env['NODE_ENV'] = 'production';
    await build({
      ...common,
      root: join(root, 'renderer'),
      base: './',
      plugins: [react()],
      build: { target: 'chrome114', outDir: join(folder, 'page'), chunkSizeWarningLimit: 2000 },
    });
    await build({
      ...common,
      root,
      build: {
        target: 'chrome114',
        outDir: join(folder, 'fake'),
        lib: { entry: join(import.meta.dirname, 'preview-page.ts'), formats: ['iife'], name: 'preview', fileName: () => 'fake.js' },
      },
    });
    const fakeSource = await readFile(join(folder, 'fake/fake.js'), 'utf8');
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = path === '/' ? 'index.html' : path.slice(1);
      void readFile(join(folder, 'page', file)).then(
        (content) => response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' }).end(content),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      // As root in a container there is no sandbox to be had; the page under test is our own.
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    return new BuiltRenderer(folder, server, browser, `http://127.0.0.1:${bound.port}`, fakeSource);
  }

  /** A window on a scene of fake-scenes.ts, drawn and with its first focus. */
  async open(scene: string, size: WindowSize = { width: 1280, height: 800 }, options: OpenOptions = {}): Promise<OpenWindow> {
    const { before, ...contextOptions } = options;
    const context = await this.browser.newContext({ viewport: size, ...contextOptions });
    if (before !== undefined) await context.addInitScript(before);
    await context.addInitScript(this.fakeSource);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) problems.push(message.text());
    });
    await page.goto(`${this.address}/?scene=${scene}`);
    await page.waitForSelector('[data-page]');
    await page.waitForFunction(() => document.activeElement?.closest('[data-focus-key]') !== null);
    return { page, context, problems };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((done) => this.server.close(done));
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface OpenWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors the page threw or printed. */
  readonly problems: readonly string[];
}
