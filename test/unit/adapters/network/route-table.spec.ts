// Which card leads where, by a table of routes as /proc/net/route shows it.
import { expect, it } from 'vitest';
import { deviceTowards } from '../../../../electron/adapters/network/route-table';

const table = [
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
  'wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0',
  'eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0',
  'eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
  'vpn0\t0000000A\t00000000\t0001\t0\t0\t50\t000000FF\t0\t0\t0',
  'lab0\t1401A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0',
  'none0\t0000FEA9\t00000000\t0200\t0\t0\t0\t0000FFFF\t0\t0\t0',
].join('\n');

it('takes the longest prefix, then the least metric', () => {
  expect(deviceTowards(table, '192.168.1.30')).toBe('eth0');
  expect(deviceTowards(table, '192.168.1.20')).toBe('lab0');
  expect(deviceTowards(table, '10.8.0.1')).toBe('vpn0');
  expect(deviceTowards(table, '1.1.1.1')).toBe('eth0');
  expect(deviceTowards(table, '169.254.1.1')).toBe('eth0');
});

it('leads out into the world for anything else', () => {
  expect(deviceTowards(table, null)).toBe('eth0');
  expect(deviceTowards(table, 'fe80::1')).toBe('eth0');
  expect(deviceTowards('', null)).toBeNull();
  expect(deviceTowards('garbage\nmore garbage', '10.0.0.1')).toBeNull();
});
