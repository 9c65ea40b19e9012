// The library: what changes, what is saved, and what stays when the disk refuses.
import { beforeEach, describe, expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { hostRecordSchema } from '../../../../electron/common/host';
import { entryIdSchema, type EntryId } from '../../../../electron/common/ids';
import { entryFormSchema, type EntryForm, type EntryFormInput } from '../../../../electron/common/library';
import type { Result } from '../../../../electron/common/result';
import { Library } from '../../../../electron/domain/library/library';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHistoryStore, FakeLibraryStore } from '../../../fakes/fake-library-store';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20', ssh: { user: 'me' } });
const desk = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc', favourite: true });

class Shelf {
  readonly clock = new FakeClock();
  readonly log = new SilentLog();
  readonly store = new FakeLibraryStore({ hosts: [rig], entries: [desk] });
  readonly history = new FakeHistoryStore();
  readonly library = new Library({ store: this.store, history: this.history, clock: this.clock, log: this.log });
  changes = 0;

  async load(): Promise<this> {
    await this.library.load();
    this.library.onChange(() => (this.changes += 1));
    return this;
  }

  get names(): string[] {
    return this.library.entries.map(({ name }) => name);
  }
}

const place: { shelf: Shelf } = { shelf: new Shelf() };
beforeEach(async () => {
  place.shelf = await new Shelf().load();
});

function form(more: Partial<EntryFormInput> = {}): EntryForm {
  return entryFormSchema.parse({ name: 'Game', protocol: 'rdp', address: '10.0.0.7', ...more });
}

function id(text: string): EntryId {
  return entryIdSchema.parse(text);
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe('adding', () => {
  it('makes the host, saves both and tells it', async () => {
    const { library, store } = place.shelf;
    expect(await library.add(form({ hostName: 'Attic', port: 3390 }))).toEqual({ ok: true, value: 'game' });
    expect(library.host(library.entry(id('game'))?.host ?? rig.id)).toMatchObject({ id: 'attic', name: 'Attic', address: '10.0.0.7' });
    expect(store.saved.entries[1]).toMatchObject({ id: 'game', host: 'attic', protocol: 'rdp', port: 3390, favourite: false });
    expect(place.shelf.changes).toBe(1);
  });

  it('takes the host that is at this address already, in whatever letters, and keeps what it knows', async () => {
    const { library } = place.shelf;
    await library.add(form({ address: 'Attic.Local', hostName: 'Attic', ssh: { user: 'me' } }));
    await library.add(form({ name: 'Second', address: 'attic.local' }));
    expect(library.hosts).toHaveLength(2);
    expect(library.host(library.entry(id('second'))?.host ?? rig.id)).toMatchObject({ name: 'Attic', ssh: { user: 'me' } });
  });

  it('never hands out an id twice, not even that of an entry that was removed and may come back', async () => {
    const { library } = place.shelf;
    await library.remove(desk.id);
    expect(valueOf(await library.add(form({ name: 'Desk' })))).toBe('desk-2');
    expect((await library.restore(desk.id)).ok).toBe(true);
    expect(library.entries.map((entry) => entry.id)).toEqual(['desk-2', 'desk']);
  });

  it('takes an address that is longer than a name may be', async () => {
    const address = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`;
    expect((await place.shelf.library.add(form({ address }))).ok).toBe(true);
    expect(place.shelf.library.hosts[1]).toMatchObject({ address, name: address.slice(0, 80) });
  });

  it('keeps everything that the form says', async () => {
    const { library } = place.shelf;
    const pause = { by: 'command', pattern: 'game' } as const;
    const told = form({ username: 'me', fullScreen: true, pause, resumeCountdownS: 0, ssh: { user: 'me', port: 2222 } });
    expect(library.entry(valueOf(await library.add(told)))).toMatchObject({ username: 'me', fullScreen: true, pause, resumeCountdownS: 0 });
    expect(library.hosts[1]?.ssh).toEqual({ user: 'me', port: 2222 });
  });
});

describe('editing', () => {
  it('changes the entry where it stands and leaves it a favourite', async () => {
    const { library } = place.shelf;
    expect(await library.edit(desk.id, form({ name: 'Office', address: rig.address, protocol: 'vnc' }))).toEqual({ ok: true, value: 'desk' });
    expect(library.entry(desk.id)).toMatchObject({ name: 'Office', host: 'rig', favourite: true });
  });

  it('of the address leaves no host behind that nothing uses', async () => {
    const { library } = place.shelf;
    await library.edit(desk.id, form({ address: '10.0.0.8' }));
    expect(library.hosts.map(({ address }) => address)).toEqual(['10.0.0.8']);
  });

  it('of the address leaves a host that another entry uses', async () => {
    const { library } = place.shelf;
    await library.add(form({ address: rig.address }));
    await library.edit(desk.id, form({ address: '10.0.0.8' }));
    expect(library.hosts.map(({ address }) => address)).toEqual([rig.address, '10.0.0.8']);
  });

  it('of something that is not there is refused', async () => {
    expect(await place.shelf.library.edit(id('nothing'), form())).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(place.shelf.store.saves).toBe(0);
  });
});

describe('removing and restoring', () => {
  it('takes the entry away, keeps the host, and brings back the same entry', async () => {
    const { library, store } = place.shelf;
    await library.remove(desk.id);
    expect([library.entries.length, library.hosts.length, store.saved.entries.length]).toEqual([0, 1, 0]);
    await library.restore(desk.id);
    expect(store.saved.entries).toEqual([desk]);
  });

  it('restores once, and only what was removed', async () => {
    const { library } = place.shelf;
    const refused = { ok: false, failure: { kind: 'not-found' } };
    expect(await library.restore(desk.id)).toMatchObject(refused);
    await library.remove(desk.id);
    await library.restore(desk.id);
    expect(await library.restore(desk.id)).toMatchObject(refused);
    expect(library.entries).toHaveLength(1);
    expect(await library.remove(id('nothing'))).toMatchObject(refused);
  });

  it('brings the host back that left in between', async () => {
    const { library } = place.shelf;
    await library.add(form({ name: 'Second', address: rig.address }));
    await library.remove(desk.id);
    await library.edit(id('second'), form({ name: 'Second', address: '10.0.0.8', hostName: 'Rig' }));
    expect(library.hosts.map(({ address }) => address)).toEqual(['10.0.0.8']);
    await library.restore(desk.id);
    const host = library.host(library.entry(desk.id)?.host ?? rig.id);
    expect(host).toMatchObject({ name: 'Rig', address: rig.address, ssh: rig.ssh });
    expect(new Set(library.hosts.map((record) => record.id)).size).toBe(2);
  });
});

describe('favourites and use', () => {
  it('are kept', async () => {
    const { library, store } = place.shelf;
    await library.setFavourite(desk.id, false);
    expect(store.saved.entries[0]?.favourite).toBe(false);
    expect(await library.setFavourite(id('nothing'), true)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });

  it('tell when an entry was launched last', async () => {
    const { library, clock, history } = place.shelf;
    expect(library.lastUsedAtMs(desk.id)).toBeNull();
    clock.advance(5_000);
    await library.noteUse(desk.id);
    expect(library.lastUsedAtMs(desk.id)).toBe(clock.nowMs());
    expect(history.saved.usedAtMs.get(desk.id)).toBe(clock.nowMs());
  });

  it('a history that cannot be saved hinders nobody', async () => {
    const { library, history, log } = place.shelf;
    history.refusal = new Error('disk full');
    await library.noteUse(desk.id);
    expect(library.lastUsedAtMs(desk.id)).not.toBeNull();
    expect(log.heard.at(-1)).toMatchObject({ level: 'warn', message: 'history could not be saved' });
  });
});

describe('a disk that refuses', () => {
  const changes: Record<string, (library: Library) => Promise<Result<unknown>>> = {
    add: (library) => library.add(form()),
    edit: (library) => library.edit(desk.id, form({ name: 'Other' })),
    remove: (library) => library.remove(desk.id),
    'set favourite': (library) => library.setFavourite(desk.id, false),
    'ensure host': (library) => library.ensureHost('10.0.0.9', 'Cellar'),
  };

  it.each(Object.entries(changes))('%s tells why, and the library stays as it was', async (_name, change) => {
    const { library, store } = place.shelf;
    store.refusal = new Error('ENOSPC: no space left on device');
    const refused = await change(library);
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(refused.ok ? '' : `${refused.failure.message} ${refused.failure.advice}`).toMatch(/ENOSPC.*config\.json/);
    expect([library.hosts, library.entries, place.shelf.changes]).toEqual([[rig], [desk], 0]);
    store.refusal = null;
    expect((await change(library)).ok).toBe(true);
  });

  it('an entry that could not be restored may be restored later', async () => {
    const { library, store } = place.shelf;
    await library.remove(desk.id);
    store.refusal = new Error('disk full');
    expect((await library.restore(desk.id)).ok).toBe(false);
    store.refusal = null;
    expect((await library.restore(desk.id)).ok).toBe(true);
  });
});

describe('changes at the same time', () => {
  it('all count: each begins with what the last one saved', async () => {
    const { library, store } = place.shelf;
    await Promise.all([
      library.add(form({ name: 'One' })),
      library.add(form({ name: 'Two' })),
      library.setFavourite(desk.id, false),
      library.ensureHost('10.0.0.9', 'Cellar'),
    ]);
    expect(store.saved.entries.map(({ name, favourite }) => [name, favourite])).toEqual([['Desk', false], ['One', false], ['Two', false]]);
    expect(store.saved.hosts.map(({ address }) => address)).toEqual([rig.address, '10.0.0.7', '10.0.0.9']);
  });

  it('one that is refused does not hold up the next', async () => {
    const { library } = place.shelf;
    const both = await Promise.all([library.remove(id('nothing')), library.setFavourite(desk.id, false)]);
    expect(both.map(({ ok }) => ok)).toEqual([false, true]);
  });
});

describe('a file that somebody else writes meanwhile', () => {
  const attic = hostRecordSchema.parse({ id: 'attic', name: 'Attic', address: '10.0.0.7' });

  it('is not written over by the next change', async () => {
    const { library, store } = place.shelf;
    store.written = { hosts: [rig, attic], entries: [desk], profile: { fps: 120 } };
    await library.setFavourite(desk.id, false);
    expect(store.saved).toEqual({ hosts: [rig, attic], entries: [{ ...desk, favourite: false }], profile: { fps: 120 } });
    expect(library.host(attic.id)).toEqual(attic);
  });

  it('keeps what no form shows: what runs the host, and how often is asked', async () => {
    const { library, store } = place.shelf;
    const onPve = { ...rig, vmHost: { address: 'pve.lan' } };
    store.written = { hosts: [onPve], entries: [desk], probesPerSecond: 10 };
    await library.refresh();
    expect(library.probesPerSecond).toBe(10);
    valueOf(await library.edit(desk.id, form({ address: rig.address, hostName: 'Attic', ssh: { user: 'you' } })));
    expect(store.saved).toMatchObject({ probesPerSecond: 10, hosts: [{ name: 'Attic', ssh: { user: 'you' }, vmHost: { address: 'pve.lan' } }] });
  });

  it('is shown when it is asked for, and tells its troubles', async () => {
    const { library, store } = place.shelf;
    await library.refresh();
    expect(place.shelf.changes).toBe(0);
    store.written = { hosts: [attic], entries: [] };
    await library.refresh();
    expect([place.shelf.changes, library.hosts, library.entries]).toEqual([1, [attic], []]);
  });
});

describe('the practice host', () => {
  const host = hostRecordSchema.parse({ id: 'practice-host', name: 'Practice host', address: '127.0.0.1' });
  const entry = entrySchema.parse({ id: 'practice-game', host: 'practice-host', name: 'Practice game', protocol: 'gamestream', app: 'Practice game' });

  it('is shown beside the others and never saved, nor edited, nor remembered', async () => {
    const { library, store, history } = place.shelf;
    library.setPractice({ hosts: [host], entries: [entry] });
    expect(place.shelf.names).toEqual(['Desk', 'Practice game']);
    await library.noteUse(entry.id);
    expect(history.saved.usedAtMs.size).toBe(0);
    expect((await library.setFavourite(entry.id, true)).ok).toBe(false);
    expect((await library.remove(entry.id)).ok).toBe(false);
    expect(valueOf(await library.add(form({ name: 'Practice game' })))).toBe('practice-game-2');
    expect(store.saved.entries.map(({ name }) => name)).toEqual(['Desk', 'Practice game']);
    library.setPractice({ hosts: [], entries: [] });
    expect(library.entry(entry.id)).toBeNull();
  });
});

describe('ensuring a host', () => {
  it('finds the one at the address, or makes it', async () => {
    const { library, store } = place.shelf;
    expect(valueOf(await library.ensureHost('192.168.1.20', 'Whatever'))).toBe('rig');
    expect(store.saves).toBe(0);
    expect(valueOf(await library.ensureHost('10.0.0.9', 'Rig'))).toBe('rig-2');
    expect(await library.ensureHost('-oProxyCommand=x', 'Rig')).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  });
});

it('hands on what was wrong with the file, and writes it to the log', async () => {
  const trouble = { file: 'config.json', line: 3, message: 'Unknown key "hsots".', keptAs: 'config.broken.json' };
  const log = new SilentLog();
  const library = new Library({ store: new FakeLibraryStore(undefined, [trouble]), history: new FakeHistoryStore(), clock: new FakeClock(), log });
  await library.load();
  expect(library.troubles).toEqual([trouble]);
  expect(log.heard).toMatchObject([{ level: 'warn', fields: trouble }]);
});
