// Profiles from the command line: read with their origins, and what a launched client is told of them; then the time it played.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { CliUser, jsonLines } from './athena-cli';

const place: { user: CliUser | null; server: GameStreamServer | null } = { user: null, server: null };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

beforeEach(async () => {
  place.user = await CliUser.create();
  place.server = await startGameStreamServer({ name: 'Rig' });
  const moonlight = join(user().home, 'moonlight');
  const script = resolve(import.meta.dirname, '../../../out/main/practice-moonlight.cjs');
  await writeFile(moonlight, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  await chmod(moonlight, 0o755);
  await place.server.order({ do: 'habits', habits: { autoPin: '0427' } });
  const paired = await user().run(['pair', `127.0.0.1:${place.server.ports.http}`, '--pin', '0427', '--json']);
  expect(paired).toMatchObject({ exitCode: 0 });
});

afterEach(async () => {
  const left = await place.user?.leave();
  await place.server?.stop();
  expect(left).toBe(0);
});

/** As a person would, in the file that is there: a line after its first brace, another in the host. */
async function setByHand(): Promise<void> {
  const text = await readFile(user().configFile, 'utf8');
  const withGlobal = text.replace('{', '{\n  // the monitor on the desk\n  "profile": { "widthPx": 2560, "heightPx": 1440, "fps": 60, "vsinc": true },');
  await writeFile(user().configFile, withGlobal.replace('"id": "rig",', '"id": "rig", "profile": { "fps": 120, "displayMode": "windowed" },'));
}

describe('athena profile', () => {
  it('tells each value with its level, and the budget; what is wrong in the file is told and left alone', async () => {
    await setByHand();
    const read = await user().run(['profile', 'Rig/Desktop', '--json']);
    expect(read.exitCode).toBe(0);
    expect(read.stderr).toMatch(/config\.json:3: profile\.vsinc: there is no such setting/);
    expect(jsonLines(read.stdout)).toMatchObject([
      {
        entry: 'rig-desktop',
        host: 'rig',
        values: {
          widthPx: { value: 2560, from: 'global' },
          fps: { value: 120, from: 'host' },
          bitrateKbps: { value: 57_000, from: 'default' },
          codec: { value: 'auto', from: 'default' },
        },
        // The way to itself has no speed.
        budget: { rawLinkKbps: 11_594_880, defaultKbps: 57_000, advisedKbps: 57_000, link: null, fits: 'unknown' },
      },
    ]);
    const forPeople = await user().run(['profile', 'rig-desktop']);
    expect(forPeople.stdout).toMatch(/^Desktop on Rig, /);
    expect(forPeople.stdout).toMatch(/fps +120 +host\n/);
    expect(forPeople.stdout).toMatch(/display cable +11\.595 Gbit\/s\n/);
    expect(await readFile(user().configFile, 'utf8')).toContain('"vsinc": true');
  });

  it('refuses what it cannot read', async () => {
    expect(await user().run(['profile', 'rig/Nothing'])).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/no entry "rig\/Nothing"[^]*rig-desktop/) as string });
    expect(await user().run(['profile', 'rig/Desktop', '--seconds', 'long', '--json'])).toMatchObject({ exitCode: 2 });
    const help = await user().run(['profile', '--help']);
    expect([help.exitCode, help.stdout.includes('default < global < host < entry < network')]).toEqual([0, true]);
  });
});

describe('a launch', () => {
  it('tells the client what the profile says, and the time that the picture was there is kept', async () => {
    await setByHand();
    const running = user().start(['launch', 'rig/Desktop', '--wait', '--json'], { env: { PATH: `${user().home}:${process.env['PATH'] ?? ''}` } });
    const started = await running.event('client-started');
    const pid = /\(process (\d+)\)/.exec(String(started['text']))?.[1] ?? '';
    await running.event('streaming');
    const told = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    const valueOf = (option: string): string | undefined => told[told.indexOf(option) + 1];
    expect(told.join(' ')).toMatch(/2560x1440/);
    expect([valueOf('--fps'), valueOf('--display-mode')]).toEqual(['120', 'windowed']);
    await sleep(1_000);
    running.signal('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    const history = JSON.parse(await readFile(join(user().home, 'state', 'athena', 'history.json'), 'utf8')) as { version: number; playedMs: Record<string, number> };
    expect(history.version).toBe(2);
    // It was there for a second at least, and not for longer than the test may take.
    expect(history.playedMs['rig-desktop']).toBeGreaterThanOrEqual(1_000);
    expect(history.playedMs['rig-desktop']).toBeLessThan(60_000);
  });
});
