// Builds the renderer and the fake main process, and serves them on loopback.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../../..');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface ServedRenderer {
  /** With `?scene=NAME` of fake-scenes.ts. */
  readonly address: string;
  /** To be run in the page before everything else: puts the fake main process where preload would put the real one. */
  readonly fakeSource: string;
  stop(): Promise<void>;
}

/** Where a run of tests has built it for all of them; each builds its own otherwise. */
export const builtFolderVariable = 'ATHENA_TEST_BUILT_RENDERER';

/** @param folder where `page` and `fake` are written */
export async function buildRenderer(folder: string): Promise<void> {
  const common = { configFile: false, logLevel: 'error' } as const;
  const before = process.env['NODE_ENV'];
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
  if (before === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = before;
}

export async function serveRenderer(): Promise<ServedRenderer> {
  const shared = process.env[builtFolderVariable];
  const folder = shared ?? (await mkdtemp(join(tmpdir(), 'athena-renderer-')));
  if (shared === undefined) await buildRenderer(folder);
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
  return {
    address: `http://127.0.0.1:${bound.port}`,
    fakeSource,
    async stop() {
      await new Promise((done) => server.close(done));
      if (shared === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
