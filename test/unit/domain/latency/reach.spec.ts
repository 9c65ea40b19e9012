import { describe, expect, it } from 'vitest';
import { decideReach } from '../../../../electron/domain/latency/reach';

const lost = Number.NaN;
const of = (...rttMs: number[]): Float64Array => Float64Array.from(rttMs);

describe('decideReach', () => {
  it.each([
    ['nothing measures', 'online', [], 'unknown'],
    ['every kind is silent', 'offline', [of(), of()], 'unknown'],
    ['an answer is there', 'unknown', [of(1)], 'online'],
    ['an answer after two losses', 'offline', [of(lost, lost, 1)], 'online'],
    ['one miss while online', 'online', [of(lost)], 'online'],
    ['one miss after an answer', 'online', [of(1, lost)], 'online'],
    ['two misses', 'online', [of(1, lost, lost)], 'offline'],
    ['one miss, and nothing else known', 'unknown', [of(lost)], 'unknown'],
    ['one miss while offline', 'offline', [of(lost)], 'offline'],
    ['echo is dropped by a firewall, the port answers', 'offline', [of(lost, lost, lost), of(2)], 'online'],
    ['echo answers, the service is down', 'online', [of(1, 1), of(lost, lost)], 'online'],
    ['both kinds miss', 'online', [of(lost, lost), of(lost, lost)], 'offline'],
    ['one kind has missed twice, the other once', 'online', [of(lost, lost), of(lost)], 'online'],
    ['the only measuring kind misses', 'online', [of(), of(lost, lost)], 'offline'],
  ] as const)('%s', (_, previous, recent, expected) => {
    expect(decideReach(previous, recent)).toBe(expected);
  });
});
