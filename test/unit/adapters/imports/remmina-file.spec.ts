// What .remmina files say, and what of them Athena can't use.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryFormSchema } from '../../../../electron/common/library';
import { readRdp } from '../../../../electron/adapters/imports/rdp-file';
import { readRemmina } from '../../../../electron/adapters/imports/remmina-file';

const file = '/home/me/.local/share/remmina/group_rdp_office_10-0-0-5.remmina';

function read(values: Record<string, string>): ReturnType<typeof readRemmina> {
  return readRemmina(file, `[remmina]\n${Object.entries(values).map(([key, value]) => `${key}=${value}\n`).join('')}`);
}

describe('a .remmina file', () => {
  it('is a desktop, without its password', () => {
    const reading = read({ name: 'Office\\sPC', protocol: 'RDP', server: '10.0.0.5:3390', username: 'me', domain: 'CORP', password: 'aGlkZGVu', viewmode: '2', resolution_mode: '2', resolution_width: '1920', resolution_height: '1080' });
    expect(reading).toEqual({
      kind: 'desktop',
      desktop: { name: 'Office PC', protocol: 'rdp', address: '10.0.0.5', port: 3390, username: 'CORP\\me', fullScreen: true },
      notes: [expect.stringContaining('password stays'), expect.stringContaining('1920 × 1080')],
    });
    expect(JSON.stringify(reading)).not.toContain('aGlkZGVu');
  });

  it.each([
    [{ protocol: 'VNC', server: 'rig' }, 5900],
    [{ protocol: 'VNC', server: 'rig:1' }, 5901],
    [{ protocol: 'VNC', server: 'rig:5905' }, 5905],
    [{ protocol: 'vnc', server: '[fd00::7]:5902' }, 5902],
    [{ protocol: 'RDP', server: 'rig' }, 3389],
  ])('%j means port %i', (values, port) => {
    expect(read(values)).toMatchObject({ kind: 'desktop', desktop: { name: 'group_rdp_office_10-0-0-5', port } });
  });

  it.each([
    [{ protocol: 'SSH', server: 'rig' }, 'connects with SSH'],
    [{ protocol: 'SPICE', server: 'rig' }, 'connects with SPICE'],
    [{ server: 'rig' }, 'connects with nothing'],
    [{ protocol: 'VNC', server: '' }, 'names no host'],
    [{ protocol: 'VNC', server: 'unix:///run/vnc.sock' }, 'is no address'],
    [{ protocol: 'VNC', server: 'rig', proxy: 'repeater:5901' }, 'VNC repeater'],
    [{ protocol: 'RDP', server: 'rig', ssh_tunnel_enabled: '1' }, 'SSH tunnel'],
    [{ protocol: 'RDP', server: 'rig', gateway_server: 'gate.example', gateway_usage: '1' }, 'gateway gate.example'],
  ])('%j can’t be used, and says why', (values, why) => {
    const reading = read(values);
    expect(reading.kind === 'unusable' && `${reading.message} ${reading.advice}`).toContain(why);
  });

  it('is no file of Remmina’s without its section', () => {
    expect(readRemmina(file, '[Desktop Entry]\nprotocol=VNC\nserver=rig\n')).toMatchObject({ kind: 'unusable', message: 'This is no file of Remmina.' });
    expect(readRemmina(file, '[remmina]\nprotocol=VNC\nserver=rig\n[other]\nserver=elsewhere\n')).toMatchObject({ desktop: { address: 'rig' } });
  });
});

describe('any text', () => {
  const keys = fc.constantFrom('name', 'protocol', 'server', 'username', 'domain', 'proxy', 'resolution', 'viewmode', 'full address', 'screen mode id', 'server port');
  const values = fc.oneof(fc.string({ maxLength: 300, unit: 'binary' }), fc.constantFrom('RDP', 'VNC', 'rig:5', '[::1]:3390', '\\', '\\s\\', '[', '2'));
  const line = fc.oneof(
    fc.tuple(keys, values).map(([key, value]) => `${key}=${value}`),
    fc.tuple(keys, values).map(([key, value]) => `${key}:s:${value}`),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('[remmina]', '[', '=', '#name=x'),
  );

  it('gives a desktop that the library takes, or a reason with an advice', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom(file, '', '/', 'C:\\Users\\me\\.rdp'), (lines, at) => {
        const text = ['[remmina]', 'protocol=VNC', ...lines].join('\n');
        for (const reading of [readRemmina(at, text), readRdp(at, text), readRemmina(at, lines.join('\r'))]) {
          if (reading.kind === 'unusable') expect(Math.min(reading.message.length, reading.advice.length)).toBeGreaterThan(5);
          else if (reading.kind === 'desktop') {
            const { username, ...form } = reading.desktop;
            expect(entryFormSchema.safeParse({ ...form, ...(username !== null && { username }) }).error).toBeUndefined();
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
