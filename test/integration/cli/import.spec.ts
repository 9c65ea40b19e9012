// `athena import`: a home with files of other programs in it, taken over once, and what is told of those that can't be used.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatIni, writtenBytes, writtenNumber, writtenText } from '../../../electron/adapters/clients/qt-ini';
import { vectorClientCertificate, vectorHostCertificate } from '../../fixtures/gamestream-pairing';
import { CliUser, jsonLines } from './athena-cli';

const place: { user: CliUser | null } = { user: null };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

async function put(path: string, content: string | Buffer): Promise<string> {
  const file = join(user().home, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

beforeEach(async () => {
  place.user = await CliUser.create();
});

afterEach(async () => {
  expect(await place.user?.leave()).toBe(0);
});

const privateKey = 'BEGIN PRIVATE KEY nobody sees';

const moonlight = formatIni([
  ['General/certificate', writtenBytes(vectorClientCertificate)],
  ['General/key', writtenBytes(privateKey)],
  ['hosts/1\\hostname', writtenText('Attic')],
  ['hosts/1\\uuid', writtenText('ATTIC-ID')],
  ['hosts/1\\localaddress', writtenText('192.0.2.70')],
  ['hosts/1\\srvcert', writtenBytes(vectorHostCertificate)],
  ['hosts/size', writtenNumber(1)],
]);

describe('athena import', () => {
  it('takes over Remmina, .rdp files and Moonlight’s hosts from the usual places, once', async () => {
    await put('data/remmina/desk.remmina', '[remmina]\nname=Desk\nprotocol=VNC\nserver=rig:1\npassword=aGlkZGVu\n');
    await put('data/remmina/shell.remmina', '[remmina]\nname=Shell\nprotocol=SSH\nserver=rig\n');
    await put('Documents/Office.rdp', Buffer.from('\ufefffull address:s:office.example\r\nusername:s:CORP\\me\r\npassword 51:b:c2VjcmV0\r\n', 'utf16le'));
    await put('config/Moonlight Game Streaming Project/Moonlight.conf', moonlight);

    const listed = await user().run(['import', '--list', '--json']);
    expect(listed.exitCode).toBe(0);
    expect(jsonLines(listed.stdout).map(({ event }) => event)).toEqual(['new', 'unusable', 'new', 'new']);
    await expect(readFile(user().configFile)).rejects.toThrow();

    const { exitCode, stdout } = await user().run(['import', '--json', '--verbose']);
    expect(exitCode).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines).toMatchObject([
      { event: 'added', source: 'remmina', name: 'Desk', protocol: 'vnc', address: 'rig', port: 5901 },
      { event: 'unusable', source: 'remmina', name: 'Shell', message: expect.stringContaining('SSH') as string },
      { event: 'added', source: 'rdp', name: 'Office', address: 'office.example', username: 'CORP\\me' },
      { event: 'added', source: 'moonlight', name: 'Attic', address: '192.0.2.70', notes: [expect.stringContaining('Still to pair')] },
      { event: 'done', added: 3, known: 0, unusable: 1 },
    ]);
    const saved = await readFile(user().configFile, 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ entries: [{ name: 'Desk', port: 5901 }, { name: 'Office', username: 'CORP\\me' }] });

    const again = await user().run(['import', '--json']);
    expect([again.exitCode, jsonLines(again.stdout).at(-1)]).toEqual([0, { event: 'done', added: 0, known: 3, unusable: 1 }]);
    expect(await readFile(user().configFile, 'utf8')).toBe(saved);

    const kept = await readFile(join(user().home, 'data', 'athena', 'gamestream.json'), 'utf8');
    expect(kept).toContain('ATTIC-ID');
    for (const text of [stdout, saved, kept, await user().log()]) {
      for (const secret of [privateKey, 'BEGIN CERTIFICATE', 'aGlkZGVu', 'c2VjcmV0']) expect(text).not.toContain(secret);
    }
  });

  it('takes over the files that are named, and says what is wrong with them', async () => {
    const good = await put('some/where/lab.rdp', 'full address:s:lab:3390');
    const added = await user().run(['import', good]);
    expect(added).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('added  lab  rdp  lab, port 3390') as string });
    const bad = await put('some/where/noise.rdp', 'hello');
    const { exitCode, stdout } = await user().run(['import', good, bad, join(user().home, 'nobody.rdp')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('known  lab');
    expect(stdout).toContain('This is no .rdp file.');
    expect(stdout).toContain('It is not there.');
    expect(stdout).toContain("Added 0; 1 in the library already, 2 can't be used.");
  });

  it('finds nothing in an empty home', async () => {
    const { exitCode, stdout, stderr } = await user().run(['import']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No connections of other programs were found.');
  });
});
