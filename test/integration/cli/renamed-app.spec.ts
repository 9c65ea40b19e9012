// An app that is renamed or gets another cover on a GameStream host: what the library has kept of it stays its own.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import type { HostAppPlan } from '../../../electron/practice/gamestream/host-apps';
import { drawPng } from '../../../electron/practice/gamestream/png-picture';
import { CliUser, jsonLines } from './athena-cli';

const place: { user: CliUser | null; server: GameStreamServer | null } = { user: null, server: null };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

/** The same host, at the same port, with these apps; each number is another cover. */
async function serve(covers: Readonly<Record<string, number>>): Promise<number> {
  const before = place.server;
  await before?.stop();
  const apps = Object.entries(covers).map(([name, red]): HostAppPlan => ({ name, hdr: false, cover: drawPng(4, 4, [red, 0, 0]), runs: 'nothing' }));
  const directory = join(user().home, 'sunshine');
  place.server = await startGameStreamServer({ name: 'Rig', directory, apps, habits: { autoPin: '0427' }, ...(before && { httpPort: before.ports.http }) });
  return place.server.ports.http;
}

beforeEach(async () => {
  place.user = await CliUser.create();
  place.server = null;
});

afterEach(async () => {
  const left = await place.user?.leave();
  await place.server?.stop();
  expect(left).toBe(0);
});

it('keeps its favourite and its comment under the new name, and a new app gets nothing of it', async () => {
  const port = await serve({ Alpha: 1, Desktop: 2 });
  expect(await user().run(['pair', `127.0.0.1:${port}`, '--pin', '0427'])).toMatchObject({ exitCode: 0 });
  const text = await readFile(user().configFile, 'utf8');
  const entry = '{ "id": "rig-alpha", "host": "rig", "name": "Alpha", "protocol": "gamestream", "app": "Alpha", "favourite": true } // the best one';
  const marked = text.replace(/"entries": \[\s*\]/, `"entries": [\n    ${entry}\n  ]`);
  expect(marked).not.toBe(text);
  await writeFile(user().configFile, marked);

  const idOf = async (name: string): Promise<unknown> => {
    const listed = await user().run(['apps', 'rig', '--json']);
    expect(listed.exitCode).toBe(0);
    return jsonLines(listed.stdout).find((app) => app['name'] === name)?.['id'];
  };
  const firstId = await idOf('Alpha');
  await serve({ Alpha: 9, Desktop: 2 });
  expect(await idOf('Alpha')).not.toBe(firstId);
  expect(await readFile(user().configFile, 'utf8')).toBe(marked);

  await serve({ Desktop: 2, Omega: 9 });
  expect(await idOf('Omega')).toBeTypeOf('number');
  const renamed = marked.replace('"name": "Alpha"', '"name": "Omega"').replace('"app": "Alpha"', '"app": "Omega"');
  expect(await readFile(user().configFile, 'utf8')).toBe(renamed);

  await serve({ Desktop: 2, Sokoban: 5 });
  expect(await idOf('Sokoban')).toBeTypeOf('number');
  expect(await readFile(user().configFile, 'utf8')).toBe(renamed);
});
