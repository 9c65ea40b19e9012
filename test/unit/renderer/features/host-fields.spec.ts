// Adding a host by hand: what is read from the two fields, what is said about mistakes, and where the host's web page is.
import { describe, expect, it } from 'vitest';
import { checkHostFields, hostInWords, webPageOf } from '../../../../renderer/features/hosts/host-fields';

describe('checkHostFields', () => {
  it.each([
    ['rig', '', { ok: true, address: 'rig', httpPort: 47989 }],
    ['  rig.lan ', ' 48989 ', { ok: true, address: 'rig.lan', httpPort: 48989 }],
    ['rig.lan:48989', '', { ok: true, address: 'rig.lan', httpPort: 48989 }],
    ['rig.lan:48989', '50000', { ok: true, address: 'rig.lan', httpPort: 50000 }],
    ['[fd00::20]:48989', '', { ok: true, address: 'fd00::20', httpPort: 48989 }],
    ['fe80::20%eth0', '', { ok: true, address: 'fe80::20%eth0', httpPort: 47989 }],
  ])('%j and %j', (address, port, expected) => {
    expect(checkHostFields({ address, port })).toEqual(expected);
  });

  it.each([
    ['', '', { address: 'Type the name or address of the host.' }],
    ['https://rig', '', { address: 'Type only a name or an address, without “https://”, path or spaces.' }],
    ['-oProxyCommand=x', '', { address: 'Type only a name or an address, without “https://”, path or spaces.' }],
    ['rig:99999', '', { address: 'A port is a number from 1 to 65535.' }],
    ['rig', '0', { port: 'A port is a number from 1 to 65535.' }],
    ['a b', '4e3', { address: 'Type only a name or an address, without “https://”, path or spaces.', port: 'A port is a number from 1 to 65535.' }],
  ])('%j and %j is refused in words', (address, port, errors) => {
    expect(checkHostFields({ address, port })).toEqual({ ok: false, errors });
  });
});

it('names the port only where it is not the usual one', () => {
  expect(hostInWords('rig.lan', 47989)).toBe('rig.lan');
  expect(hostInWords('fd00::20', 48989)).toBe('[fd00::20]:48989');
});

it('finds the web page one port above, with IPv6 as browsers want it', () => {
  expect(webPageOf('192.168.1.30', 47989)).toBe('https://192.168.1.30:47990');
  expect(webPageOf('fe80::20%eth0', 48989)).toBe('https://[fe80::20]:48990');
});
