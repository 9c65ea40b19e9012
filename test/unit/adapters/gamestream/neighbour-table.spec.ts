// Who has an address: read from the tables of neighbours as Linux prints them, and from samples in the format of macOS and Windows.
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { neighbourAt, placeOf, readArpA, readIpNeigh, readProcArp } from '../../../../electron/adapters/gamestream/neighbour-table';

const procArp = `IP address       HW type     Flags       HW address            Mask     Device
192.0.2.77       0x1         0x0         00:00:00:00:00:00     *        eth0
192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0
`;
const macOs = `? (192.168.1.1) at 0:11:22:33:44:5 on en0 ifscope [ethernet]
? (192.168.1.77) at (incomplete) on en0 ifscope [ethernet]
`;
const windows = `\r
Interface: 192.168.1.20 --- 0x5\r
  Internet Address      Physical Address      Type\r
  192.168.1.1           00-11-22-33-44-55     dynamic   \r
  192.168.1.255         ff-ff-ff-ff-ff-ff     static    \r
`;
const german = windows.replace('Interface', 'Schnittstelle').replace('dynamic', 'dynamisch');

const mac = (text: string): unknown => ({ kind: 'mac', mac: text });
const nobody = { kind: 'nobody' };

describe('the table of neighbours', () => {
  it.each([
    ['192.0.2.1', mac('02:fc:00:00:00:05')],
    ['192.0.2.77', nobody],
    ['192.0.2.7', null],
  ])('/proc/net/arp about %s', (address, expected) => expect(readProcArp(procArp, address)).toEqual(expected));

  it.each([
    ['192.0.2.1 dev eth0 lladdr 02:fc:00:00:00:05 REACHABLE \n', mac('02:fc:00:00:00:05')],
    ['fe80::1 dev eth0 lladdr 52:54:00:12:34:56 router STALE\n', mac('52:54:00:12:34:56')],
    ['192.0.2.77 dev eth0 FAILED \n', nobody],
    ['192.0.2.77 dev eth0 INCOMPLETE \n', nobody],
    // It fell silent a moment ago, and the kernel still remembers it.
    ['192.0.2.1 dev eth0 lladdr 02:fc:00:00:00:05 FAILED\n', nobody],
    ['', null],
    ['Error: any valid prefix is expected rather than "x".\n', null],
  ])('ip neigh: %j', (text, expected) => expect(readIpNeigh(text)).toEqual(expected));

  it.each([
    [macOs, '192.168.1.1', mac('00:11:22:33:44:05')],
    [macOs, '192.168.1.77', nobody],
    [macOs, '192.168.1.7', null],
    [windows, '192.168.1.1', mac('00:11:22:33:44:55')],
    [german, '192.168.1.1', mac('00:11:22:33:44:55')],
    [windows, '192.168.1.20', null],
    ['', '192.168.1.1', null],
  ])('arp -a: %#', (text, address, expected) => expect(readArpA(text, address)).toEqual(expected));
});

describe('an address', () => {
  const interfaces = {
    lo: [{ address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' }],
    eth0: [
      { address: '192.168.1.20', netmask: '255.255.255.0', family: 'IPv4', mac: '02:00:00:00:00:01', internal: false, cidr: '192.168.1.20/24' },
      { address: 'fe80::20', netmask: 'ffff:ffff:ffff:ffff::', family: 'IPv6', mac: '02:00:00:00:00:01', internal: false, cidr: 'fe80::20/64', scopeid: 2 },
    ],
  } satisfies Record<string, NetworkInterfaceInfo[]>;

  it.each([
    ['192.168.1.1', 'local'],
    ['192.168.2.1', 'beyond'],
    ['192.168.1.20', 'own'],
    ['127.0.0.1', 'own'],
    ['127.8.8.8', 'own'],
    ['::1', 'own'],
    ['fe80::1%eth0', 'local'],
    ['2001:db8::1', 'beyond'],
  ])('%s is %s', (address, expected) => expect(placeOf(address, interfaces)).toBe(expected));

  it('of our own, behind a router, or that is none has no neighbour to ask for', async () => {
    expect(await neighbourAt('127.0.0.1', interfaces)).toEqual({ kind: 'not-asked' });
    expect(await neighbourAt('2001:db8::1', interfaces)).toEqual({ kind: 'not-local' });
    expect(await neighbourAt('rig.local', interfaces)).toEqual({ kind: 'not-asked' });
  });
});
