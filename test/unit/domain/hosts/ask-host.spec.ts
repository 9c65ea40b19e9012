// What a session is told of its host: the host's word, which app is meant, and nothing that takes longer than two seconds.
import { describe, expect, it } from 'vitest';
import { hostIdSchema, type HostId } from '../../../../electron/common/ids';
import { success, type Result } from '../../../../electron/common/result';
import { askHost, askLimitMs, type HostTold } from '../../../../electron/domain/hosts/ask-host';
import type { GameStreamApp, GameStreamHost } from '../../../../electron/domain/hosts/gamestream-host';
import { GameStreamHosts } from '../../../../electron/domain/hosts/gamestream-hosts';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { FakeGameStreamStore } from '../../../fakes/fake-gamestream-store';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostIdSchema.parse('rig');
const desktop = { id: 7, name: 'Desktop', hdr: false };
const game = { id: 9, name: 'Game', hdr: false };
const never = new Promise<never>(() => undefined);

class World {
  readonly clock = new FakeClock();
  readonly fake = new FakeGameStreamHost();
  hanging: 'nothing' | 'all' | 'apps' = 'nothing';
  readonly port: GameStreamHost = {
    serverInfo: (access) => (this.hanging === 'all' ? never : this.fake.serverInfo(access)),
    apps: (access) => (this.hanging === 'apps' ? never : this.fake.apps(access)),
    art: (access, appId) => this.fake.art(access, appId),
    quit: (access, web) => this.fake.quit(access, web),
    pair: (request) => this.fake.pair(request),
  };
  readonly gameStream = new GameStreamHosts({
    port: this.port,
    store: new FakeGameStreamStore(),
    book: { ensureHost: (): Promise<Result<HostId>> => Promise.resolve(success(rig)) },
    log: new SilentLog(),
  });

  static async paired(apps: readonly GameStreamApp[] = [desktop, game]): Promise<World> {
    const world = new World();
    world.fake.apps_ = apps;
    await world.gameStream.add(world.fake.address, world.fake.httpPort);
    const paired = await world.gameStream.pair(rig, { pin: '1234', clientName: 'test', web: world.fake.web });
    expect(paired).toMatchObject({ ok: true });
    return world;
  }

  ask(appName = 'Game'): Promise<HostTold> {
    return askHost(this, rig, appName);
  }
}

describe('a host that is asked for a session', () => {
  it('is free, or busy with an app by its own name', async () => {
    const world = await World.paired();
    expect(await world.ask()).toEqual({ word: { kind: 'free' }, appId: 9, runningName: null });
    world.fake.running = 7;
    expect(await world.ask()).toEqual({ word: { kind: 'busy', appId: 7 }, appId: 9, runningName: 'Desktop' });
    expect(await world.ask('Gone')).toEqual({ word: { kind: 'busy', appId: 7 }, appId: null, runningName: 'Desktop' });
  });

  it('that does not answer, answers as another, or shows another certificate says so', async () => {
    const world = await World.paired();
    world.fake.reachable = false;
    expect(await world.ask()).toEqual({ word: { kind: 'silent' }, appId: 9, runningName: null });
    world.fake.reachable = true;
    world.fake.uniqueId = 'OTHER';
    expect((await world.ask()).word).toEqual({ kind: 'other-host' });
    world.fake.uniqueId = 'FAKE-HOST-1';
    world.fake.reinstall();
    expect((await world.ask()).word).toEqual({ kind: 'certificate-changed' });
  });

  it('with another identity and another certificate is another host, not a changed one', async () => {
    const world = await World.paired();
    world.fake.reinstall();
    world.fake.uniqueId = 'OTHER';
    expect((await world.ask()).word).toEqual({ kind: 'other-host' });
  });

  it('that knows us no more, never did, or is not known itself', async () => {
    const world = await World.paired();
    world.fake.forgetClients();
    expect((await world.ask()).word).toEqual({ kind: 'not-paired' });
    const fresh = new World();
    await fresh.gameStream.add(fresh.fake.address, fresh.fake.httpPort);
    expect((await fresh.ask()).word).toEqual({ kind: 'not-paired' });
    expect(await askHost(world, hostIdSchema.parse('nobody'), 'Game')).toEqual({ word: { kind: 'silent' }, appId: null, runningName: null });
  });

  it('whose app has another id since it was listed is asked for its list again', async () => {
    const world = await World.paired();
    world.fake.apps_ = [desktop, { ...game, id: 11 }];
    world.fake.running = 11;
    expect(await world.ask()).toEqual({ word: { kind: 'busy', appId: 11 }, appId: 11, runningName: 'Game' });
  });

  it('with two apps of one name means the one that runs', async () => {
    const world = await World.paired([game, { ...game, id: 10 }]);
    expect((await world.ask()).appId).toBe(9);
    world.fake.running = 10;
    expect((await world.ask()).appId).toBe(10);
  });

  it('that hangs is silent after two seconds, and no timer stays behind an answer', async () => {
    const world = await World.paired();
    await world.ask();
    expect(world.clock.pending).toBe(0);
    world.hanging = 'all';
    const told = world.ask();
    world.clock.advance(askLimitMs);
    expect(await told).toEqual({ word: { kind: 'silent' }, appId: 9, runningName: null });
  });

  it('whose list hangs has still said what it runs', async () => {
    const world = await World.paired();
    world.fake.running = 11;
    world.hanging = 'apps';
    const told = world.ask();
    await new Promise((resolve) => setImmediate(resolve));
    world.clock.advance(askLimitMs);
    expect(await told).toEqual({ word: { kind: 'busy', appId: 11 }, appId: 9, runningName: null });
  });
});
