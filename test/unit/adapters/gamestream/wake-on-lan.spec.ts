// Waking: the packet, the ports, the addresses, and real datagrams on loopback.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { NetworkInterfaceInfo } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { broadcastAddress, magicPacket, WakeOnLan, wakePorts, type Interfaces } from '../../../../electron/adapters/gamestream/wake-on-lan';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

const mac = '02:00:00:41:54:48';
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

describe('the packet', () => {
  it('is six ones and sixteen times the address', () => {
    const packet = magicPacket(mac);
    expect(packet).toHaveLength(102);
    expect(packet?.toString('hex')).toBe('ff'.repeat(6) + '020000415448'.repeat(16));
    expect(magicPacket('02-00-00-41-54-48')).toEqual(packet);
  });

  it.each(['', '02:00:00:41:54', '02:00:00:41:54:48:00', 'zz:00:00:41:54:48', '020000415448'])('is not made of %j', (text) => {
    expect(magicPacket(text)).toBeNull();
  });
});

describe('ports', () => {
  it('are those of other clients, and move with the HTTP port', () => {
    expect(wakePorts([47_989])).toEqual([9, 47_009, 47_998, 47_999, 48_000, 48_002, 48_010]);
    expect(wakePorts([48_089])).toEqual([9, 47_009, 48_098, 48_099, 48_100, 48_102, 48_110]);
  });

  it('are each named once, and exist', () => {
    expect(wakePorts([47_989, 47_990])).toEqual([9, 47_009, 47_998, 47_999, 48_000, 48_002, 48_010, 48_001, 48_003, 48_011]);
    expect(wakePorts([65_535]).every((port) => port <= 65_535)).toBe(true);
    expect(wakePorts([])).toEqual([9, 47_009]);
  });
});

it.each([
  ['192.0.2.10', '255.255.255.0', '192.0.2.255'],
  ['10.1.2.3', '255.255.240.0', '10.1.15.255'],
  ['10.0.0.1', '255.255.255.255', '10.0.0.1'],
])('the broadcast address of %s in %s is %s', (address, netmask, broadcast) => {
  expect(broadcastAddress({ address, netmask })).toBe(broadcast);
});

/** Loopback, passed off as a network: nothing leaves this machine, the general broadcast aside, which loopback swallows. */
const loopback: NetworkInterfaceInfo = { address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: false, cidr: '127.0.0.1/8' };

/** Listens on a port that wake-up datagrams go to when the host's HTTP port is `httpPort`. */
async function listen(): Promise<{ httpPort: number; heard: Buffer[] }> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.bind(0, '0.0.0.0');
  await once(socket, 'listening');
  const heard: Buffer[] = [];
  socket.on('message', (message) => heard.push(message));
  return { httpPort: socket.address().port - 9, heard };
}

function wakeOnLan(interfaces: Interfaces): { clock: FakeClock; wake: WakeOnLan } {
  const clock = new FakeClock();
  return { clock, wake: new WakeOnLan({ clock, log: new SilentLog(), interfaces: () => interfaces }) };
}

describe('datagrams', () => {
  it('reach an address and a name', async () => {
    const { httpPort, heard } = await listen();
    const run = wakeOnLan({}).wake.send({ mac, addresses: ['127.0.0.1', 'no-such-host.invalid'], httpPorts: [httpPort] });
    expect(await run.firstRound).toEqual({ ok: true, value: 7 });
    run.dispose();
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toEqual(magicPacket(mac));
    const named = wakeOnLan({}).wake.send({ mac, addresses: ['localhost'], httpPorts: [httpPort] });
    await named.firstRound;
    named.dispose();
    await expect.poll(() => heard.length).toBe(2);
  });

  it('reach everybody in a network', async () => {
    const { httpPort, heard } = await listen();
    const run = wakeOnLan({ lo: [loopback] }).wake.send({ mac, addresses: [], httpPorts: [httpPort] });
    const sent = await run.firstRound;
    run.dispose();
    expect(sent.ok && sent.value).toBeGreaterThanOrEqual(7);
    await expect.poll(() => heard.length).toBeGreaterThanOrEqual(1);
  });

  it('are sent again every two seconds, ten times, and not after the end', async () => {
    const { httpPort, heard } = await listen();
    const { clock, wake } = wakeOnLan({});
    const run = wake.send({ mac, addresses: ['127.0.0.1'], httpPorts: [httpPort] });
    await run.firstRound;
    for (let round = 2; round <= 12; round++) {
      await expect.poll(() => heard.length).toBe(Math.min(round - 1, 10));
      await expect.poll(() => clock.pending).toBe(round <= 10 ? 1 : 0);
      clock.advance(2_000);
    }
    expect(heard).toHaveLength(10);

    const stopped = wake.send({ mac, addresses: ['127.0.0.1'], httpPorts: [httpPort] });
    await stopped.firstRound;
    stopped.dispose();
    expect(clock.pending).toBe(0);
  });
});

describe('what cannot be', () => {
  it('a host without a MAC is told so', async () => {
    const { clock, wake } = wakeOnLan({});
    const run = wake.send({ mac: 'unknown', addresses: ['127.0.0.1'], httpPorts: [47_989] });
    expect(await run.firstRound).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
    expect(clock.pending).toBe(0);
    run.dispose();
  });

  it('without any network', async () => {
    const gone = { ...loopback, address: '203.0.113.77', netmask: '255.255.255.0' };
    const run = wakeOnLan({ gone: [gone] }).wake.send({ mac, addresses: ['no-such-host.invalid'], httpPorts: [47_989] });
    expect(await run.firstRound).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } });
    run.dispose();
  });
});
