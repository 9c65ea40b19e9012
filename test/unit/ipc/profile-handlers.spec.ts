// Profiles and hiding as the window asks for them; every reply is held against the contract.
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeWindow } from '../../fakes/fake-window';

const place = { window: new FakeWindow() };
beforeEach(async () => {
  place.window = new FakeWindow();
  const { library } = place.window.house.services;
  await library.load();
  await library.setApps([{ hostId: place.window.house.rig.id, apps: [{ id: 17, name: 'Steam' }] }]);
});

const done = { ok: true, value: undefined };

describe('a profile', () => {
  it('is set at each level and read with its origins, the network and the budget', async () => {
    const { window } = place;
    expect(await window.ask('profile:set', { place: { level: 'global' }, profile: { widthPx: 2560, heightPx: 1440 } })).toEqual(done);
    expect(await window.ask('profile:set', { place: { level: 'host', hostId: 'rig' }, profile: { fps: 90 } })).toEqual(done);
    expect(await window.ask('profile:set', { place: { level: 'entry', entryId: 'rig-steam' }, profile: { fps: 120 } })).toEqual(done);
    const network = { id: '9c:5c:8e:00:11:22', name: ' Home ' };
    expect(await window.ask('profile:set', { place: { level: 'network', network }, profile: { vsync: false } })).toEqual(done);
    expect(await window.ask('profile:read', { entryId: 'rig-steam' })).toMatchObject({
      ok: true,
      value: {
        network: { id: '9c:5c:8e:00:11:22', name: 'Home' },
        levels: { global: { widthPx: 2560, heightPx: 1440 }, host: { fps: 90 }, entry: { fps: 120 }, network: { vsync: false } },
        resolved: { values: { fps: 120, bitrateKbps: 57_000 }, from: { widthPx: 'global', fps: 'entry', vsync: 'network', bitrateKbps: 'default' } },
        budget: { rawLinkKbps: 11_594_880, defaultKbps: 57_000, advisedKbps: 57_000, fits: 'yes' },
      },
    });
  });

  it.each([{ fps: 5 }, { fsp: 60 }, { widthPx: '1920' }])('of %j is refused at the door', async (profile) => {
    const { window } = place;
    await expect(window.ask('profile:set', { place: { level: 'global' }, profile: profile as never })).rejects.toThrow();
    expect(window.house.libraryStore.saves).toBe(0);
  });

  it('belongs to a GameStream app', async () => {
    const { window } = place;
    expect(await window.ask('profile:read', { entryId: 'desk' })).toMatchObject({ ok: false, failure: { kind: 'not-supported' } });
    expect(await window.ask('profile:read', { entryId: 'nothing' })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });
});

describe('hiding', () => {
  it('is kept for entries and for apps, and told in the library’s view', async () => {
    const { window } = place;
    expect(await window.ask('library:set-hidden', { entryId: 'rig-steam', hidden: true })).toEqual(done);
    expect(await window.ask('library:set-hidden', { entryId: 'desk', hidden: true })).toEqual(done);
    expect(await window.ask('library:set-hidden', { entryId: 'nothing', hidden: true })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    const { library } = await window.ask('app:snapshot', undefined);
    expect(library.entries.map(({ entry }) => [entry.id, entry.hidden])).toEqual([['desk', true], ['office', false], ['rig-steam', true]]);
  });
});
