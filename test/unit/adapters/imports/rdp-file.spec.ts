// What .rdp files say, in every encoding that programs write them in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../electron/adapters/imports/connection-text';
import { readRdp } from '../../../../electron/adapters/imports/rdp-file';

const lines = [
  'screen mode id:i:2',
  'desktopwidth:i:1920',
  'full address:s:büro.example:3390',
  'username:s:CORP\\märta',
  'password 51:b:01000000D08C9DDF',
  'gatewayhostname:s:',
  'gatewayusagemethod:i:4',
];
const text = lines.join('\r\n');

function bigEndian(words: string): Buffer {
  return Buffer.from(words, 'utf16le').swap16();
}

const encodings: Record<string, Buffer> = {
  'UTF-16LE with its mark': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  'UTF-16BE with its mark': Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian(text)]),
  'UTF-16LE without': Buffer.from(text, 'utf16le'),
  'UTF-16BE without': bigEndian(text),
  'UTF-8 with its mark': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
  'UTF-8 without': Buffer.from(text),
  'a western code page': Buffer.from(text, 'latin1'),
};

describe('the text of a file', () => {
  it.each(Object.entries(encodings))('is read from %s', (_encoding, bytes) => {
    expect(textOf(bytes)).toBe(text);
  });

  it('comes from any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof textOf(bytes)).toBe('string');
        expect(['desktop', 'unusable']).toContain(readRdp('/a/b.rdp', textOf(bytes)).kind);
      }),
    );
  });
});

describe('an .rdp file', () => {
  const read = (...settings: string[]) => readRdp('/home/me/Büro.rdp', settings.join('\r\n'));

  it('is a desktop by its own name, without its password', () => {
    const reading = readRdp('/home/me/Office PC.rdp', 'full address:s:192.168.1.5\nusername:s:me\ndomain:s:CORP\npassword 51:b:01AB\nscreen mode id:i:1');
    expect(reading).toEqual({
      kind: 'desktop',
      desktop: { name: 'Office PC', protocol: 'rdp', address: '192.168.1.5', port: 3389, username: 'CORP\\me', fullScreen: false },
      notes: [expect.stringContaining('password stays')],
    });
    expect(JSON.stringify(reading)).not.toContain('01AB');
  });

  it.each([
    [['full address:s:rig'], 'rig', 3389],
    [['full address:s:rig:3390'], 'rig', 3390],
    [['full address:s:rig', 'server port:i:3391'], 'rig', 3391],
    [['Full Address:s: rig '], 'rig', 3389],
    [['full address:s:[fd00::5]:3390'], 'fd00::5', 3390],
    [['full address:s:fd00::5'], 'fd00::5', 3389],
    [['alternate full address:s:10.0.0.7'], '10.0.0.7', 3389],
    [['full address:s:old', 'full address:s:new'], 'new', 3389],
  ])('%j leads to %s, port %i', (settings, address, port) => {
    expect(read(...settings)).toMatchObject({ kind: 'desktop', desktop: { name: 'Büro', address, port } });
  });

  it.each([
    [['full address:s:'], 'names no host'],
    [['username:s:me'], 'names no host'],
    [['full address:s:-oProxyCommand=x'], 'is no address'],
    [['full address:s:http://rig/'], 'is no address'],
    [['full address:s:rig:99999'], 'is no address'],
    [['full address:s:rig', 'server port:i:0'], 'is no address'],
    [['full address:s:rig', 'gatewayhostname:s:gate.example', 'gatewayusagemethod:i:1'], 'gateway gate.example, which Athena does not support'],
    [['hello'], 'no .rdp file'],
  ])('%j can’t be used, and says why', (settings, why) => {
    const reading = read(...settings);
    expect(reading.kind).toBe('unusable');
    expect(reading.kind === 'unusable' && `${reading.message} ${reading.advice}`).toContain(why);
  });

  it('tells of a gateway that is only a second way, and of a single program', () => {
    expect(read('full address:s:rig', 'gatewayhostname:s:gate', 'gatewayusagemethod:i:2', 'remoteapplicationmode:i:1')).toMatchObject({
      kind: 'desktop',
      notes: [expect.stringContaining('gateway gate'), expect.stringContaining('whole desktop')],
    });
  });

  it('gives no user name that could steer a terminal', () => {
    expect(read('full address:s:rig', 'username:s:me\u0003')).toMatchObject({ desktop: { username: null } });
  });
});
