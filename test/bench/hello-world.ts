// The smallest Electron application there is: what Electron itself costs on this machine.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchAthena, type RunningAthena } from '../e2e/electron-app';
import type { BenchOptions } from './bench';

const files = {
  'package.json': '{ "name": "hello-world", "version": "1.0.0", "main": "main.cjs" }',
  'main.cjs': "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('page.html'));",
  'page.html': '<!doctype html><title>hello</title><p class="tile">Hello, world</p>',
} as const;

export async function startHelloWorld({ cleanUp }: Pick<BenchOptions, 'cleanUp'>): Promise<RunningAthena> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-bench-hello-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  const hello = await launchAthena({ appDirectory: directory });
  cleanUp.add(() => hello.stop());
  await hello.window.waitForSelector('.tile');
  return hello;
}
