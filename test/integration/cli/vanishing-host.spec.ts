// A host that vanishes at each step of a launch: told in words, tried again, and back as soon as the host is; nothing is lost.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { CliUser, jsonLines, type RunningAthena } from './athena-cli';

const place: { user: CliUser | null; server: GameStreamServer | null } = { user: null, server: null };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

function server(): GameStreamServer {
  if (!place.server) throw new Error('no host');
  return place.server;
}

beforeEach(async () => {
  place.user = await CliUser.create({ ATHENA_PRACTICE_TIME_SCALE: '0.2' });
  place.server = await startGameStreamServer({ name: 'Rig', timeScale: 0.2 });
  const moonlight = join(user().home, 'moonlight');
  const script = resolve(import.meta.dirname, '../../../out/main/practice-moonlight.cjs');
  await writeFile(moonlight, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  await chmod(moonlight, 0o755);
  await server().order({ do: 'habits', habits: { autoPin: '0427' } });
  const paired = await user().run(['pair', `127.0.0.1:${server().ports.http}`, '--pin', '0427', '--json']);
  expect(jsonLines(paired.stdout).at(-1)).toMatchObject({ event: 'paired', host: 'rig' });
});

afterEach(async () => {
  const left = await place.user?.leave();
  await place.server?.stop();
  expect(left).toBe(0);
});

function launch(): RunningAthena {
  return user().start(['launch', 'rig/Desktop', '--wait', '--json'], { env: { PATH: `${user().home}:${process.env['PATH'] ?? ''}` } });
}

/** What is known of hosts, apps and entries, as it is saved. */
async function saved(): Promise<readonly unknown[]> {
  const library = JSON.parse(await readFile(user().configFile, 'utf8')) as unknown;
  const pairings = JSON.parse(await readFile(join(user().home, 'data', 'athena', 'gamestream.json'), 'utf8')) as unknown;
  return [library, pairings];
}

/** Gone for good, then there again. */
async function vanishFor(ms: number): Promise<void> {
  await server().order({ do: 'vanish', how: 'refused' });
  await sleep(ms);
  await server().order({ do: 'return' });
}

/** Streams in the end: by itself, or, where it asked what to do, after the next launch. */
async function streamsInTheEnd(session: RunningAthena): Promise<RunningAthena> {
  const streamed = await session.event('streaming', 1, 60_000).then(
    () => true,
    () => false,
  );
  if (streamed) return session;
  const { exitCode, stdout, stderr } = await session.ended;
  expect(exitCode).toBe(4);
  // In words, with what to try.
  expect(stdout + stderr).toMatch(/"error":"[A-Z][^"]+\.","advice":"[A-Z][^"]+"/);
  // The host forgets a launch that got no stream.
  await expect.poll(async () => (await server().order({ do: 'state' })).state.launchPending, { timeout: 20_000 }).toBe(false);
  const next = launch();
  await next.event('streaming', 1, 60_000);
  return next;
}

it('before it is asked: waited for, and there with the host', { timeout: 120_000 }, async () => {
  const before = await saved();
  await server().order({ do: 'vanish', how: 'refused' });
  const session = launch();
  await session.event('launched');
  await sleep(3_000);
  await server().order({ do: 'return' });
  await session.event('streaming', 1, 60_000);
  expect(await saved()).toEqual(before);
  session.signal('SIGINT');
  expect((await session.ended).exitCode).toBe(130);
});

it('while it starts the app: it streams in the end', { timeout: 180_000 }, async () => {
  const before = await saved();
  await server().order({ do: 'habits', habits: { launchDelayMs: 3_000 } });
  const session = launch();
  await session.event('client-started');
  await sleep(1_500);
  await server().order({ do: 'habits', habits: { launchDelayMs: 0 } });
  await vanishFor(500);
  const last = await streamsInTheEnd(session);
  expect(await saved()).toEqual(before);
  last.signal('SIGINT');
  await last.ended;
});

it('between the launch and its stream: it streams in the end', { timeout: 180_000 }, async () => {
  const before = await saved();
  await server().order({ do: 'refuse-streams', refused: true, how: 'dropped' });
  const session = launch();
  await expect.poll(async () => (await server().order({ do: 'state' })).state.launchPending, { timeout: 30_000 }).toBe(true);
  await vanishFor(500);
  await server().order({ do: 'refuse-streams', refused: false });
  const last = await streamsInTheEnd(session);
  expect(await saved()).toEqual(before);
  last.signal('SIGINT');
  await last.ended;
});

it('while it streams: lost, and back on the same app when the host is there again', { timeout: 120_000 }, async () => {
  const before = await saved();
  const session = launch();
  await session.event('streaming', 1, 60_000);
  await server().order({ do: 'vanish', how: 'refused' });
  await session.event('interrupted', 1, 60_000);
  await server().order({ do: 'return' });
  await session.event('reconnected', 1, 90_000);
  expect(server().events.filter(({ event }) => event === 'app-started')).toHaveLength(1);
  expect(await saved()).toEqual(before);
  session.signal('SIGINT');
  await session.ended;
});
