// What the network says in between is remembered for a moment, and only for the hosts it concerns.
import { describe, expect, it } from 'vitest';
import type { HostId } from '../../../../electron/common/ids';
import { inEnglish, tell } from '../../../../electron/common/told';
import { GateHints, hintLastsMs } from '../../../../electron/domain/session/gate-hints';
import { FakeClock } from '../../../fakes/fake-clock';

const rig = 'rig' as HostId;
const attic = 'attic' as HostId;

function bench(): { clock: FakeClock; hints: GateHints; told: (HostId | null)[] } {
  const clock = new FakeClock();
  const hints = new GateHints(clock, (address) => (address === '10.0.0.2' ? [rig] : []));
  const told: (HostId | null)[] = [];
  hints.onHint((hostId) => told.push(hostId));
  return { clock, hints, told };
}

describe('a hint', () => {
  it('of a link or an address is for every host, of a neighbour for the host at its address', () => {
    const { hints, told } = bench();
    hints.noteNetwork({ kind: 'neighbour-back', address: '10.0.0.9' });
    expect(hints.newest(rig)).toBeNull();
    hints.noteNetwork({ kind: 'neighbour-back', address: '10.0.0.2' });
    expect(inEnglish(hints.newest(rig)?.text)).toContain('answers on its network');
    expect(hints.newest(attic)).toBeNull();
    hints.noteNetwork({ kind: 'address-gained', interfaceName: 'wlan0', address: '10.0.0.5' });
    expect(inEnglish(hints.newest(attic)?.text)).toBe('wlan0 has an address again');
    hints.noteNetwork({ kind: 'link-up', interfaceName: 'eth0' });
    expect(inEnglish(hints.newest(attic)?.text)).toBe('the link eth0 came up');
    expect(told).toEqual([rig, null, null]);
  });

  it('the newest counts, and none for long', () => {
    const { clock, hints } = bench();
    hints.noteHost(rig, tell`one`);
    clock.advance(5_000);
    hints.noteEveryHost(tell`other`);
    expect(inEnglish(hints.newest(rig)?.text)).toBe('other');
    clock.advance(hintLastsMs - 1);
    expect(inEnglish(hints.newest(rig)?.text)).toBe('other');
    clock.advance(1);
    expect(hints.newest(rig)).toBeNull();
  });
});
