// Builds the main process with its threads and command line, the preload script and the window into out/.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

// The oldest runtime the code must run on: Electron 25 with Node 18 and Chrome 114. It loads no ES module as an entry.
const nodeTarget = 'node18';
const chromeTarget = 'chrome114';

/** Every file that is started by itself, as the main process, a worker thread or a process of its own. */
const mainEntries = {
  main: 'electron/main.ts',
  cli: 'electron/cli/cli.ts',
  'session-thread': 'electron/threads/session-thread.ts',
  'probe-thread': 'electron/threads/probe-thread.ts',
  'app-list-thread': 'electron/threads/app-list-thread.ts',
  'recorder-thread': 'electron/threads/recorder-thread.ts',
  'practice-app': 'electron/practice/practice-app-main.ts',
  'practice-gamestream-host': 'electron/practice/gamestream/gamestream-host-main.ts',
  'practice-moonlight': 'electron/practice/gamestream/practice-moonlight-main.ts',
};

const input = Object.fromEntries(
  Object.entries(mainEntries)
    .map(([name, path]) => [name, join(root, path)] as const)
    .filter(([, path]) => existsSync(path)),
);

interface PackageManifest {
  readonly version?: string;
  readonly type?: string;
  readonly main?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(directory: string): PackageManifest {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as PackageManifest;
}

/** Packages a CommonJS file can't require() on Node 18: these are bundled, the others stay in node_modules. */
function isEsmOnly(name: string): boolean {
  const { type, main = '', exports } = readManifest(join(root, 'node_modules', name));
  return type === 'module' && !main.endsWith('.cjs') && !JSON.stringify(exports ?? {}).includes('"require"');
}

const { version } = readManifest(root);

const esmOnly = Object.keys(readManifest(root).dependencies ?? {}).filter(isEsmOnly);

/** A hundred files and more, read one after another at each start: one piece of the bundle is there sooner. */
const manyFiles = ['zod'];

export default defineConfig({
  ...(Object.keys(input).length > 0 && {
    main: {
      define: { __ATHENA_VERSION__: JSON.stringify(version) },
      build: {
        target: nodeTarget,
        outDir: join(root, 'out/main'),
        sourcemap: true,
        minify: false,
        externalizeDeps: { exclude: [...esmOnly, ...manyFiles] },
        rollupOptions: {
          input,
          output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
        },
      },
    },
  }),
  ...(existsSync(join(root, 'electron/preload.ts')) && {
    preload: {
      build: {
        target: nodeTarget,
        outDir: join(root, 'out/preload'),
        sourcemap: true,
        minify: false,
        externalizeDeps: false, // a sandboxed preload script can require nothing but electron
        rollupOptions: {
          input: {
            preload: join(root, 'electron/preload.ts'),
            'practice-client-preload': join(root, 'electron/shell/practice-client-preload.ts'),
          },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  }),
  ...(existsSync(join(root, 'renderer/index.html')) && {
    renderer: {
      root: join(root, 'renderer'),
      plugins: [react()],
      build: {
        target: chromeTarget,
        outDir: join(root, 'out/renderer'),
        sourcemap: true,
        minify: true,
        rollupOptions: {
          input: {
            index: join(root, 'renderer/index.html'),
            'practice-client': join(root, 'renderer/practice-client.html'),
            toast: join(root, 'renderer/toast.html'),
          },
        },
      },
    },
  }),
});
