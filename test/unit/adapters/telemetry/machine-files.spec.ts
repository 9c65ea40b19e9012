// What a Linux machine's files say of it, on recorded text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessPointOf, figuresBetween, machinePaths, queueDropsOf, readMachine, type MachineFiles } from '../../../../electron/adapters/telemetry/machine-files';
import { telemetryFiguresSchema } from '../../../../electron/common/telemetry';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '../../../fixtures/telemetry', name), 'utf8');

function machine(more: Readonly<Record<string, string>> = {}): MachineFiles {
  return new Map(
    Object.entries({
      '/proc/pressure/cpu': 'some avg10=1.53 avg60=0.87 avg300=0.73 total=1000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
      '/proc/pressure/io': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=500\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=400\n',
      '/proc/stat': 'cpu  100 0 50 800 10 0 5 35 20 0\ncpu0 50 0 25 400 5 0 2 17 10 0\nintr 1 2 3\n',
      '/proc/schedstat': fixture('schedstat.txt'),
      '/proc/net/snmp': 'Ip: Forwarding\nIp: 1\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\nUdp: 900 1 8 700 7 0\nUdpLite: InDatagrams\nUdpLite: 0\n',
      '/proc/net/snmp6': 'Udp6InDatagrams                 \t4\nUdp6RcvbufErrors                \t2\n',
      '/proc/net/wireless': fixture('wireless.txt'),
      '/proc/uptime': '1234.56 2000.00\n',
      '/sys/class/net/wlan0/operstate': 'up\n',
      '/sys/class/net/wlan0/carrier_changes': '5\n',
      '/sys/class/net/wlan0/speed': '2500\n',
      '/sys/class/net/wlan0/statistics/rx_bytes': '1000000\n',
      '/sys/class/net/wlan0/statistics/tx_bytes': '20000\n',
      '/sys/class/net/wlan0/statistics/rx_dropped': '3\n',
      '/sys/class/net/wlan0/statistics/rx_missed_errors': '4\n',
      '/sys/class/net/wlan0/statistics/tx_dropped': '1\n',
      '/sys/class/net/wlan0/statistics/rx_errors': '9\n',
      ...more,
    }),
  );
}

describe('readMachine', () => {
  it('tells at once what needs no change', () => {
    const { figures } = readMachine(machine(), 'wlan0');
    expect(figures).toEqual({
      rxDrops: 7,
      txDrops: 1,
      rxErrors: 9,
      linkUp: true,
      linkBps: 2_500_000_000,
      carrierChanges: 5,
      wifiSignalDbm: -56,
      udpRcvErrors: 9,
      uptimeS: 1234.56,
    });
    expect(telemetryFiguresSchema.parse(figures)).toEqual(figures);
  });

  it('leaves out what is not there', () => {
    expect(readMachine(new Map(), null).figures).toEqual({});
    expect(readMachine(machine({ '/sys/class/net/wlan0/speed': '-1\n', '/sys/class/net/wlan0/operstate': 'unknown\n' }), 'wlan0').figures).not.toHaveProperty('linkBps');
    expect(readMachine(machine(), 'eth7').figures).toEqual({ udpRcvErrors: 9, uptimeS: 1234.56 });
  });

  it('says that a link is down', () => {
    for (const state of ['down', 'lowerlayerdown', 'dormant']) {
      expect(readMachine(machine({ '/sys/class/net/wlan0/operstate': `${state}\n` }), 'wlan0').figures.linkUp).toBe(false);
    }
  });

  it('takes any text without failing, and tells nothing that is no figure', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...machinePaths), fc.string({ maxLength: 80 })), { maxLength: 9 }), (files) => {
        const look = readMachine(new Map(files), 'eth0');
        expect(telemetryFiguresSchema.safeParse(figuresBetween(look, look, 1)).success).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('figuresBetween', () => {
  const before = readMachine(machine(), 'wlan0');

  it('makes shares and rates of what grew', () => {
    const later = machine({
      '/proc/pressure/cpu': 'some avg10=9 avg60=9 avg300=9 total=1500000\n',
      '/proc/pressure/io': 'some avg10=9 avg60=9 avg300=9 total=20500\n',
      '/proc/stat': 'cpu  150 0 60 900 10 0 5 75 20 0\n',
      '/proc/schedstat': fixture('schedstat.txt').replace('1000000000 12000', '1600000000 12000'),
      '/sys/class/net/wlan0/statistics/rx_bytes': '2000000\n',
      '/sys/class/net/wlan0/statistics/tx_bytes': '21000\n',
    });
    expect(figuresBetween(before, readMachine(later, 'wlan0'), 2)).toMatchObject({
      psiCpu: 25,
      psiIo: 1,
      stealPct: 20, // 40 of 200 ticks
      runDelayPct: 15, // 0.6 s on two processors in two seconds
      rxBps: 4_000_000,
      txBps: 4_000,
    });
  });

  it('compares nothing of another card, nor across a restart', () => {
    const other = readMachine(machine({ '/sys/class/net/eth0/statistics/rx_bytes': '9\n' }), 'eth0');
    expect(figuresBetween(before, other, 1)).not.toHaveProperty('rxBps');
    const restarted = readMachine(machine({ '/proc/pressure/cpu': 'some avg10=9 avg60=9 avg300=9 total=3\n' }), 'wlan0');
    expect(figuresBetween(before, restarted, 1)).not.toHaveProperty('psiCpu');
    expect(figuresBetween(null, before, 0)).toEqual(before.figures);
  });

  it('never tells a share above a hundred per cent', () => {
    const later = readMachine(machine({ '/proc/pressure/cpu': 'some avg10=9 avg60=9 avg300=9 total=9000000\n' }), 'wlan0');
    expect(figuresBetween(before, later, 1).psiCpu).toBe(100);
  });
});

it('the root of several queues counts for all of them', () => {
  expect(queueDropsOf(fixture('tc-mq.txt'))).toBe(17);
  expect(queueDropsOf('qdisc noqueue 0: root refcnt 2 \n Sent 0 bytes 0 pkt (dropped 0, overlimits 0 requeues 0) \n')).toBe(0);
  expect(queueDropsOf('Cannot find device "eth9"\n')).toBeUndefined();
  expect(queueDropsOf('')).toBeUndefined();
});

it('an access point is known by its address', () => {
  expect(accessPointOf(fixture('iw-link.txt'))).toBe('9c:5c:8e:00:11:22');
  expect(accessPointOf('Not connected.\n')).toBeUndefined();
});
