// The library with the apps of paired hosts: what is kept of them when lists change, and that many of them cost little.
import { beforeEach, describe, expect, it } from 'vitest';
import { hostRecordSchema } from '../../../../electron/common/host';
import { entryIdSchema, type EntryId } from '../../../../electron/common/ids';
import type { ListedApp } from '../../../../electron/domain/library/app-renames';
import { Library } from '../../../../electron/domain/library/library';
import { drawPng } from '../../../../electron/practice/gamestream/png-picture';
import { withIds } from '../../../../electron/practice/gamestream/host-apps';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHistoryStore, FakeLibraryStore } from '../../../fakes/fake-library-store';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20' });
const steam = entryIdSchema.parse('rig-steam');

/** Each name's cover is its own, as Sunshine's ids tell. */
function apps(covers: Readonly<Record<string, number>>): ListedApp[] {
  return [...withIds(Object.entries(covers).map(([name, cover]) => ({ name, hdr: false, cover: drawPng(2, 2, [cover, 1, 1]), runs: 'nothing' })))];
}

class House {
  readonly clock = new FakeClock();
  readonly log = new SilentLog();
  readonly store = new FakeLibraryStore({ hosts: [rig], entries: [] });
  readonly history = new FakeHistoryStore();
  readonly library = new Library({ store: this.store, history: this.history, clock: this.clock, log: this.log });
  changes = 0;

  async open(): Promise<this> {
    await this.library.load();
    this.library.onChange(() => (this.changes += 1));
    return this;
  }

  shows(list: readonly ListedApp[]): Promise<void> {
    return this.library.setApps([{ hostId: rig.id, apps: list }]);
  }

  /** As the next start finds it. */
  async reopened(list: readonly ListedApp[]): Promise<Library> {
    const library = new Library({ store: this.store, history: this.history, clock: this.clock, log: this.log });
    await library.load();
    await library.setApps([{ hostId: rig.id, apps: list }]);
    return library;
  }
}

const place = { house: new House() };
beforeEach(async () => {
  place.house = await new House().open();
  await place.house.shows(apps({ Desktop: 1, Steam: 2 }));
});

describe('hiding', () => {
  it('saves the app and is there after the next start', async () => {
    const { house } = place;
    expect(await house.library.setHidden(steam, true)).toEqual({ ok: true, value: undefined });
    expect(house.store.saved.entries).toMatchObject([{ id: 'rig-steam', app: 'Steam', hidden: true, favourite: false }]);
    const after = await house.reopened(apps({ Desktop: 1, Steam: 2 }));
    expect(after.entry(steam)?.hidden).toBe(true);
    expect(after.entries.filter(({ app }) => app === 'Steam')).toHaveLength(1);
    await after.setHidden(steam, false);
    expect(after.entry(steam)?.hidden).toBe(false);
  });

  it('of something that is not there is refused', async () => {
    const { house } = place;
    expect(await house.library.setHidden(entryIdSchema.parse('nothing'), true)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });

  it('outlives an edit of the entry', async () => {
    const { library } = place.house;
    const form = { name: 'Desk', protocol: 'vnc', address: rig.address, fullScreen: false, resumeCountdownS: 3 } as const;
    const added = await library.add(form);
    if (!added.ok) throw new Error('not added');
    await library.setHidden(added.value, true);
    await library.edit(added.value, { ...form, name: 'Other' });
    expect(library.entry(added.value)).toMatchObject({ name: 'Other', hidden: true });
  });
});

describe('how an app is paused', () => {
  const ssh = { user: 'me', port: 22 };
  const pause = { by: 'command', pattern: 'steam' } as const;

  it('is set for an app of a paired host, which is saved by it, and its host is reached by SSH from then on', async () => {
    const { house } = place;
    expect(await house.library.setPause(steam, { ssh, pause, resumeCountdownS: 5 })).toEqual({ ok: true, value: undefined });
    expect(house.store.saved).toMatchObject({ hosts: [{ id: 'rig', ssh }], entries: [{ id: 'rig-steam', app: 'Steam', pause, resumeCountdownS: 5 }] });
    const after = await house.reopened(apps({ Desktop: 1, Steam: 2 }));
    expect(after.entry(steam)?.pause).toEqual(pause);
    expect(after.entries.filter(({ app }) => app === 'Steam')).toHaveLength(1);
  });

  it('is forgotten by a form without it, and what else is set stays', async () => {
    const { library } = place.house;
    await library.setFavourite(steam, true);
    await library.setPause(steam, { ssh, pause, resumeCountdownS: 5 });
    await library.setPause(steam, { resumeCountdownS: 3 });
    expect(library.entry(steam)).toMatchObject({ favourite: true, resumeCountdownS: 3 });
    expect(library.entry(steam)).not.toHaveProperty('pause');
    expect(library.host(rig.id)?.ssh).toEqual(ssh);
  });

  it('keeps what its form does not show of the way to the virtual machine’s own host', async () => {
    const { house } = place;
    const vmHost = { address: 'pve.lan', ssh: { user: 'root', port: 2222, keyFile: '/keys/pve' } };
    await house.library.setPause(steam, { vmHost, resumeCountdownS: 3 });
    await house.library.setPause(steam, { vmHost: { address: 'pve2.lan', ssh: { user: 'root', port: 22 } }, resumeCountdownS: 3 });
    expect(house.library.host(rig.id)?.vmHost).toMatchObject({ address: 'pve2.lan', ssh: { user: 'root', keyFile: '/keys/pve' } });
  });

  it('of something that is not there is refused', async () => {
    expect(await place.house.library.setPause(entryIdSchema.parse('nothing'), { resumeCountdownS: 3 })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });
});

async function use(library: Library, entry: EntryId): Promise<void> {
  await library.noteUse(entry);
  await library.notePlayed(entry, 60_000, true);
}

describe('another cover', () => {
  it('changes nothing but the app’s id', async () => {
    const { house } = place;
    await house.library.setFavourite(steam, true);
    await use(house.library, steam);
    await house.shows(apps({ Desktop: 1, Steam: 99 }));
    expect(house.library.entry(steam)).toMatchObject({ favourite: true, app: 'Steam' });
    expect([house.library.lastUsedAtMs(steam), house.library.playedMs(steam)]).toEqual([house.clock.nowMs(), 60_000]);
  });
});

describe('another name', () => {
  const renamed = apps({ 'Big Picture': 2, Desktop: 1 });

  it('keeps favourite, hidden, profile, history and id, and shows the new name', async () => {
    const { house } = place;
    await house.library.setFavourite(steam, true);
    await house.library.setHidden(steam, true);
    await house.library.setProfile({ level: 'entry', entryId: steam }, { fps: 120 });
    await use(house.library, steam);
    await house.shows(renamed);
    for (const library of [house.library, await house.reopened(renamed)]) {
      expect(library.entry(steam)).toMatchObject({ name: 'Big Picture', app: 'Big Picture', favourite: true, hidden: true, profile: { fps: 120 } });
      expect([library.lastUsedAtMs(steam), library.playedMs(steam)]).toEqual([house.clock.nowMs(), 60_000]);
      expect(library.entries.map(({ app }) => app).sort()).toEqual(['Big Picture', 'Desktop']);
    }
  });

  it('keeps the history of an app of which nothing else was saved', async () => {
    const { house } = place;
    await use(house.library, steam);
    await house.shows(renamed);
    expect(house.library.entry(steam)).toMatchObject({ name: 'Big Picture', app: 'Big Picture' });
    expect((await house.reopened(renamed)).playedMs(steam)).toBe(60_000);
  });

  it('writes nothing about an app that nobody has used', async () => {
    const { house } = place;
    await house.shows(renamed);
    expect([house.store.saves, house.library.entry(steam)]).toEqual([0, null]);
    expect(house.library.entries.map(({ app }) => app)).toEqual(['Big Picture', 'Desktop']);
  });

  it('leaves a name that somebody has chosen', async () => {
    const { house } = place;
    await house.library.setFavourite(steam, true);
    const [saved] = house.store.saved.entries;
    if (!saved) throw new Error('nothing saved');
    house.store.saved = { ...house.store.saved, entries: [{ ...saved, name: 'The couch' }] };
    const library = await house.reopened(apps({ Desktop: 1, Steam: 2 }));
    await library.setApps([{ hostId: rig.id, apps: renamed }]);
    expect(library.entry(steam)).toMatchObject({ name: 'The couch', app: 'Big Picture' });
  });

  it('makes no one of two entries: what is set for the new name already stays apart', async () => {
    const { house } = place;
    await house.library.setFavourite(steam, true);
    await house.shows(apps({ Desktop: 1, 'Big Picture': 5 }));
    await house.library.setHidden(entryIdSchema.parse('rig-big-picture'), true);
    await house.shows(apps({ Desktop: 1, Steam: 2 }));
    await house.shows(renamed);
    expect(house.library.entry(steam)).toMatchObject({ app: 'Steam', favourite: true, hidden: false });
    expect(house.library.entry(entryIdSchema.parse('rig-big-picture'))).toMatchObject({ hidden: true, favourite: false });
  });

  it('of another app gives it nothing', async () => {
    const { house } = place;
    await house.library.setFavourite(steam, true);
    await use(house.library, steam);
    await house.shows(apps({ Desktop: 1, Sokoban: 9 }));
    const sokoban = house.library.entry(entryIdSchema.parse('rig-sokoban'));
    expect(sokoban).toMatchObject({ favourite: false });
    expect(house.library.playedMs(entryIdSchema.parse('rig-sokoban'))).toBe(0);
    await house.shows(apps({ Desktop: 1, Steam: 2 }));
    expect(house.library.entry(steam)).toMatchObject({ favourite: true });
    expect(house.library.playedMs(steam)).toBe(60_000);
  });

  it('that could not be saved is told to the log', async () => {
    const { house } = place;
    await house.library.setFavourite(steam, true);
    house.store.refusal = new Error('disk full');
    await house.shows(renamed);
    expect(house.log.heard.map(({ message }) => message)).toContain('a renamed app could not be kept');
    expect(house.library.entry(steam)).toMatchObject({ app: 'Steam', favourite: true });
  });
});

describe('play time', () => {
  it('adds up, is saved, and is told when the stream has ended', async () => {
    const { house } = place;
    const before = house.changes;
    await house.library.notePlayed(steam, 30_000, false);
    expect([house.changes, house.history.saved.playedMs.get(steam)]).toEqual([before, 30_000]);
    await house.library.notePlayed(steam, 1_234.4, true);
    expect([house.changes, house.library.playedMs(steam)]).toEqual([before + 1, 31_234]);
  });

  it('of the practice game is not counted', async () => {
    const { house } = place;
    const entry = house.library.entry(steam);
    if (!entry) throw new Error('no entry');
    const practice = { ...entry, id: entryIdSchema.parse('practice-game') };
    house.library.setPractice({ hosts: [], entries: [practice] });
    await house.library.notePlayed(practice.id, 30_000, true);
    expect([house.library.playedMs(practice.id), house.history.saved.playedMs.size]).toEqual([0, 0]);
    expect(await house.library.setHidden(practice.id, true)).toMatchObject({ ok: false });
  });

  it('that cannot be saved counts until Athena closes', async () => {
    const { house } = place;
    house.history.refusal = new Error('disk full');
    await house.library.notePlayed(steam, 30_000, true);
    expect(house.library.playedMs(steam)).toBe(30_000);
    expect(house.log.heard.at(-1)).toMatchObject({ level: 'warn', message: 'history could not be saved' });
  });
});

describe('a host that is looked at and has nothing new', () => {
  it('is no change', async () => {
    const { house } = place;
    const before = house.changes;
    await house.shows(apps({ Desktop: 1, Steam: 2 }));
    expect(house.changes).toBe(before);
  });
});

describe('twenty thousand apps', () => {
  const many = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `Game ${id}` }));

  it('are put in order once a change, not once a question', async () => {
    const { house } = place;
    await house.shows(many);
    const { library } = house;
    expect(library.entries).toHaveLength(20_000);
    expect(library.entries).toBe(library.entries);
    await library.noteUse(entryIdSchema.parse('rig-game-7'));
    const present = library.entries;
    expect(library.entries).toBe(present);
    const startedMs = performance.now();
    for (let index = 0; index < 20_000; index += 1) expect(library.entry(entryIdSchema.parse(`rig-game-${index}`))?.app).toBe(`Game ${index}`);
    // Looking through the list for each would take minutes.
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('bear a thousand favourites', async () => {
    const { house } = place;
    const favourites = many.slice(0, 1_000).map(({ name }, index) => ({
      ...house.library.entries[0],
      id: entryIdSchema.parse(`favourite-${index}`),
      host: rig.id,
      name,
      app: name,
      favourite: true,
    }));
    house.store.saved = { hosts: [rig], entries: favourites as typeof house.store.saved.entries };
    const library = await house.reopened(many);
    expect(library.entries).toHaveLength(20_000);
    expect(library.entries.filter(({ favourite }) => favourite)).toHaveLength(1_000);
  });
});
