// The client's identity: made once, even by several processes at the same moment, found again, and replaced only when it is lost.
import { spawn, type ChildProcess } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientIdentities, identityKeyName, type ClientIdentity } from '../../../electron/adapters/gamestream/client-identity';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { FakeSecretStore } from '../../fakes/fake-secret-store';
import { SilentLog } from '../../fakes/silent-log';

const here = { directory: '', secrets: new FakeSecretStore(), log: new SilentLog() };

beforeEach(async () => {
  here.directory = await mkdtemp(join(tmpdir(), 'athena-identity-'));
  here.secrets = new FakeSecretStore();
  here.log = new SilentLog();
});
afterEach(() => rm(here.directory, { recursive: true, force: true }));

const open = (): ClientIdentities => new ClientIdentities({ ...here, clock: new SystemClock() });

async function identity(identities = open()): Promise<ClientIdentity> {
  const got = await identities.get();
  if (!got.ok) throw new Error(got.failure.message);
  return got.value;
}

const files = async (): Promise<string[]> => readdir(join(here.directory, 'gamestream'));
const warnings = () => here.log.heard.filter(({ level }) => level === 'warn');

describe('the first time', () => {
  it('makes a certificate as clients have them, and a key that fits', async () => {
    const { certificatePem, key, uniqueId } = await identity();
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.subject).toBe('CN=NVIDIA GameStream Client');
    expect(certificate.checkPrivateKey(createPrivateKey(key.reveal()))).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    const years = (new Date(certificate.validTo).getTime() - new Date(certificate.validFrom).getTime()) / (365 * 24 * 3_600_000);
    expect(years).toBe(20);
    expect(uniqueId).toMatch(/^[0-9A-F]{16}$/);
    expect(certificate.toString()).toBe(certificatePem);
  });

  it('keeps the key with the secrets and nowhere else', async () => {
    const { key } = await identity();
    expect([...here.secrets.kept.keys()]).toEqual([identityKeyName]);
    const [file = '', ...others] = await files();
    expect(others).toEqual([]);
    expect(file).toMatch(/^client-[0-9a-f]{16}\.pem$/);
    const path = join(here.directory, 'gamestream', file);
    expect(await readFile(path, 'utf8')).not.toContain('PRIVATE');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(here.log.heard)).not.toContain(key.reveal().slice(40, 80));
    expect(JSON.stringify({ key })).not.toContain('PRIVATE');
  });
});

describe('the next time', () => {
  it('finds the same', async () => {
    const first = await identity();
    expect((await identity()).certificatePem).toBe(first.certificatePem);
    expect(warnings()).toEqual([]);
  });

  it('asks the secrets once for as long as Athena runs', async () => {
    await identity();
    here.secrets.calls.length = 0;
    const identities = open();
    await Promise.all([identities.get(), identities.get(), identities.get()]);
    await identities.get();
    expect(here.secrets.calls).toEqual([`read ${identityKeyName}`]);
  });
});

describe('what can be lost', () => {
  it('the key: a new identity, and a line that says what it means', async () => {
    const first = await identity();
    here.secrets.kept.clear();
    const second = await identity();
    expect(second.certificatePem).not.toBe(first.certificatePem);
    expect(warnings()).toMatchObject([{ message: expect.stringContaining('hosts must be paired again') as string }]);
  });

  it('the key of a keyring that only slept: the first identity is back with it', async () => {
    const first = await identity();
    const keyring = new Map(here.secrets.kept);
    here.secrets.kept.clear();
    await identity();
    here.secrets.kept.clear();
    for (const [name, text] of keyring) here.secrets.kept.set(name, text);
    expect((await identity()).certificatePem).toBe(first.certificatePem);
  });

  it.each(['nonsense', ''])('the key, replaced by %j', async (text) => {
    const first = await identity();
    here.secrets.kept.set(identityKeyName, text);
    expect((await identity()).certificatePem).not.toBe(first.certificatePem);
    expect(warnings()).toHaveLength(1);
  });

  it.each(['', 'nonsense', null])('the certificate: %j in its file', async (text) => {
    const first = await identity();
    const [file = ''] = await files();
    const path = join(here.directory, 'gamestream', file);
    if (text === null) await rm(path);
    else await writeFile(path, text);
    const second = await identity();
    expect(second.certificatePem).not.toBe(first.certificatePem);
    expect((await identity()).certificatePem).toBe(second.certificatePem);
  });

  it('never because a keyring refused to answer: that is told, and asked again', async () => {
    const first = await identity();
    const identities = open();
    here.secrets.refusal = new Error('locked');
    expect(await identities.get()).toMatchObject({ ok: false, failure: { kind: 'io', advice: expect.stringContaining('memory') as string } });
    here.secrets.refusal = null;
    expect((await identity(identities)).certificatePem).toBe(first.certificatePem);
    expect(warnings()).toEqual([]);
  });

  it('room to write: told as a failure', async () => {
    await writeFile(join(here.directory, 'gamestream'), 'a file where the directory belongs');
    expect(await open().get()).toMatchObject({ ok: false, failure: { kind: 'io' } });
  });
});

describe('several at once', () => {
  it('in one process, with an object each, get the same', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => identity()));
    expect(new Set(all.map(({ certificatePem }) => certificatePem)).size).toBe(1);
    expect((await files()).filter((file) => file.startsWith('client-'))).toHaveLength(1);
  });

  it('in processes of their own get the same', async () => {
    const makers = Array.from({ length: 4 }, () => new Maker(here.directory));
    await Promise.all(makers.map((maker) => maker.ready()));
    const certificates = await Promise.all(makers.map((maker) => maker.go()));
    expect(new Set(certificates).size).toBe(1);
    expect(certificates[0]).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(await files()).toHaveLength(1);
  });

  it('do not wait for one that died with the lock', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'close');
    await mkdir(join(here.directory, 'gamestream'), { recursive: true });
    await writeFile(join(here.directory, 'gamestream', 'identity.lock'), `${gone.pid} left\n`);
    const both = await Promise.all([identity(), identity()]);
    expect(both[0]?.certificatePem).toBe(both[1]?.certificatePem);
    expect(await files()).toHaveLength(1);
  });
});

class Maker {
  readonly #child: ChildProcess;
  #printed = '';

  constructor(directory: string) {
    const program = join(import.meta.dirname, 'identity-maker.ts');
    this.#child = spawn(process.execPath, ['--import', 'tsx', program, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#printed += text));
  }

  async ready(): Promise<void> {
    await expect.poll(() => this.#printed, { timeout: 30_000 }).toContain('ready\n');
  }

  async go(): Promise<string> {
    const closed = once(this.#child, 'close');
    this.#child.stdin?.write('go\n');
    await closed;
    return this.#printed.replace('ready\n', '');
  }
}
