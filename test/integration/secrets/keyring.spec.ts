// Secrets in a real keyring: gnome-keyring on a bus of its own, asked through secret-tool.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DesktopSecrets } from '../../../electron/adapters/secrets/desktop-secrets';
import { SealedFileSecrets } from '../../../electron/adapters/secrets/sealed-file';
import { keyringAnswers, SecretToolSecrets } from '../../../electron/adapters/secrets/secret-tool';
import { Secret } from '../../../electron/domain/secret';
import { FakeClock } from '../../fakes/fake-clock';
import { SilentLog } from '../../fakes/silent-log';
import { endProcessTree } from '../../peers/process-tree';
import { startSessionBus, type SessionBus } from '../../peers/session-bus';

const key = 'entry/desk/password';
const place = { home: '', pid: 0 };
const rooms: { bus: SessionBus | null } = { bus: null };
const outside = { ...process.env };

/** Starts an unlocked keyring on the bus, and waits until it takes a secret. */
async function startKeyring(home: string, address: string): Promise<number> {
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home, DBUS_SESSION_BUS_ADDRESS: address },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(daemon, 'spawn');
  daemon.stdin.end('unlock it');
  return daemon.pid ?? 0;
}

const missing = ['dbus-daemon', 'gnome-keyring-daemon', 'secret-tool'].filter((name) => spawnSync(name, ['--version']).error !== undefined);
const why = missing.length === 0 ? '' : `: can't be tested, not installed here: ${missing.join(', ')}`;

describe.skipIf(missing.length > 0)(`secrets in a keyring${why}`, () => {
  beforeAll(async () => {
    place.home = await mkdtemp(join(tmpdir(), 'athena-keyring-'));
    rooms.bus = await startSessionBus();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = rooms.bus.address;
    place.pid = await startKeyring(place.home, rooms.bus.address);
    const endMs = performance.now() + 20_000;
    while (!(await keyringAnswers()) && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 200));
  });

  afterAll(async () => {
    process.env = outside;
    await endProcessTree(place.pid);
    await rooms.bus?.stop();
    await rm(place.home, { recursive: true, force: true });
  });

  afterEach(() => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = rooms.bus?.address;
    process.env['PATH'] = outside['PATH'];
  });

  async function revealed(secrets: SecretToolSecrets | DesktopSecrets, name = key): Promise<string | null> {
    return (await secrets.read(name))?.reveal() ?? null;
  }

  /** What the keyring holds for Athena, as any other program of the user sees it. */
  function search(...attributes: string[]): string {
    const { stdout, stderr } = spawnSync('secret-tool', ['search', '--all', ...attributes], { encoding: 'utf8' });
    return stdout + stderr;
  }

  describe('the keyring', () => {
    it('answers, and the question leaves nothing in it', async () => {
      expect(await keyringAnswers()).toBe(true);
      expect(search('application', 'athena')).toBe('');
    });

    it.each(['pw', 'pässwörd 日本', ' spaces ', "quote ' and $(command) and \\", '-n', 'x'.repeat(1_024)])('keeps %j as it is', async (text) => {
      const secrets = new SecretToolSecrets();
      await secrets.write(key, new Secret(text));
      expect(await revealed(secrets)).toBe(text);
      await secrets.remove(key);
      expect(await revealed(secrets)).toBeNull();
    });

    it('replaces a secret, keeps others apart, and has none that nobody wrote', async () => {
      const secrets = new SecretToolSecrets();
      await secrets.write(key, new Secret('one'));
      await secrets.write('entry/other/password', new Secret('other'));
      await secrets.write(key, new Secret('two'));
      expect([await revealed(secrets), await revealed(secrets, 'entry/other/password')]).toEqual(['two', 'other']);
      await secrets.remove(key);
      await secrets.remove(key);
      expect([await revealed(secrets), await revealed(secrets, 'entry/other/password')]).toEqual([null, 'other']);
      await secrets.remove('entry/other/password');
    });

    it('shows people whose secret it is', async () => {
      const secrets = new SecretToolSecrets();
      await secrets.write(key, new Secret('pw'));
      expect(search('application', 'athena')).toContain('label = Athena: entry/desk/password');
      await secrets.remove(key);
    });
  });

  describe('the choice of a place', () => {
    const files = { directory: '' };

    beforeEach(async () => {
      files.directory = await mkdtemp(join(tmpdir(), 'athena-desktop-secrets-'));
    });
    afterEach(async () => {
      await rm(files.directory, { recursive: true });
    });

    function sealed(): SealedFileSecrets {
      return new SealedFileSecrets(files.directory, new FakeClock(), new SilentLog());
    }

    it('is the keyring where one answers: no file is written', async () => {
      const secrets = new DesktopSecrets(sealed());
      await secrets.write(key, new Secret('pw'));
      expect([await secrets.describe(), await revealed(secrets), await readdir(files.directory)]).toEqual(["the desktop's keyring", 'pw', []]);
      await secrets.remove(key);
      expect(await revealed(secrets)).toBeNull();
    });

    it.each([
      ['there is no bus', () => delete process.env['DBUS_SESSION_BUS_ADDRESS']],
      ['the bus is gone', () => (process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus')],
      ['secret-tool is not installed', () => (process.env['PATH'] = '/nonexistent')],
    ])('is the sealed file where %s', async (_why, lose) => {
      lose();
      const secrets = new DesktopSecrets(sealed());
      await secrets.write(key, new Secret('pw'));
      expect(await secrets.describe()).toContain(files.directory);
      expect(await revealed(secrets)).toBe('pw');
      expect(await readFile(join(files.directory, 'secrets.json'), 'utf8')).not.toContain('"pw"');
    });

    it('finds what was sealed before there was a keyring, and moves it when it is written again', async () => {
      await sealed().write(key, new Secret('old'));
      const secrets = new DesktopSecrets(sealed());
      expect(await revealed(secrets)).toBe('old');
      await secrets.write(key, new Secret('new'));
      expect([await revealed(secrets), await sealed().read(key)]).toEqual(['new', null]);
      await secrets.remove(key);
    });
  });

  it('a keyring that is gone in the middle refuses loudly: a password must not be lost without a word', async () => {
    const secrets = new SecretToolSecrets();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus';
    await expect(secrets.write(key, new Secret('pw'))).rejects.toThrow('did not take the secret');
    expect(await revealed(secrets)).toBeNull();
  });
});
