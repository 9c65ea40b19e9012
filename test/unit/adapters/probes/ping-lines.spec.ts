import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePingLine, type PingLine } from '../../../../electron/adapters/probes/ping-lines';

function recorded(name: string): PingLine[] {
  return readFileSync(join(import.meta.dirname, '../../../fixtures/ping', name), 'latin1').split('\n').map(parsePingLine);
}

function count(lines: readonly PingLine[]): Partial<Record<PingLine['kind'], number>> {
  const counts: Partial<Record<PingLine['kind'], number>> = {};
  for (const { kind } of lines) if (kind !== 'other') counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('parsePingLine', () => {
  it.each([
    ['[1795384705.587842] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.021 ms', { kind: 'reply', atMs: 1795384705587.842, seq: 1, rttMs: 0.021 }],
    ['[1795391076.920948] 64 bytes from 10.231.9.2: icmp_seq=7 ttl=64 time=1148 ms', { kind: 'reply', atMs: 1795391076920.948, seq: 7, rttMs: 1148 }],
    ['[1795391037.489254] 64 bytes from 10.231.9.2: icmp_seq=1 ttl=64 time=0.056 ms (DUP!)', { kind: 'duplicate', atMs: 1795391037489.254, seq: 1, rttMs: 0.056 }],
    ['[1795391035.424743] no answer yet for icmp_seq=2', { kind: 'waiting', atMs: 1795391035424.743, seq: 2 }],
    [
      '[1795391041.417563] From 10.231.9.1 icmp_seq=1 Destination Host Unreachable',
      { kind: 'unreachable', atMs: 1795391041417.563, seq: 1, from: '10.231.9.1', reason: 'Destination Host Unreachable' },
    ],
    [
      '[1795391041.417563] From fe80::fc:ff:fe00:1%eth0 icmp_seq=3 Destination unreachable: Address unreachable',
      { kind: 'unreachable', atMs: 1795391041417.563, seq: 3, from: 'fe80::fc:ff:fe00:1%eth0', reason: 'Destination unreachable: Address unreachable' },
    ],
    ['[1795391034.180772] 64 bytes from fd99::2: icmp_seq=1 ttl=64 time=0.102 ms', { kind: 'reply', atMs: 1795391034180.772, seq: 1, rttMs: 0.102 }],
    ['PING 10.231.9.2 (10.231.9.2) 56(84) bytes of data.', { kind: 'banner' }],
    ['PING fd99::2(fd99::2) 56 data bytes', { kind: 'banner' }],
    ['', { kind: 'other' }],
    ['8 packets transmitted, 0 received, +8 errors, 100% packet loss, time 1443ms', { kind: 'other' }],
    ['[oops] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.021 ms', { kind: 'other' }],
  ] as const)('%s', (line, expected) => {
    expect(parsePingLine(line)).toEqual(expected);
  });

  it.each([
    ['reply.txt', { banner: 1, reply: 8 }],
    ['reply-ipv6.txt', { banner: 1, reply: 5 }],
    ['loss.txt', { banner: 1, reply: 9, waiting: 3 }],
    ['duplicates.txt', { banner: 1, reply: 5, duplicate: 4 }],
    ['no-arp.txt', { banner: 1, waiting: 7, unreachable: 8 }],
    ['rejected.txt', { banner: 1, waiting: 3, unreachable: 4 }],
    ['reordered.txt', { banner: 1, reply: 36, duplicate: 8, waiting: 25 }],
  ] as const)('reads all of %s, as its statistics say', (name, expected) => {
    expect(count(recorded(name))).toEqual(expected);
  });
});
