// Sections of the library: what comes first, what is out of sight, and what runs on the hosts.
import { describe, expect, it } from 'vitest';
import { entriesByName, librarySections, type Activity } from '../../../../renderer/features/library/library-sections';
import { runningEntries } from '../../../../renderer/stores/running-entries';
import { largeEntries, largeHostStates } from '../../../fakes/fake-large-library';
import { fakeScene, fullLibrary } from '../../../fakes/fake-scenes';

const nowMs = 1_700_000_000_000;
const view = fullLibrary(nowMs);
const quiet: Activity = { sessions: [], running: new Map() };
const names = (entries: readonly { readonly entry: { readonly name: string } }[]): string[] => entries.map(({ entry }) => entry.name);

describe('librarySections', () => {
  it('puts what runs first, then what was used last, and leaves out empty rows', () => {
    const { sessions } = fakeScene('full', nowMs).snapshot;
    const rows = librarySections(entriesByName(view.entries, false), { ...quiet, sessions });
    expect(rows.map(({ key }) => key)).toEqual(['continue', 'favourites', 'all']);
    expect(names(rows[0]?.entries ?? [])).toEqual(['Factorio', 'SuperTux', 'Blender', 'Windows desktop']);
    expect(rows[2]?.entries).toHaveLength(view.entries.length);
    const untouched = view.entries.map((item) => ({ ...item, lastUsedAtMs: null, entry: { ...item.entry, favourite: false } }));
    expect(librarySections(entriesByName(untouched, false), quiet).map(({ key }) => key)).toEqual(['all']);
  });

  it('shows what was used before in a section of its own only where there is much', () => {
    const many = entriesByName(largeEntries(200, nowMs, () => null), false);
    const rows = librarySections(many, quiet);
    expect(rows.map(({ key }) => key)).toEqual(['continue', 'favourites', 'recent', 'all']);
    const [continued, recent] = [rows[0]?.entries ?? [], rows[2]?.entries ?? []];
    expect([continued.length, recent.length]).toEqual([4, 12]);
    expect(recent.every(({ lastUsedAtMs }) => (lastUsedAtMs ?? 0) <= (continued[3]?.lastUsedAtMs ?? 0))).toBe(true);
  });

  it('lets nothing that runs fall out of the first row', () => {
    const entries = largeEntries(200, nowMs, () => null);
    const running = new Map(entries.slice(20, 27).map(({ entry }) => [entry.id, 'running'] as const));
    const [first] = librarySections(entriesByName(entries, true), { ...quiet, running });
    expect(first?.entries.map(({ entry }) => entry.id).sort()).toEqual([...running.keys()].sort());
  });
});

describe('the start of a large library', () => {
  it('does not count what is still to come', () => {
    const many = entriesByName(largeEntries(200, nowMs, () => null), false);
    const counted = (isStart: boolean): unknown[] => librarySections(many, quiet, isStart).map(({ key, count }) => [key, count]);
    const favourites = many.filter(({ entry }) => entry.favourite).length;
    expect(counted(true)).toEqual([['continue', 4], ['favourites', null], ['recent', 12], ['all', null]]);
    expect(counted(false)).toEqual([['continue', 4], ['favourites', favourites], ['recent', 12], ['all', many.length]]);
  });
});

describe('entriesByName', () => {
  it('leaves hidden entries out unless they are asked for', () => {
    const entries = largeEntries(200, nowMs, () => null);
    const hidden = entries.filter(({ entry }) => entry.hidden).length;
    expect(hidden).toBeGreaterThan(0);
    expect(entriesByName(entries, false)).toHaveLength(200 - hidden);
    expect(entriesByName(entries, true)).toHaveLength(200);
  });

  it('orders them and changes nothing of what it was given', () => {
    const entries = largeEntries(50, nowMs, () => null);
    const before = [...entries];
    const ordered = names(entriesByName(entries, true));
    expect(ordered).toEqual([...ordered].sort((a, b) => a.localeCompare(b)));
    expect(entries).toEqual(before);
  });
});

describe('runningEntries', () => {
  it('matches an app by its host and its name', () => {
    const entries = largeEntries(100, nowMs, () => null);
    const hosts = largeHostStates(entries, nowMs);
    const running = runningEntries(entries, hosts);
    expect([...running.values()].sort()).toEqual(['paused', 'paused', 'running']);
    for (const [id] of running) {
      const item = entries.find(({ entry }) => entry.id === id);
      expect(hosts.find(({ hostId }) => hostId === item?.entry.host)?.runningApp).toBe(item?.entry.app);
    }
  });

  it.each(['unknown', 'asleep', 'booting', 'online', 'address-in-doubt', 'certificate-changed'] as const)('believes no app of a host that is %s', (state) => {
    const entries = largeEntries(100, nowMs, () => null);
    const hosts = largeHostStates(entries, nowMs).map((host) => ({ ...host, state }));
    expect(runningEntries(entries, hosts).size).toBe(0);
  });

  it('takes no entry without an app for one that runs nothing', () => {
    const entries = view.entries;
    const hosts = [{ hostId: 'workshop', uniqueId: 'X', addresses: ['a'], httpPort: 1, paired: true, mac: null, state: 'busy', sinceMs: 0, runningApp: null }] as never;
    expect(runningEntries(entries, hosts).size).toBe(0);
  });
});
