// Profiles: read with their origins, set at any level, used for a launch.
import { beforeEach, describe, expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { hostRecordSchema } from '../../../../electron/common/host';
import { entryIdSchema, hostIdSchema } from '../../../../electron/common/ids';
import type { LatencySummary } from '../../../../electron/common/latency';
import { profileViewSchema, type ProfileView } from '../../../../electron/common/profile';
import { hostVantage } from '../../../../electron/common/vantage';
import { Library } from '../../../../electron/domain/library/library';
import { Profiles } from '../../../../electron/domain/profiles/profiles';
import { freshQuality } from '../../../../electron/domain/session/stream-quality';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHistoryStore, FakeLibraryStore } from '../../../fakes/fake-library-store';
import { FakeSurroundings } from '../../../fakes/fake-surroundings';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: 'rig.lan' });
const desk = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc', fullScreen: true });
const game = entryIdSchema.parse('rig-game');
const home = { id: '9c:5c:8e:00:11:22', name: 'Home' };

class House {
  readonly store = new FakeLibraryStore({ hosts: [rig], entries: [desk] });
  readonly library = new Library({ store: this.store, history: new FakeHistoryStore(), clock: new FakeClock(), log: new SilentLog() });
  readonly around = new FakeSurroundings();
  address: string | null = null;
  summaries: LatencySummary[] = [];
  isReordering = false;
  readonly profiles = new Profiles({
    library: this.library,
    network: this.around,
    link: this.around,
    addressOf: () => this.address,
    summaries: () => this.summaries,
    sessions: () => [{ hostId: rig.id, quality: { ...freshQuality, reordering: this.isReordering } }],
  });

  async view(): Promise<ProfileView> {
    const read = await this.profiles.read(game);
    if (!read.ok) throw new Error(read.failure.message);
    expect(profileViewSchema.parse(read.value)).toEqual(read.value);
    return read.value;
  }
}

const place = { house: new House() };
beforeEach(async () => {
  place.house = new House();
  await place.house.library.load();
  await place.house.library.setApps([{ hostId: rig.id, apps: [{ id: 1, name: 'Game' }] }]);
});

describe('reading', () => {
  it('tells Moonlight’s own values where nothing is set', async () => {
    const view = await place.house.view();
    expect(view.levels).toEqual({ global: {}, host: {}, entry: {}, network: {} });
    expect(view.resolved.values).toMatchObject({ widthPx: 1280, heightPx: 720, fps: 60, bitrateKbps: 10_000, displayMode: 'fullscreen' });
    expect(new Set(Object.values(view.resolved.from))).toEqual(new Set(['default']));
    expect(view.network).toEqual({ id: home.id, name: 'Network of 192.168.1.1' });
    expect(view.budget).toMatchObject({ defaultKbps: 10_000, fits: 'yes', link: { speedMbps: 1_000, medium: 'wired' } });
  });

  it('tells from which level each value comes, the innermost first', async () => {
    const { house } = place;
    const { profiles } = house;
    await profiles.set({ level: 'global' }, { fps: 30, vsync: false, codec: 'h264', hdr: false });
    await profiles.set({ level: 'host', hostId: rig.id }, { fps: 60, codec: 'hevc', hdr: false });
    await profiles.set({ level: 'entry', entryId: game }, { fps: 90, hdr: false });
    await profiles.set({ level: 'network', network: home }, { hdr: true });
    const { resolved, network, levels } = await house.view();
    expect(resolved.values).toMatchObject({ vsync: false, codec: 'hevc', fps: 90, hdr: true });
    expect(resolved.from).toMatchObject({ vsync: 'global', codec: 'host', fps: 'entry', hdr: 'network', audio: 'default' });
    expect(network).toEqual(home);
    expect(levels.network).toEqual({ hdr: true });
  });

  it('counts a network only while this machine is in it', async () => {
    const { house } = place;
    await house.profiles.set({ level: 'network', network: home }, { fps: 120 });
    expect((await house.view()).resolved.values.fps).toBe(120);
    house.around.place = { id: '02:00:00:00:00:01', gateway: '10.0.0.1' };
    expect(await house.view()).toMatchObject({ network: { name: 'Network of 10.0.0.1' }, resolved: { values: { fps: 60 } } });
    house.around.place = null;
    expect(await house.view()).toMatchObject({ network: null, levels: { network: {} }, resolved: { values: { fps: 60 } } });
  });

  it('looks at the link to where the host answers by now', async () => {
    const { house } = place;
    await house.view();
    house.address = '10.0.0.7';
    await house.view();
    expect(house.around.asked).toEqual(['rig.lan', '10.0.0.7']);
  });

  it('takes what was measured of this host into the budget, and no other’s', async () => {
    const { house } = place;
    const slow = { probe: 'icmp', windowMs: 60_000, sent: 300, lost: 30, lossRatio: 0.1, late: 0, duplicates: 0, reordered: 0, lastRttMs: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1, jitterMs: 0 } as const;
    house.summaries = [{ ...slow, vantage: hostVantage(hostIdSchema.parse('attic')) }];
    expect((await house.view()).budget.notes).toEqual([]);
    house.summaries = [{ ...slow, vantage: hostVantage(rig.id) }];
    house.isReordering = true;
    expect((await house.view()).budget).toMatchObject({ advisedKbps: 4_000, notes: [{ kind: 'loss' }, { kind: 'few-packets' }] });
  });

  it('is for GameStream apps only', async () => {
    const { profiles } = place.house;
    expect(await profiles.read(desk.id)).toMatchObject({ ok: false, failure: { kind: 'not-supported' } });
    expect(await profiles.read(entryIdSchema.parse('nothing'))).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });
});

describe('setting', () => {
  it('saves an app that was not saved before, and lets a value be inherited again', async () => {
    const { house } = place;
    await house.profiles.set({ level: 'entry', entryId: game }, { fps: 120, hdr: true });
    expect(house.store.saved.entries[1]).toMatchObject({ id: 'rig-game', app: 'Game', profile: { fps: 120, hdr: true } });
    await house.profiles.set({ level: 'entry', entryId: game }, { hdr: true });
    expect((await house.view()).resolved).toMatchObject({ values: { fps: 60 }, from: { fps: 'default', hdr: 'entry' } });
  });

  it('keeps each network by its router, under its newest name', async () => {
    const { house } = place;
    await house.profiles.set({ level: 'network', network: home }, { fps: 120 });
    await house.profiles.set({ level: 'network', network: { id: '02:00:00:00:00:01', name: 'Train' } }, { fps: 30 });
    await house.profiles.set({ level: 'network', network: { ...home, name: 'My flat' } }, { fps: 144 });
    expect(house.store.saved.networks).toEqual([
      { ...home, name: 'My flat', profile: { fps: 144 } },
      { id: '02:00:00:00:00:01', name: 'Train', profile: { fps: 30 } },
    ]);
  });

  it('outlives other changes of the library', async () => {
    const { house } = place;
    await house.profiles.set({ level: 'global' }, { fps: 30 });
    await house.profiles.set({ level: 'network', network: home }, { hdr: true });
    await house.profiles.set({ level: 'host', hostId: rig.id }, { codec: 'av1' });
    await house.library.edit(desk.id, { name: 'Desk', protocol: 'vnc', address: rig.address, fullScreen: false, resumeCountdownS: 3 });
    await house.library.remove(desk.id);
    await house.library.restore(desk.id);
    await house.library.ensureHost('10.0.0.9', 'Cellar');
    expect(house.store.saved).toMatchObject({ profile: { fps: 30 }, networks: [{ profile: { hdr: true } }], hosts: [{ profile: { codec: 'av1' } }, {}] });
  });

  it('writes nothing where nothing was and nothing is set', async () => {
    const { house } = place;
    await house.profiles.set({ level: 'global' }, {});
    await house.profiles.set({ level: 'host', hostId: rig.id }, {});
    expect([house.store.saved.profile, house.store.saved.hosts[0]?.profile]).toEqual([undefined, undefined]);
  });

  it('is refused where there is nothing to set it for, or the disk refuses', async () => {
    const { house } = place;
    const { profiles } = house;
    expect(await profiles.set({ level: 'host', hostId: hostIdSchema.parse('attic') }, {})).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(await profiles.set({ level: 'entry', entryId: entryIdSchema.parse('nothing') }, {})).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(await profiles.set({ level: 'entry', entryId: desk.id }, { fps: 30 })).toMatchObject({ ok: false, failure: { kind: 'not-supported' } });
    house.store.refusal = new Error('ENOSPC');
    expect(await profiles.set({ level: 'global' }, { fps: 30 })).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect((await house.view()).levels.global).toEqual({});
  });
});

describe('a launch', () => {
  it('takes what the window showed', async () => {
    const { house } = place;
    await house.profiles.set({ level: 'network', network: home }, { fps: 120, displayMode: 'windowed' });
    const entry = house.library.entry(game);
    if (!entry) throw new Error('no entry');
    expect(await house.profiles.resolvedFor(entry, rig)).toEqual((await house.view()).resolved);
  });
});
