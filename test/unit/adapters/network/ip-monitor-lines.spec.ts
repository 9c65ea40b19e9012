// What the kernel says of links, addresses and neighbours, read from what a real `ip monitor` printed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IpMonitorLines } from '../../../../electron/adapters/network/ip-monitor-lines';

const recorded = readFileSync(join(import.meta.dirname, '../../../fixtures/ip-monitor/veth.txt'), 'utf8').split('\n');

function eventsOf(lines: readonly string[], addresses: readonly string[] = []): string[] {
  const reader = new IpMonitorLines(addresses);
  return lines.map((line) => reader.read(line)).flatMap((event) => (event ? [Object.values(event).join(' ')] : []));
}

describe('what was recorded', () => {
  it('tells each coming up once, and nothing of what goes down', () => {
    expect(eventsOf(recorded)).toEqual([
      'address-gained cable fe80::88c2:14ff:fe47:160c',
      'link-up cable',
      'neighbour-back 10.231.9.2',
      'neighbour-back 10.231.9.2',
      'link-up cable',
      'address-gained cable fe80::88c2:14ff:fe47:160c',
    ]);
  });
});

describe('a line', () => {
  const link = (flags: string): string => `3: wlan0: <${flags}> mtu 1500 qdisc noqueue state UP group default \\    link/ether 52:54:00:12:34:56`;

  it('of a link that stays up is no news', () => {
    expect(eventsOf([link('BROADCAST,UP,LOWER_UP'), link('BROADCAST,UP,LOWER_UP'), link('BROADCAST,UP,LOWER_UP,DORMANT')])).toHaveLength(1);
    expect(eventsOf([link('LOOPBACK,UP,LOWER_UP'), link('NO-CARRIER,BROADCAST,UP,LOWER_UP')])).toEqual([]);
  });

  it('that renews an address is no news, one that gives it back is', () => {
    const address = '2: eth0    inet 192.168.1.5/24 brd 192.168.1.255 scope global dynamic eth0\\       valid_lft 7200sec preferred_lft 7200sec';
    expect(eventsOf([address], ['192.168.1.5'])).toEqual([]);
    expect(eventsOf([address, address, `Deleted ${address}`, address])).toEqual(['address-gained eth0 192.168.1.5', 'address-gained eth0 192.168.1.5']);
    expect(eventsOf(['2: eth0    inet6 fd31::5/64 scope global tentative \\       valid_lft forever'])).toEqual([]);
  });

  it('of a neighbour that is asked again and answers is no news', () => {
    const neighbour = (state: string): string => `192.168.1.20 dev eth0 lladdr 52:54:00:12:34:56 ${state}`;
    expect(eventsOf(['REACHABLE', 'STALE', 'PROBE', 'REACHABLE'].map(neighbour))).toEqual([]);
    expect(eventsOf(['REACHABLE', 'PROBE', 'FAILED', 'STALE', 'REACHABLE', 'REACHABLE'].map(neighbour))).toEqual(['neighbour-back 192.168.1.20']);
  });

  it('of anything else is dropped', () => {
    const reader = new IpMonitorLines([]);
    const words = fc.constantFrom('2:', 'eth0:', 'eth0', 'inet', 'inet6', '10.0.0.1/8', '10.0.0.1', 'REACHABLE', 'FAILED', 'Deleted', '<UP>', '<>', '');
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.array(words, { maxLength: 8 }).map((list) => list.join(' '))), (line) => {
        const event = reader.read(line);
        expect(event === null || ['link-up', 'address-gained', 'neighbour-back'].includes(event.kind)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
