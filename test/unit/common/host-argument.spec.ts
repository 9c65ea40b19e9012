// Hosts as people write them.
import { expect, it } from 'vitest';
import { parseHostArgument } from '../../../electron/common/host-argument';

it.each([
  ['rig', { address: 'rig', port: 47_989 }],
  ['rig.lan:48989', { address: 'rig.lan', port: 48_989 }],
  ['192.168.1.20', { address: '192.168.1.20', port: 47_989 }],
  ['fd00::20', { address: 'fd00::20', port: 47_989 }],
  ['[fd00::20]:48989', { address: 'fd00::20', port: 48_989 }],
])('%s', (text, host) => {
  expect(parseHostArgument(text)).toEqual(host);
});

it.each(['', '-oProxyCommand=x', 'http://rig', 'rig:0', 'rig:99999', 'a b', 'rig/app'])('%j is none', (text) => {
  expect(parseHostArgument(text)).toBeNull();
});
