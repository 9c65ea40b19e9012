// What Home shows: each thing to come back to once and in order, hidden entries nowhere, and a row to begin with.
import { describe, expect, it } from 'vitest';
import type { GameStreamHostView } from '../../../../electron/common/gamestream';
import type { EntryId, HostId, SessionId } from '../../../../electron/common/ids';
import type { LibraryEntry } from '../../../../electron/common/library';
import type { AppState, LinkState, SessionView } from '../../../../electron/common/session';
import { continuedKey, homeRows, type HomeSources } from '../../../../renderer/features/home/home-rows';
import { fullLibrary, fakeSession } from '../../../fakes/fake-scenes';

const nowMs = Date.UTC(2026, 10, 23, 20);
const streaming: LinkState = { kind: 'streaming', sinceMs: nowMs };
const ended: LinkState = { kind: 'ended', atMs: nowMs, reason: 'stopped' };
const paused: AppState = { kind: 'paused', by: 'user', method: 'sigstop', processes: 2, atMs: nowMs };
const running: AppState = { kind: 'running' };

function session(entryId: string, link: LinkState, app: AppState, hostId = 'workshop'): SessionView {
  return { ...fakeSession(link, app, nowMs), id: `of-${entryId}-${link.kind}` as SessionId, entryId: entryId as EntryId, hostId: hostId as HostId };
}

function streamHost(state: GameStreamHostView['state'], runningApp: string | null): GameStreamHostView {
  return { hostId: 'rig' as HostId, uniqueId: 'A', addresses: [], httpPort: 47989, paired: true, mac: null, state, sinceMs: nowMs, runningApp };
}

function withApp(app: string): LibraryEntry[] {
  const [first] = fullLibrary(nowMs).entries;
  if (first === undefined) throw new Error('an empty library');
  return [{ ...first, lastUsedAtMs: null, entry: { ...first.entry, id: 'rig-app' as EntryId, host: 'rig' as HostId, protocol: 'gamestream', app, favourite: false } }];
}

function rows(part: Partial<HomeSources>): ReturnType<typeof homeRows> {
  return homeRows({ entries: fullLibrary(nowMs).entries, sessions: [], left: [], hosts: [], ...part });
}

const keys = (part: Partial<HomeSources>): string[] => rows(part).continued.map(continuedKey);
const ids = (items: readonly LibraryEntry[]): string[] => items.map(({ entry }) => entry.id);

describe('what is continued', () => {
  it('begins with the newest session, then what still stands, was left behind, and runs on hosts', () => {
    const left = { entryId: 'openttd' as EntryId, hostId: 'workshop' as HostId, name: 'OpenTTD', streamedAtMs: nowMs };
    expect(
      keys({
        entries: [...fullLibrary(nowMs).entries, ...withApp('Portal 2')],
        sessions: [session('blender', ended, paused), session('factorio', streaming, running), session('super-tux', streaming, running)],
        left: [left],
        hosts: [streamHost('paused', 'Portal 2')],
      }),
    ).toEqual(['continue:super-tux', 'continue:factorio', 'continue:blender', 'continue:openttd', 'continue:rig-app']);
  });

  it('leaves out what has ended, unless its app still stands', () => {
    expect(keys({ sessions: [session('factorio', ended, running)] })).toEqual([]);
    expect(keys({ sessions: [session('factorio', ended, { ...paused, verified: false })] })).toEqual([]);
  });

  it('names each entry once, by the nearest thing that is known of it', () => {
    const left = { entryId: 'factorio' as EntryId, hostId: 'workshop' as HostId, name: 'Factorio', streamedAtMs: nowMs };
    const { continued } = rows({ sessions: [session('factorio', ended, paused), session('factorio', streaming, running)], left: [left] });
    expect(continued).toMatchObject([{ kind: 'session', session: { link: { kind: 'streaming' } } }]);
  });

  it('has an app that the library does not know, but not beside the session that streams it', () => {
    const hosts = [streamHost('busy', 'Unknown game')];
    expect(keys({ hosts })).toEqual(['continue:app-on-rig']);
    expect(keys({ hosts, sessions: [session('gone', streaming, running, 'rig')] })).toEqual(['continue:gone']);
  });

  it('believes no host that does not answer about its app', () => {
    expect(keys({ hosts: [streamHost('asleep', 'Portal 2')] })).toEqual([]);
    expect(keys({ hosts: [streamHost('online', null)] })).toEqual([]);
  });
});

describe('the other rows', () => {
  it('have favourites by name, and what was used last first, without what is continued', () => {
    const { favourites, recent, others } = rows({ sessions: [session('factorio', streaming, running)] });
    expect(ids(favourites)).toEqual(['blender', 'factorio', 'super-tux']);
    expect(ids(recent)).toEqual(['blender', 'windows-desktop', 'super-tux', 'darktable']);
    expect(others).toEqual([]);
  });

  it('show no hidden entry', () => {
    const entries = fullLibrary(nowMs).entries.map((item) => ({ ...item, entry: { ...item.entry, hidden: true } }));
    expect(rows({ entries })).toEqual({ continued: [], favourites: [], recent: [], others: [] });
  });

  it('begin with the library while nothing is a favourite and nothing was used', () => {
    const entries = fullLibrary(nowMs).entries.map((item) => ({ ...item, lastUsedAtMs: null, entry: { ...item.entry, favourite: false } }));
    expect(ids(rows({ entries }).others).slice(0, 3)).toEqual(['blender', 'books', 'darktable']);
  });
});
