// Who is around, by what the system's tools print.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../../electron/adapters/clients/machine';
import { answeringOf, LocalNeighbourhood, neighboursOfIpNeigh } from '../../../../electron/adapters/network/local-neighbourhood';

const table = readFileSync(join(import.meta.dirname, '../../../fixtures/telemetry/ip-neigh.json'), 'utf8');

function machine(platform: NodeJS.Platform, files: Readonly<Record<string, string>>, programs: Readonly<Record<string, string>>): Machine {
  return {
    platform,
    env: {},
    homeDirectory: '/home/me',
    isExecutable: async () => false,
    readText: async (file) => files[file] ?? null,
    listDirectory: async () => [],
    run: async (file, args) => {
      const text = programs[[file, ...args].join(' ')];
      return text === undefined ? null : { exitCode: 0, text };
    },
  };
}

describe('neighbours', () => {
  it('are those who answered lately, the newest first', () => {
    expect(neighboursOfIpNeigh(`${table}\n`, 600)).toEqual([
      { address: '192.168.1.31', mac: '02:fc:00:00:00:31' },
      { address: '192.168.1.1', mac: '02:fc:00:00:00:05' },
      { address: '192.168.1.30', mac: '02:fc:00:00:00:30' },
    ]);
    expect(neighboursOfIpNeigh('command not found', 600)).toEqual([]);
  });

  it('are asked five times, and the slowest answer counts', () => {
    const text = '--- 192.168.1.31 ping statistics ---\n5 packets transmitted, 4 received, 20% packet loss, time 805ms\nrtt min/avg/max/mdev = 0.250/0.311/1.420/0.049 ms\n';
    expect(answeringOf(text, 5)).toEqual({ asked: 5, answered: 4, slowestMs: 1.42 });
    expect(answeringOf('5 packets transmitted, 0 received, +5 errors, 100% packet loss\n', 5)).toEqual({ asked: 5, answered: 0, slowestMs: null });
    expect(answeringOf('', 5)).toEqual({ asked: 5, answered: 0, slowestMs: null });
  });
});

describe('the gateway', () => {
  const route = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\neth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\n';

  it('is known by the route alone, also while nobody answers there', async () => {
    const around = new LocalNeighbourhood({ machine: machine('linux', { '/proc/net/route': route }, {}) });
    expect(await around.gateway()).toEqual({ address: '192.168.1.1', mac: null });
  });

  it('has its zone where it is link-local', async () => {
    const programs = {
      'ip -j -6 route show default': '[{"dst":"default","gateway":"fe80::1","dev":"wlan0","metric":600}]',
      'ip -j -6 neigh show': '[{"dst":"fe80::1","dev":"wlan0","lladdr":"02:00:00:00:00:09","state":["REACHABLE"]}]',
    };
    expect(await new LocalNeighbourhood({ machine: machine('linux', {}, programs) }).gateway()).toEqual({ address: 'fe80::1%wlan0', mac: '02:00:00:00:00:09' });
  });

  it('is asked of the system’s programs elsewhere', async () => {
    const programs = { 'route -n get default': '   gateway: 10.0.0.1\n  interface: en0\n', 'arp -n 10.0.0.1': '? (10.0.0.1) at 0:11:22:33:44:55 on en0\n' };
    expect(await new LocalNeighbourhood({ machine: machine('darwin', {}, programs) }).gateway()).toEqual({ address: '10.0.0.1', mac: '00:11:22:33:44:55' });
    expect(await new LocalNeighbourhood({ machine: machine('aix', {}, {}) }).gateway()).toBeNull();
    expect(await new LocalNeighbourhood({ machine: machine('darwin', {}, programs) }).neighbours()).toEqual([]);
  });
});
