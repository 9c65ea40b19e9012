// Before the first test of a page: the renderer is built once, for all of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFolderVariable, buildRenderer } from './preview/served-renderer';

const built = { folder: '' };

export async function setup(): Promise<void> {
  built.folder = await mkdtemp(join(tmpdir(), 'athena-renderer-'));
  await buildRenderer(built.folder);
  process.env[builtFolderVariable] = built.folder;
}

export async function teardown(): Promise<void> {
  await rm(built.folder, { recursive: true, force: true });
}
