// Settings for a Moonlight of Athena's own, written and read back; and the user's own ones, read only.
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { importMoonlight, readMoonlightSettings } from '../../../../electron/adapters/clients/moonlight-import';
import { writeMoonlightSettings, type MoonlightHost, type MoonlightIdentity } from '../../../../electron/adapters/clients/moonlight-settings';
import { fakeMachine } from '../../../fakes/fake-machine';
import { vectorClientCertificate, vectorHostCertificate } from '../../../fixtures/gamestream-pairing';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const identity: MoonlightIdentity = { certificatePem: vectorClientCertificate, keyPem: privateKey, uniqueId: 'a1b2c3d4e5f60718' };
const rig: MoonlightHost = {
  name: 'RIG, "the big"; one=1',
  uniqueId: '6B2C0D4E-0000-4000-8000-00000000ABCD',
  addresses: ['rig.lan', '192.0.2.7', '198.51.100.2', 'fd00::7'],
  httpPort: 48_989,
  certificatePem: vectorHostCertificate,
  mac: '00:aa:bb:cc:0d:ff',
};
const deck: MoonlightHost = { name: 'Deck', uniqueId: 'DECK', addresses: ['192.0.2.8'], httpPort: 47_989, certificatePem: null, mac: null };

const made: string[] = [];
function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'athena-moonlight-'));
  made.push(path);
  return path;
}
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

const inside = 'Moonlight Game Streaming Project';

describe('private settings', () => {
  it('hold what was given, for both Moonlights, and nobody else may read them', async () => {
    const path = directory();
    chmodSync(path, 0o755);
    expect(await writeMoonlightSettings(path, { identity, hosts: [rig, deck] })).toEqual({ ok: true, value: undefined });
    for (const name of ['Moonlight.conf', 'Moonlight.ini']) {
      const text = readFileSync(join(path, inside, name), 'utf8');
      const read = readMoonlightSettings(name, text);
      expect(read).toMatchObject({ identity, hosts: [rig, deck] });
    }
    expect(readFileSync(join(path, 'client.pem'), 'utf8')).toBe(vectorClientCertificate);
    expect(readFileSync(join(path, 'key.pem'), 'utf8')).toBe(privateKey);
    expect(readFileSync(join(path, 'uniqueid.dat'), 'utf8')).toBe('a1b2c3d4e5f60718');
    const files = [...readdirSync(path).map((name) => join(path, name)), ...readdirSync(join(path, inside)).map((name) => join(path, inside, name))];
    expect(files).toHaveLength(7);
    for (const file of [path, ...files]) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  });

  it('are written over, not mixed with older ones', async () => {
    const path = directory();
    await writeMoonlightSettings(path, { identity, hosts: [rig, deck] });
    await writeMoonlightSettings(path, { identity, hosts: [deck] });
    const text = readFileSync(join(path, inside, 'Moonlight.conf'), 'utf8');
    expect(readMoonlightSettings('', text).hosts).toEqual([deck]);
    expect(text).not.toMatch(/^2\\/m);
  });

  it('take over the user’s preferences, but neither identity nor what Athena says itself', async () => {
    const path = directory();
    const preferences = new Map([['General/swapmousebuttons', 'true'], ['General/mdns', 'true'], ['General/key', 'stolen'], ['hosts/size', '9']]);
    await writeMoonlightSettings(path, { identity, hosts: [], preferences });
    const text = readFileSync(join(path, inside, 'Moonlight.conf'), 'utf8');
    expect(text.match(/^(?:swapmousebuttons|mdns|size|defaultver)=.*$/gm)).toEqual(['swapmousebuttons=true', 'defaultver=2', 'mdns=false', 'size=0']);
    expect(text).not.toContain('stolen');
  });

  it.each<[string, Partial<MoonlightIdentity>]>([
    ['a certificate that is none', { certificatePem: 'x' }],
    ['a key that is none', { keyPem: vectorClientCertificate }],
    ['an id that is none', { uniqueId: '../etc' }],
  ])('%s is refused, and nothing is written', async (_name, changes) => {
    const path = directory();
    expect(await writeMoonlightSettings(path, { identity: { ...identity, ...changes }, hosts: [] })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
    expect(readdirSync(path)).toEqual([]);
  });
});

describe('the user’s own settings', () => {
  const file = '/home/someone/.config/Moonlight Game Streaming Project/Moonlight.conf';
  const flatpak = '/home/someone/.var/app/com.moonlight_stream.Moonlight/config/Moonlight Game Streaming Project/Moonlight.conf';
  const quoted = (pem: string): string => `"@ByteArray(${pem.replaceAll('\n', '\\n')})"`;
  /** As moonlight-qt leaves it, with Qt's escapes. */
  const text = [
    '[General]',
    `certificate=${quoted(vectorClientCertificate)}`,
    'defaultver=2',
    'fps=120',
    `key=${quoted(privateKey)}`,
    'latestsupportedversion-v2="3.23, 4"',
    '',
    '[hosts]',
    '1\\apps\\1\\id=881448767',
    '1\\apps\\1\\name=Desktop',
    '1\\apps\\size=1',
    '1\\customname=false',
    '1\\hostname=RIG\\x202e',
    '1\\localaddress=192.0.2.7',
    '1\\localport=47989',
    '1\\mac=@ByteArray(\\0\\xaa\\xbb\\xcc\\r\\xff)',
    '1\\manualaddress=',
    '1\\manualport=0',
    `1\\srvcert=${quoted(vectorHostCertificate)}`,
    '1\\uuid=RIG-ID',
    '2\\hostname=Evil',
    '2\\localaddress=-oProxyCommand=x',
    '2\\uuid=EVIL',
    '3\\hostname=Twin',
    '3\\localaddress=192.0.2.9',
    '3\\uuid=RIG-ID',
    'size=3',
  ].join('\n');

  it('are found in each usual place', async () => {
    const machine = fakeMachine({ platform: 'linux', texts: { [file]: text, [flatpak]: '[General]\n' } });
    const found = await importMoonlight(machine);
    expect(found.ok && found.value.map((one) => one.file)).toEqual([file, flatpak]);
    expect(found.ok && found.value[1]).toMatchObject({ identity: null, hosts: [] });
    const elsewhere = '/cfg/Moonlight Game Streaming Project/Moonlight.conf';
    const moved = await importMoonlight(fakeMachine({ platform: 'linux', env: { XDG_CONFIG_HOME: '/cfg' }, texts: { [elsewhere]: text } }));
    expect(moved.ok && moved.value).toHaveLength(1);
  });

  it('are read: hosts with certificate and MAC, identity, preferences; what is unusable is left out', () => {
    expect(readMoonlightSettings(file, text)).toEqual({
      file,
      identity: { certificatePem: vectorClientCertificate, keyPem: privateKey, uniqueId: '0123456789ABCDEF' },
      hosts: [{ name: 'RIG', uniqueId: 'RIG-ID', addresses: ['192.0.2.7'], httpPort: 47_989, certificatePem: vectorHostCertificate, mac: '00:aa:bb:cc:0d:ff' }],
      preferences: new Map([['General/defaultver', '2'], ['General/fps', '120']]),
    });
  });

  it('a list that was being written when Moonlight died is in its backup', () => {
    const backup = text.replace('[hosts]', '[hostsbackup]');
    expect(readMoonlightSettings('', `${backup}\n[hosts]\nsize=0\n`).hosts).toHaveLength(1);
  });

  it('are not looked for where they are no file', async () => {
    expect(await importMoonlight(fakeMachine({ platform: 'win32' }))).toMatchObject({ ok: false, failure: { kind: 'not-supported' } });
  });

  it('may be broken in any way', () => {
    const garbled = fc.array(fc.tuple(fc.nat(text.length), fc.string({ maxLength: 4 })), { maxLength: 6 }).map((cuts) => cuts.reduce((all, [at, put]) => all.slice(0, at) + put + all.slice(at + 3), text));
    fc.assert(
      fc.property(garbled, (broken) => {
        const { hosts } = readMoonlightSettings('', broken);
        for (const host of hosts) expect([host.addresses.length > 0, host.httpPort > 0, host.uniqueId !== '', host.addresses.some((address) => address.startsWith('-'))]).toEqual([true, true, true, false]);
      }),
      { numRuns: 50 },
    );
    expect(readMoonlightSettings('', `[hosts]\nsize=${'9'.repeat(400)}\n`).hosts).toEqual([]);
  });
});
