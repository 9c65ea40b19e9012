// All sessions: one an entry, launched once however often somebody presses, and none that outlives its end.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EntryId, SessionId } from '../../../../electron/common/ids';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from '../../../../electron/common/ids';
import { failure, success, type Result } from '../../../../electron/common/result';
import { Sessions, type LaunchFacts } from '../../../../electron/domain/session/sessions';
import { FakeClientKeeper } from '../../../fakes/fake-client-keeper';
import { Deferred, game, rig, SessionBench, settle } from './session-bench';

const other = { ...game, id: entryIdSchema.parse('other'), name: 'Other' };
const entries = new Map([game, other].map((entry) => [entry.id, entry]));

class House {
  readonly bench = new SessionBench();
  readonly keepers: FakeClientKeeper[] = [];
  readonly told: string[] = [];
  look: (id: EntryId) => Promise<Result<LaunchFacts>> = async (id) => {
    const entry = entries.get(id);
    if (!entry) return failure('not-found', `There is no entry "${id}".`, 'Look at the library.');
    return success({ entry, host: rig, clientName: 'TigerVNC' });
  };
  readonly sessions = new Sessions({
    look: (id) => this.look(id),
    createKeeper: () => {
      const keeper = new FakeClientKeeper();
      this.keepers.push(keeper);
      return keeper;
    },
    partsFor: (_facts, keeper) => this.bench.parts(keeper as FakeClientKeeper),
    newId: () => `s${this.keepers.length + 1}`,
  });

  constructor() {
    // Only its clock, its control and its parts are wanted here.
    void this.bench.supervisor.dispose();
    this.sessions.onNews({ forgotten: (id) => this.told.push(`forgotten ${id}`) });
  }

  async launch(id: EntryId = game.id): Promise<SessionId> {
    const launched = await this.sessions.launch(id);
    if (!launched.ok) throw new Error(launched.failure.message);
    await settle();
    return launched.value;
  }

  keeper(index: number): FakeClientKeeper {
    const keeper = this.keepers[index];
    if (!keeper) throw new Error(`there is no keeper ${index}`);
    return keeper;
  }

  get kept(): number {
    return this.keepers.filter(({ isKeeping }) => isKeeping).length;
  }
}

const place: { house: House } = { house: new House() };
beforeEach(() => {
  place.house = new House();
});

describe('a launch', () => {
  it('begins a session and starts its client', async () => {
    const { house } = place;
    const id = await house.launch();
    expect(house.sessions.view(id)).toMatchObject({ id, entryId: 'game', hostId: 'rig', name: 'Game', link: { kind: 'connecting' } });
    expect(house.kept).toBe(1);
    expect(house.sessions.clientPid(id)).toBe(4_000);
  });

  it('of an entry that is in use hands back its session', async () => {
    const { house } = place;
    const id = await house.launch();
    expect(await house.launch()).toBe(id);
    house.keeper(0).streams();
    expect(await house.launch()).toBe(id);
    expect([house.keepers.length, house.sessions.views().length]).toEqual([1, 1]);
  });

  it('pressed twice starts one client', async () => {
    const { house } = place;
    const answer = new Deferred<Result<LaunchFacts>>();
    house.look = () => answer.promise;
    const both = [house.sessions.launch(game.id), house.sessions.launch(game.id)];
    answer.resolve(success({ entry: game, host: rig, clientName: 'TigerVNC' }));
    const [first, second] = await Promise.all(both);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({ ok: false, failure: { kind: 'already-there' } });
    await settle();
    expect(house.kept).toBe(1);
  });

  it('pressed twice for an entry whose session has ended starts one client, too', async () => {
    const { house } = place;
    const before = await house.launch();
    house.keeper(0).end({ kind: 'ended-by-user' });
    const [first, second] = await Promise.all([house.sessions.launch(game.id), house.sessions.launch(game.id)]);
    await settle();
    expect([first?.ok, second?.ok].filter(Boolean)).toHaveLength(1);
    expect(house.sessions.views()).toHaveLength(1);
    expect(house.kept).toBe(1);
    expect(house.told).toEqual([`forgotten ${before}`]);
  });

  it('of an entry whose session has ended begins anew', async () => {
    const { house } = place;
    const before = await house.launch();
    house.keeper(0).end({ kind: 'ended-by-user' });
    const after = await house.launch();
    expect(after).not.toBe(before);
    expect(house.keeper(0).isDisposed).toBe(true);
    expect(house.sessions.view(before)).toBeNull();
    expect(house.kept).toBe(1);
  });

  it('of an entry that waits for its host tries at once', async () => {
    const { house } = place;
    const id = await house.launch();
    house.keeper(0).streams();
    house.keeper(0).end({ kind: 'connection-lost' });
    expect(house.sessions.view(id)?.link.kind).toBe('gating');
    expect(await house.launch()).toBe(id);
    expect(house.keeper(0).starts).toHaveLength(2);
  });

  it('tells why it cannot be', async () => {
    const { house } = place;
    expect(await house.sessions.launch(entryIdSchema.parse('nothing'))).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    // It may be tried again.
    expect(await house.sessions.launch(entryIdSchema.parse('nothing'))).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(house.keepers).toEqual([]);
  });

  it('that throws may be tried again', async () => {
    const { house } = place;
    const { look } = house;
    house.look = () => Promise.reject(new Error('the disk is gone'));
    await expect(house.sessions.launch(game.id)).rejects.toThrow('the disk is gone');
    house.look = look;
    await house.launch();
    expect(house.kept).toBe(1);
  });

  it('leaves other entries alone', async () => {
    const { house } = place;
    const [one, two] = [await house.launch(), await house.launch(other.id)];
    await house.sessions.end(one);
    expect(house.sessions.view(two)?.link.kind).toBe('connecting');
    expect(house.kept).toBe(1);
  });
});

describe('a stop', () => {
  it('ends the session, and forgets it the second time', async () => {
    const { house } = place;
    const id = await house.launch();
    expect(await house.sessions.stop(id)).toEqual({ ok: true, value: undefined });
    await settle();
    expect(house.sessions.view(id)?.link).toMatchObject({ kind: 'ended', reason: 'stopped' });
    expect(house.told).toEqual([]);
    await house.sessions.stop(id);
    expect(house.sessions.view(id)).toBeNull();
    expect(house.told).toEqual([`forgotten ${id}`]);
  });

  it('of a session that is not there is told so, like every other wish', async () => {
    const { sessions } = place.house;
    const nobody = sessionIdSchema.parse('nobody');
    const expected = { ok: false, failure: { kind: 'not-found' } };
    expect(await sessions.stop(nobody)).toMatchObject(expected);
    expect(sessions.steer(nobody, { kind: 'pause-wanted' })).toMatchObject(expected);
    expect(sessions.readOutput(nobody)).toMatchObject(expected);
    expect([sessions.view(nobody), sessions.clientPid(nobody)]).toEqual([null, null]);
  });
});

describe('news', () => {
  it('tell changes, marks and output of the session they belong to, until nobody listens', async () => {
    const { house } = place;
    const heard: string[] = [];
    const subscription = house.sessions.onNews({
      changed: ({ link }) => heard.push(link.kind),
      marked: (_view, { kind }) => heard.push(`mark ${kind}`),
      printed: (sessionId, startsAt, text) => heard.push(`${sessionId} ${startsAt} ${text}`),
    });
    const id = await house.launch();
    house.keeper(0).print('hello');
    house.keeper(0).print(' again');
    house.keeper(0).streams();
    expect(heard).toEqual([
      'mark launched',
      'connecting',
      'mark client-started',
      `${id} 0 hello`,
      `${id} 5  again`,
      'mark streaming',
      'streaming',
    ]);
    expect(house.sessions.readOutput(id)).toEqual({ ok: true, value: { text: 'hello again', endsAt: 11 } });
    subscription.dispose();
    await house.sessions.end(id);
    expect(heard).toHaveLength(7);
  });
});

describe('a host', () => {
  async function waiting(house: House): Promise<SessionId> {
    const id = await house.launch();
    const keeper = house.keeper(0);
    keeper.streams();
    keeper.end({ kind: 'connection-lost' });
    await house.bench.openGate();
    keeper.end({ kind: 'host-unreachable' });
    expect(house.sessions.view(id)?.link.kind).toBe('waiting');
    return id;
  }

  it('that is seen again shortens the wait of its sessions, and of no others', async () => {
    const { house } = place;
    const id = await waiting(house);
    house.sessions.hostSeen(hostIdSchema.parse('attic'));
    expect(house.sessions.view(id)?.link.kind).toBe('waiting');
    house.sessions.hostSeen(rig.id);
    expect(house.sessions.view(id)?.link.kind).toBe('gating');
  });

  it('whose key is trusted is looked at again', async () => {
    const { house } = place;
    await house.launch();
    const before = house.bench.control.calls.length;
    house.sessions.hostKeyTrusted(hostIdSchema.parse('attic'));
    await settle();
    expect(house.bench.control.calls).toHaveLength(before);
    house.sessions.hostKeyTrusted(rig.id);
    await settle();
    expect(house.bench.control.calls.slice(before).map(({ order }) => order)).toEqual(['warm', 'read']);
  });
});

describe('the end of everything', () => {
  it('ends all clients and leaves no timer', async () => {
    const { house } = place;
    await house.launch();
    await house.launch(other.id);
    house.keeper(0).streams();
    await house.sessions.dispose();
    expect(house.kept).toBe(0);
    expect(house.keepers.every(({ isDisposed }) => isDisposed)).toBe(true);
    expect(house.bench.clock.pending).toBe(0);
    expect(house.sessions.views()).toEqual([]);
  });

  it('lets a launch that is under way begin nothing', async () => {
    const { house } = place;
    const answer = new Deferred<Result<LaunchFacts>>();
    house.look = () => answer.promise;
    const launching = house.sessions.launch(game.id);
    await house.sessions.dispose();
    answer.resolve(success({ entry: game, host: rig, clientName: 'TigerVNC' }));
    expect(await launching).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(house.keepers).toEqual([]);
  });
});
