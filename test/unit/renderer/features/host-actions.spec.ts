// What can be done with a GameStream host, in each of its states.
import { describe, expect, it } from 'vitest';
import { hostStateKindSchema, type HostStateKind } from '../../../../electron/common/gamestream';
import { hostActions, hostDetail, isAnswering } from '../../../../renderer/features/host/host-actions';

const host = { paired: true, mac: '9c:5c:8e:00:11:22', runningApp: null };
const states = hostStateKindSchema.options;
const where = (isOpen: (state: HostStateKind) => boolean): HostStateKind[] => states.filter(isOpen);

describe('hostActions', () => {
  it('wakes what does not answer', () => {
    expect(where((state) => hostActions({ ...host, state }).wake === undefined)).toEqual(['unknown', 'asleep', 'booting', 'address-in-doubt']);
  });

  it('says why nothing can be woken without a hardware address', () => {
    expect(hostActions({ ...host, state: 'asleep', mac: null }).wake).toContain('hardware address is not known');
  });

  it('quits what runs, on paired hosts only', () => {
    expect(where((state) => hostActions({ ...host, state }).quit === undefined)).toEqual(['busy', 'paused']);
    expect(hostActions({ ...host, paired: false, state: 'busy' }).quit).toContain('paired');
  });
});

describe('hostDetail', () => {
  it('has a sentence of its own for each state', () => {
    expect(new Set(states.map((state) => hostDetail({ ...host, state }, false))).size).toBe(states.length);
  });

  it('knows an app that Athena itself streams', () => {
    expect(hostDetail({ ...host, state: 'busy' }, true)).not.toBe(hostDetail({ ...host, state: 'busy' }, false));
  });
});

it('asks why a host is offline where it does not answer', () => {
  expect(where((state) => !isAnswering(state))).toEqual(['unknown', 'asleep', 'booting', 'address-in-doubt']);
});
