// Where connection files are looked for on each system, and what comes of files that are none.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionFiles } from '../../../../electron/adapters/imports/connection-file-reader';
import { longestConnectionFile } from '../../../../electron/adapters/imports/connection-text';
import { localFiles, type FileWorld } from '../../../../electron/adapters/imports/file-world';
import { formatIni, writtenBytes, writtenNumber, writtenText } from '../../../../electron/adapters/clients/qt-ini';
import { fakeMachine, type FakeMachineFacts } from '../../../fakes/fake-machine';
import { vectorClientCertificate, vectorHostCertificate } from '../../../fixtures/gamestream-pairing';

const remmina = '[remmina]\nname=Desk\nprotocol=VNC\nserver=rig\n';
const rdp = 'full address:s:office';

/** Files by their whole path, on a system of any kind. */
function files(texts: Record<string, string>, separator: '/' | '\\' = '/'): FileWorld {
  const directoryOf = (file: string): string => file.slice(0, file.lastIndexOf(separator));
  return {
    read: async (file) => (texts[file] === undefined ? { kind: 'missing' } : { kind: 'read', bytes: Buffer.from(texts[file]) }),
    list: async (directory) => Object.keys(texts).filter((file) => directoryOf(file) === directory).map((file) => file.slice(directory.length + 1)),
  };
}

async function found(facts: FakeMachineFacts, texts: Record<string, string>, separator?: '/' | '\\'): Promise<string[]> {
  const { found: all } = await connectionFiles(fakeMachine({ ...facts, texts: { ...texts, ...facts.texts } }), files(texts, separator)).look();
  return all.map(({ file }) => file);
}

describe('the usual places', () => {
  it('on Linux: Remmina’s directories, and where people save files', async () => {
    const places = {
      '/home/someone/.local/share/remmina/a.remmina': remmina,
      '/home/someone/.var/app/org.remmina.Remmina/data/remmina/b.remmina': remmina,
      '/home/someone/.remmina/old.remmina': remmina,
      '/home/someone/.local/share/remmina/readme.txt': remmina,
      '/home/someone/c.rdp': rdp,
      '/home/someone/Downloads/D.RDP': rdp,
      '/home/someone/Downloads/below/e.rdp': rdp,
    };
    expect(await found({ platform: 'linux' }, places)).toEqual(Object.keys(places).filter((file) => !/readme|below/.test(file)));
  });

  it('on Linux, where settings say otherwise', async () => {
    const texts = {
      '/conf/remmina/remmina.pref': '[remmina_pref]\ndatadir_path=/srv/remmina\n',
      '/conf/user-dirs.dirs': 'XDG_DESKTOP_DIR="$HOME/Schreibtisch"\nXDG_DOWNLOAD_DIR="/srv/laden"\n',
    };
    const places = { '/srv/remmina/a.remmina': remmina, '/data/remmina/b.remmina': remmina, '/home/someone/Schreibtisch/c.rdp': rdp, '/srv/laden/d.rdp': rdp };
    expect(await found({ platform: 'linux', env: { XDG_CONFIG_HOME: '/conf', XDG_DATA_HOME: '/data' }, texts }, places)).toEqual(Object.keys(places));
  });

  it('on Windows and macOS: .rdp files, and no directory that macOS would ask about', async () => {
    const windows = { 'C:\\Users\\me\\Documents\\a.rdp': rdp, 'D:\\OneDrive\\Desktop\\b.rdp': rdp };
    expect(await found({ platform: 'win32', homeDirectory: 'C:\\Users\\me', env: { OneDrive: 'D:\\OneDrive' } }, windows, '\\')).toEqual(Object.keys(windows));
    const mac = { '/Users/me/a.rdp': rdp, '/Users/me/Documents/b.rdp': rdp };
    expect(await found({ platform: 'darwin', homeDirectory: '/Users/me' }, mac)).toEqual(['/Users/me/a.rdp']);
    const { troubles } = await connectionFiles(fakeMachine({ platform: 'darwin' }), files({})).look();
    expect(troubles).toMatchObject([{ source: 'moonlight', advice: expect.stringContaining('Pair your hosts') as string }]);
  });
});

describe('the user’s own Moonlight', () => {
  it('gives its hosts to be paired, and nothing of its identity', async () => {
    const secret = 'THE-PRIVATE-KEY';
    const conf = formatIni([
      ['General/certificate', writtenBytes(vectorClientCertificate)],
      ['General/key', writtenBytes(secret)],
      ['hosts/1\\hostname', writtenText('RIG')],
      ['hosts/1\\uuid', writtenText('RIG-ID')],
      ['hosts/1\\localaddress', writtenText('192.0.2.7')],
      ['hosts/1\\srvcert', writtenBytes(vectorHostCertificate)],
      ['hosts/size', writtenNumber(1)],
    ]);
    const machine = fakeMachine({ platform: 'linux', texts: { '/home/someone/.config/Moonlight Game Streaming Project/Moonlight.conf': conf } });
    const { found: all } = await connectionFiles(machine, files({})).look();
    expect(all).toMatchObject([
      { source: 'moonlight', reading: { kind: 'host', host: { name: 'RIG', uniqueId: 'RIG-ID', addresses: ['192.0.2.7'], httpPort: 47_989, mac: null }, notes: [expect.stringContaining('Still to pair')] } },
    ]);
    const text = JSON.stringify(all);
    for (const word of [secret, 'BEGIN CERTIFICATE', 'certificatePem', 'keyPem']) expect(text).not.toContain(word);
  });
});

describe('files that are chosen', () => {
  const place = { directory: '' };
  beforeEach(async () => {
    place.directory = await mkdtemp(join(tmpdir(), 'athena-imports-'));
  });
  afterEach(() => rm(place.directory, { recursive: true, force: true }));

  it('are read by their content where the name says nothing, and each trouble is told', async () => {
    const at = (name: string): string => join(place.directory, name);
    await writeFile(at('desk'), remmina);
    await writeFile(at('office'), rdp);
    await writeFile(at('office.rdp'), rdp);
    await writeFile(at('empty.remmina'), '');
    await writeFile(at('huge.rdp'), Buffer.alloc(longestConnectionFile + 1, 65));
    await mkdir(at('directory.rdp'));
    const names = ['desk', 'office', 'office.rdp', 'empty.remmina', 'huge.rdp', 'directory.rdp', 'nobody.rdp', 'office'];
    const reader = connectionFiles(fakeMachine({ platform: 'linux' }), localFiles());
    const { found: all } = await reader.read(names.map(at));
    expect(all.map(({ file, source, reading }) => [basename(file), source, reading.kind === 'unusable' ? reading.message : reading.kind])).toEqual([
      ['desk', 'remmina', 'desktop'],
      ['office', 'rdp', 'desktop'],
      ['office.rdp', 'rdp', 'desktop'],
      ['empty.remmina', 'remmina', 'This is no file of Remmina.'],
      ['huge.rdp', 'rdp', 'It is larger than any connection file.'],
      ['directory.rdp', 'rdp', 'It is no file.'],
      ['nobody.rdp', 'rdp', 'It is not there.'],
    ]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(await localFiles().list(dirname(at('x')) + '/nowhere')).toEqual([]);
  });
});
