// A host's address is looked up anew: seldom while it answers, soon when it is silent, never when it is a number.
import { lookup } from 'node:dns';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LookedUpAddress } from '../../../../electron/adapters/probes/looked-up-address';
import { FakeClock } from '../../../fakes/fake-clock';

vi.mock('node:dns', () => ({ lookup: vi.fn() }));

type Answer = (error: NodeJS.ErrnoException | null, address: string) => void;
const asked = vi.mocked(lookup) as unknown as { mock: { calls: [string, Answer][] } };
const answerLast = (error: NodeJS.ErrnoException | null, address = ''): void => asked.mock.calls.at(-1)?.[1](error, address);

beforeEach(() => {
  vi.mocked(lookup).mockClear();
});

function place(address: string): { clock: FakeClock; place: LookedUpAddress; unknown: string[] } {
  const clock = new FakeClock();
  const unknown: string[] = [];
  return { clock, unknown, place: new LookedUpAddress(address, clock, (message) => unknown.push(message)) };
}

describe('a looked up address', () => {
  it('is asked for every half minute while the host answers', () => {
    const { clock, place: rig } = place('rig.lan');
    rig.refresh();
    answerLast(null, '192.168.1.20');
    clock.advance(29_000);
    rig.refresh();
    expect(asked.mock.calls).toHaveLength(1);
    clock.advance(1_000);
    rig.refresh();
    expect(asked.mock.calls).toHaveLength(2);
    expect(rig.numeric).toBe('192.168.1.20');
  });

  it('is asked for after three seconds when the host is silent, and is the new one then', () => {
    const { clock, place: rig } = place('rig.lan');
    rig.refresh();
    answerLast(null, '192.168.1.20');
    clock.advance(3_000);
    rig.refresh(true);
    rig.refresh(true);
    expect(asked.mock.calls).toHaveLength(2);
    answerLast(null, '192.168.1.77');
    expect(rig.numeric).toBe('192.168.1.77');
  });

  it('stays the one known last when nobody knows the name any more', () => {
    const { clock, place: rig, unknown } = place('rig.lan');
    rig.refresh();
    answerLast(null, '192.168.1.20');
    clock.advance(30_000);
    rig.refresh();
    answerLast(new Error('ENOTFOUND'));
    expect([rig.numeric, rig.isKnown, unknown]).toEqual(['192.168.1.20', false, []]);
    clock.advance(1_000);
    rig.refresh();
    expect(asked.mock.calls).toHaveLength(3);
  });

  it('is never asked for when it is a number', () => {
    const { place: rig } = place('fe80::1');
    rig.refresh(true);
    expect([rig.numeric, asked.mock.calls.length]).toEqual(['fe80::1', 0]);
  });
});
