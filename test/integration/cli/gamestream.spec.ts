// A GameStream host from the command line: pair, list, launch through a Moonlight, lose the stream, come back, quit.
import { chmod, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

function target(): string {
  return `127.0.0.1:${server().ports.http}`;
}

beforeEach(async () => {
  place.user = await CliUser.create();
  place.server = await startGameStreamServer({ name: 'Rig' });
  // The practice Moonlight under the real one's name, so that Athena finds it as it would find the real one.
  const moonlight = join(user().home, 'moonlight');
  const script = resolve(import.meta.dirname, '../../../out/main/practice-moonlight.cjs');
  await writeFile(moonlight, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  await chmod(moonlight, 0o755);
});

afterEach(async () => {
  const left = await place.user?.leave();
  await place.server?.stop();
  expect(left).toBe(0);
});

function environment(): Record<string, string> {
  return { PATH: `${user().home}:${process.env['PATH'] ?? ''}` };
}

async function pair(): Promise<void> {
  await server().order({ do: 'habits', habits: { autoPin: '0427' } });
  const paired = await user().run(['pair', target(), '--pin', '0427', '--json']);
  expect(paired).toMatchObject({ exitCode: 0 });
  expect(jsonLines(paired.stdout).at(-1)).toMatchObject({ event: 'paired', host: 'rig' });
}

function launch(): RunningAthena {
  return user().start(['launch', 'rig/Desktop', '--wait', '--json'], { env: environment() });
}

function pidIn({ text }: Record<string, unknown>): number {
  return Number(/\(process (\d+)\)/.exec(String(text))?.[1]);
}

describe('pairing', () => {
  it('shows the PIN, waits for it, and knows the apps afterwards', async () => {
    await pair();
    const apps = await user().run(['apps', 'rig', '--json']);
    expect(apps.exitCode).toBe(0);
    expect(jsonLines(apps.stdout).map(({ name }) => name)).toContain('Desktop');
    const [host] = jsonLines((await user().run(['hosts', '--json'])).stdout);
    expect(host).toMatchObject({ host: 'rig', paired: true, state: 'online', running: null });
  });

  it('tells a wrong PIN, and the next try works', async () => {
    await server().order({ do: 'habits', habits: { autoPin: '9999' } });
    const refused = await user().run(['pair', target(), '--pin', '0427']);
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toMatch(/PIN/);
    await pair();
  });

  it('ends with Ctrl+C while nobody types', async () => {
    const waiting = user().start(['pair', target(), '--pin', '0427', '--json']);
    await waiting.event('pin');
    waiting.signal('SIGINT');
    expect((await waiting.ended).exitCode).toBe(130);
  });

  it.each([
    [['pair', 'no-such-host.invalid'], 1],
    [['pair', 'a b'], 2],
    [['pair', '127.0.0.1', '--pin', '12'], 2],
    [['apps', '127.0.0.1:1'], 1],
  ])('%j exits with %i', async (args, exitCode) => {
    const ran = await user().run(args);
    expect(ran).toMatchObject({ exitCode });
    expect(ran.stderr).not.toBe('');
  });

  it('asks for pairing before it lists apps', async () => {
    const ran = await user().run(['apps', target()]);
    expect(ran.exitCode).toBe(4);
    expect(ran.stderr).toContain('athena pair');
  });
});

describe('a stream through a Moonlight', () => {
  it('comes back after the client is killed, and after it sits in its dialog', async () => {
    await pair();
    const session = launch();
    await session.event('streaming');
    process.kill(pidIn(await session.event('client-started')), 'SIGKILL');
    await session.event('reconnected');

    await server().order({ do: 'fault', fault: { kind: 'disconnect' } });
    const lost = await session.event('interrupted', 2);
    expect(lost['text']).not.toContain('SIGKILL');
    await session.event('reconnected', 2);
    session.signal('SIGINT');
    expect((await session.ended).exitCode).toBe(130);

    const quit = await user().run(['quit', 'rig', '--json']);
    expect(quit).toMatchObject({ exitCode: 0 });
    expect(jsonLines((await user().run(['hosts', '--json'])).stdout)[0]).toMatchObject({ running: null });
  });

  it('is over when the host ends the app', async () => {
    await pair();
    const session = launch();
    await session.event('streaming');
    await server().order({ do: 'end-app' });
    expect((await session.ended).exitCode).toBe(0);
  });
});
