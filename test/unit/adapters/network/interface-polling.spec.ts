// Addresses that were not there a second ago, on systems whose kernel tells nothing.
import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { InterfacePolling } from '../../../../electron/adapters/network/interface-polling';
import { FakeClock } from '../../../fakes/fake-clock';

const at = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address, internal, netmask: '255.255.255.0', family: 'IPv4', mac: '52:54:00:12:34:56', cidr: `${address}/24` },
});

it('tells an address that is gained, not one that was there, stays or goes', () => {
  const clock = new FakeClock();
  const there: Record<string, NetworkInterfaceInfo[]> = { lo0: [at('127.0.0.1', true)], en0: [at('10.0.0.5')] };
  const polling = new InterfacePolling({ clock, interfaces: () => there });
  const told: string[] = [];
  polling.onEvent((event) => told.push(Object.values(event).join(' ')));
  clock.advance(3_000);
  delete there['en0'];
  there['lo0']?.push(at('127.0.0.2', true));
  clock.advance(1_000);
  expect(told).toEqual([]);
  there['en0'] = [at('10.0.0.5')];
  there['Wi-Fi 2'] = [at('10.0.0.6')];
  clock.advance(1_000);
  clock.advance(5_000);
  expect(told).toEqual(['address-gained en0 10.0.0.5', 'address-gained Wi-Fi_2 10.0.0.6']);
  polling.dispose();
  expect(clock.pending).toBe(0);
});
