// The machine script's answers, on what it really printed and on what it prints elsewhere.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MachineReader, type MachineSaying } from '../../../../electron/adapters/telemetry/machine-answer';

const recorded = readFileSync(join(import.meta.dirname, '../../../fixtures/telemetry/machine-script-dash.txt'), 'utf8');

function figuresIn(sayings: readonly MachineSaying[]) {
  return sayings.flatMap((saying) => (saying.kind === 'figures' ? [saying.figures] : []));
}

/** One beat as the script prints it. */
function beat(uptimeS: number, rxBytes: number, more: readonly string[] = []): string {
  return [
    'feed begin eth0 192.168.1.20',
    `/proc/uptime:${uptimeS} 1.00`,
    '/sys/class/net/eth0/operstate:up',
    `/sys/class/net/eth0/statistics/rx_bytes:${rxBytes}`,
    ...more,
    'feed end',
    '',
  ].join('\n');
}

describe('MachineReader', () => {
  it('reads what dash printed', () => {
    const sayings = new MachineReader('abc123').take(recorded);
    expect(sayings[0]).toEqual({ kind: 'ready' });
    const figures = figuresIn(sayings);
    expect(figures).toHaveLength(3);
    expect(figures[0]).toMatchObject({ linkUp: true, carrierChanges: 2, udpRcvErrors: 0, qdiscDrops: 0 });
    expect(figures[0]).not.toHaveProperty('psiCpu');
    for (const later of figures.slice(1)) {
      expect(later).toMatchObject({ rxBps: expect.any(Number) as number, psiCpu: expect.any(Number) as number, stealPct: expect.any(Number) as number });
    }
  });

  it('takes the text in any pieces', () => {
    const whole = new MachineReader('abc123').take(recorded);
    const reader = new MachineReader('abc123');
    const pieces = recorded.match(/[^]{1,37}/g) ?? [];
    expect(pieces.flatMap((piece) => reader.take(piece))).toEqual(whole);
  });

  it('counts time by the machine’s own clock', () => {
    const reader = new MachineReader('feed');
    reader.take(beat(100, 0));
    expect(figuresIn(reader.take(beat(102, 1_000)))).toMatchObject([{ rxBps: 4_000 }]);
  });

  it('begins anew when the machine has', () => {
    const reader = new MachineReader('feed');
    reader.take(beat(100, 5_000));
    const [figures] = figuresIn(reader.take(beat(3, 9_000)));
    expect(figures).toMatchObject({ uptimeS: 3 });
    expect(figures).not.toHaveProperty('rxBps');
  });

  it('tells the access point, the queue’s drops, and how long the lease goes on', () => {
    const reader = new MachineReader('feed');
    const more = ['feed queue', 'qdisc pfifo 0: root', ' Sent 1 bytes 1 pkt (dropped 6, overlimits 0)', 'feed radio', 'Connected to 02:00:00:00:00:01 (on eth0)'];
    const lease = ['feed lease 1000 1600 /run/systemd/netif/leases/2', 'ADDRESS=192.168.1.20', 'LIFETIME=3600'];
    expect(figuresIn(reader.take(beat(50, 0, [...more, ...lease])))).toMatchObject([{ qdiscDrops: 6, wifiAccessPoint: '02:00:00:00:00:01', leaseS: 3_000 }]);
    expect(figuresIn(reader.take(beat(60, 0)))).toMatchObject([{ leaseS: 2_990 }]);
  });

  it('is not led astray by other text, and gives up a line without an end', () => {
    const reader = new MachineReader('feed');
    expect(reader.take('Welcome!\nfeed\nfeed end\nother begin eth0\n/proc/uptime:1\n')).toEqual([]);
    expect(() => reader.take('x'.repeat(1_100_000))).toThrow(RangeError);
  });
});
