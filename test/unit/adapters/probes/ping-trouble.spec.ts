import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainPing } from '../../../../electron/adapters/probes/ping-trouble';

const recorded = (name: string): string => readFileSync(join(import.meta.dirname, '../../../fixtures/ping', name), 'latin1');

describe('explainPing', () => {
  it.each([
    ['stderr-no-name.txt', 'network', /the name attic is not known/],
    ['stderr-no-route.txt', 'network', /no way to attic/],
    ['stderr-no-permission.txt', 'machine', /setcap cap_net_raw/],
    ['stderr-other-ping.txt', 'dialect', /iputils/],
  ])('%s', (name, kind, words) => {
    const trouble = explainPing(recorded(name), 'attic');
    expect(trouble.kind).toBe(kind);
    expect(trouble.message).toMatch(words);
  });

  it.each([
    ['ping: attic: Name or service not known', 'network'],
    ['ping: attic: No address associated with hostname', 'network'],
    ["ping: bad address 'attic'", 'network'],
    ['ping: sendmsg: Network is unreachable', 'network'],
    ['ping: sendmsg: Operation not permitted', 'network'],
    ['ping: socket: Address family not supported by protocol', 'machine'],
    ["ping: unrecognized option: D\nBusyBox v1.36.1", 'dialect'],
    ['', 'unknown'],
  ] as const)('%s', (stderr, kind) => {
    expect(explainPing(stderr, 'attic').kind).toBe(kind);
  });

  it("repeats ping's own words when it knows no better", () => {
    expect(explainPing('something\nping: the sky is falling\n', 'attic').message).toBe('ping says: the sky is falling');
  });
});
