// The pictures are taken in a real Electron: two of them, of the size that was asked for, and a page that shows both.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const projectRoot = join(import.meta.dirname, '..', '..');

function runScreens(args: readonly string[]): Promise<{ code: number | null; err: string }> {
  const loader = pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const child = spawn(process.execPath, ['--import', loader, join(projectRoot, 'test', 'screens', 'screens.ts'), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, err })));
}

it('draws what is asked for, each as a picture of its size', { timeout: 120_000 }, async () => {
  const out = await mkdtemp(join(tmpdir(), 'athena-screens-test-'));
  try {
    expect(await runScreens(['--out', out, '--only', 'session-gating-paused-light', '--size', '1000x700'])).toEqual({ code: 0, err: '' });
    const files = (await readdir(out)).sort();
    expect(files).toEqual(['couch-session-gating-paused-light-1000x700.png', 'index.html', 'session-gating-paused-light-1000x700.png']);
    for (const file of files.filter((name) => name.endsWith('.png'))) {
      const png = await readFile(join(out, file));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 700]);
    }
  } finally {
    await rm(out, { recursive: true });
  }
});

it.each([[['--only', 'library'], '--out DIR is missing'], [['--out', '/tmp/x', '--size', 'big'], '--size big'], [['--out', '/tmp/x', '--only', 'nowhere'], 'no picture has such a name']])(
  '%j is refused with its reason',
  { timeout: 30_000 },
  async (args, why) => {
    const { code, err } = await runScreens(args);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  },
);
