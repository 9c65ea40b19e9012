// Watching hosts: asked every few seconds while they are there, only pinged while they sleep, each by itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { lookLimitMs } from '../../../../electron/domain/hosts/watched-host';
import { HostsWorld, settle } from './hosts-world';

const desktop = { id: 7, name: 'Desktop', hdr: false };
const game = { id: 9, name: 'Game', hdr: false };

describe('a host under watch', () => {
  it('is asked at once and every three seconds, and told of only when something changed', async () => {
    const world = new HostsWorld();
    const { hostId } = await world.host();
    const told: string[] = [];
    world.watch.onNews({ changed: (views) => told.push(views.map(({ state }) => state).join()) });
    expect(world.kind(hostId)).toBe('unknown');
    world.watch.start();
    await world.pass(0);
    await world.pass(30_000);
    expect(world.kind(hostId)).toBe('online');
    expect(told).toEqual(['online']);
    expect(world.network.asked.length).toBeGreaterThanOrEqual(9);
    expect(world.network.asked.length).toBeLessThanOrEqual(12);
  });

  it('is not asked before somebody starts the watch, nor after its end', async () => {
    const world = new HostsWorld();
    await world.host();
    await world.pass(20_000);
    expect(world.network.asked).toEqual([]);
    world.watch.start();
    await world.pass(5_000);
    world.watch.dispose();
    world.network.asked.length = 0;
    await world.pass(60_000);
    expect(world.network.asked).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  it('may miss once; the second miss puts it to sleep, and from then on it is only pinged', async () => {
    const world = new HostsWorld();
    const { fake, hostId } = await world.host();
    world.watch.start();
    await world.pass(4_000);
    fake.reachable = false;
    await world.pass(3_000);
    expect(world.kind(hostId)).toBe('online');
    await world.pass(3_000);
    expect(world.kind(hostId)).toBe('asleep');
    world.network.asked.length = 0;
    await world.pass(300_000);
    expect(world.network.asked).toEqual([]);
    expect(world.ping.asked.length).toBeGreaterThanOrEqual(19);
  });

  it('that is pinged awake boots, and is asked until it answers', async () => {
    const world = new HostsWorld();
    const { fake, hostId } = await world.host();
    fake.reachable = false;
    world.watch.start();
    await world.pass(2_000);
    expect(world.kind(hostId)).toBe('asleep');
    world.ping.answer = true;
    await world.pass(16_000);
    expect(world.kind(hostId)).toBe('booting');
    const appeared: string[] = [];
    world.watch.onNews({ appeared: (id) => appeared.push(id) });
    fake.reachable = true;
    await world.pass(3_000);
    expect(world.kind(hostId)).toBe('online');
    expect(appeared).toEqual([hostId]);
  });

  it('is not given up where nobody can ping: an announcement wakes the watch', async () => {
    const world = new HostsWorld();
    const { fake, hostId } = await world.host();
    world.ping.answer = null;
    fake.reachable = false;
    world.watch.start();
    await world.pass(60_000);
    expect(world.kind(hostId)).toBe('asleep');
    fake.reachable = true;
    world.watch.announced(hostId);
    await world.pass(3_000);
    expect(world.kind(hostId)).toBe('online');
  });

  it('that never answers its question is a miss, and does not hold up the others', async () => {
    const world = new HostsWorld();
    const slow = await world.host('192.0.2.1', 'SLOW');
    const quick = await world.host('192.0.2.2', 'QUICK');
    world.watch.start();
    await world.pass(1_000);
    world.network.hanging.add('192.0.2.1');
    await world.pass(lookLimitMs + 5_000);
    expect(world.network.underWay.get('192.0.2.1')).toBe(1);
    quick.fake.running = 4;
    await world.pass(4_000);
    expect(world.kind(quick.hostId)).toBe('busy');
    await world.pass(3 * lookLimitMs);
    expect(world.kind(slow.hostId)).toBe('asleep');
  });

  it('has another host at its address, or another certificate', async () => {
    const world = new HostsWorld();
    const { fake, hostId } = await world.host('192.0.2.10', 'MINE', [game]);
    world.watch.start();
    await world.pass(1_000);
    fake.uniqueId = 'OTHER';
    await world.pass(4_000);
    expect(world.watch.state(hostId)).toMatchObject({ kind: 'address-in-doubt', otherId: 'OTHER' });
    fake.uniqueId = 'MINE';
    await world.pass(11_000);
    expect(world.kind(hostId)).toBe('online');
    fake.reinstall();
    await world.pass(4_000);
    expect(world.kind(hostId)).toBe('certificate-changed');
    fake.uniqueId = 'OTHER';
    await world.pass(11_000);
    expect(world.kind(hostId)).toBe('address-in-doubt');
  });

  it('is found at its second address, which becomes its first', async () => {
    const world = new HostsWorld();
    const { fake, hostId } = await world.host('192.0.2.10');
    world.network.put(fake, '192.0.2.99');
    expect(await world.gameStream.add('192.0.2.99', fake.httpPort)).toMatchObject({ ok: true, value: { record: { hostId } } });
    world.network.at.delete('192.0.2.99');
    world.watch.start();
    await world.pass(1_000);
    expect(world.kind(hostId)).toBe('online');
    expect(world.watch.views()).toMatchObject([{ addresses: ['192.0.2.10', '192.0.2.99'] }]);
  });
});

describe('apps under watch', () => {
  it('tell what runs there, and that our own was left paused', async () => {
    const world = new HostsWorld();
    const { fake, hostId } = await world.host('192.0.2.10', 'MINE', [desktop, game]);
    world.watch.start();
    fake.running = 9;
    await world.pass(1_000);
    expect(world.watch.views()).toMatchObject([{ state: 'busy', runningApp: 'Game', paired: true }]);
    world.watch.streamBegan(hostId, 'Game');
    await world.pass(4_000);
    expect(world.kind(hostId)).toBe('busy');
    world.watch.streamEnded(hostId);
    expect(world.watch.views()).toMatchObject([{ state: 'paused', runningApp: 'Game' }]);
    world.watch.streamBegan(hostId, 'Game');
    expect(world.kind(hostId)).toBe('busy');
    world.watch.streamEnded(hostId);
    fake.running = null;
    await world.pass(4_000);
    expect(world.watch.views()).toMatchObject([{ state: 'online', runningApp: null }]);
  });

  it('are read anew when the host comes, then with every tenth answer, and when an unknown one runs', async () => {
    const world = new HostsWorld();
    const { fake } = await world.host('192.0.2.10', 'MINE', [game]);
    const reads = (): number => fake.calls.filter((call) => call === 'apps').length;
    world.watch.start();
    await world.pass(2_000);
    expect(reads()).toBe(1);
    await world.pass(60_000);
    expect(reads()).toBeGreaterThanOrEqual(2);
    expect(reads()).toBeLessThanOrEqual(4);
    const before = reads();
    fake.apps_ = [desktop, { ...game, id: 11 }];
    fake.running = 11;
    await world.pass(4_000);
    expect(reads()).toBe(before + 1);
    expect(world.watch.views()).toMatchObject([{ runningApp: 'Game' }]);
    // One that the host does not list either is not looked up again and again.
    fake.running = 99;
    await world.pass(4_000);
    const after = reads();
    await world.pass(9_000);
    expect(reads()).toBeLessThanOrEqual(after + 1);
    expect(world.watch.views()).toMatchObject([{ state: 'busy', runningApp: null }]);
  });

  it('are nobody’s business once the host knows us no more; the view says that it is not paired', async () => {
    const world = new HostsWorld();
    const { fake } = await world.host('192.0.2.10', 'MINE', [game]);
    world.watch.start();
    await world.pass(1_000);
    fake.forgetClients();
    fake.calls.length = 0;
    await world.pass(40_000);
    expect(fake.calls).not.toContain('apps');
    expect(world.watch.views()).toMatchObject([{ state: 'online', paired: false }]);
  });
});

describe('the set of hosts', () => {
  it('grows and shrinks with the records, also with those another Athena wrote', async () => {
    const world = new HostsWorld();
    world.watch.start();
    const { hostId } = await world.host();
    await world.pass(1_000);
    expect(world.kind(hostId)).toBe('online');
    const kept = world.store.saved;
    expect(await world.gameStream.forget(hostId)).toEqual({ ok: true, value: null });
    expect(world.watch.state(hostId)).toBeNull();
    expect(world.watch.views()).toEqual([]);
    world.store.saved = kept;
    await world.pass(8_000);
    expect(world.kind(hostId)).toBe('online');
    world.store.saved = [];
    await world.pass(4_000);
    expect(world.watch.views()).toEqual([]);
    world.network.asked.length = 0;
    await world.pass(20_000);
    expect(world.network.asked).toEqual([]);
  });

  it('is asked one question a host at a time, whoever wants to know', async () => {
    const world = new HostsWorld();
    const { hostId } = await world.host();
    world.watch.start();
    const looks = [world.watch.lookNow(hostId), world.watch.lookNow(hostId)];
    expect(await Promise.all(looks)).toMatchObject([{ kind: 'online' }, { kind: 'online' }]);
    expect(world.network.most).toBe(1);
  });

  it('can be asked once without being watched, as a command does', async () => {
    const world = new HostsWorld();
    const { hostId, fake } = await world.host();
    expect(await world.watch.lookNow(hostId)).toMatchObject({ kind: 'online' });
    fake.reachable = false;
    await world.watch.lookNow(hostId);
    expect(await world.watch.lookNow(hostId)).toMatchObject({ kind: 'asleep' });
    expect(world.clock.pending).toBe(0);
  });

  it('sees what was written elsewhere when somebody looks', async () => {
    const world = new HostsWorld();
    const { hostId } = await world.host();
    world.store.saved = world.store.saved.map((record) => ({ ...record, mac: '02:00:00:00:00:01' }));
    await world.watch.lookNow(hostId);
    expect(world.watch.views()).toMatchObject([{ mac: '02:00:00:00:00:01' }]);
  });
});

describe('whatever happens', () => {
  it('a host that is back is seen again, and one that sleeps is never connected to', async () => {
    const change = fc.oneof(
      fc.constant('vanish' as const),
      fc.constant('return' as const),
      fc.constant('hang' as const),
      fc.constant('other' as const),
      fc.constant('run' as const),
      fc.constant('announce' as const),
      fc.constant('look' as const),
      fc.constant('stream' as const),
      fc.constant('stream-over' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(change, fc.integer({ min: 0, max: 40 })), { maxLength: 12 }), async (steps) => {
        const world = new HostsWorld();
        const { fake, hostId } = await world.host('192.0.2.10', 'MINE', [game]);
        world.watch.start();
        for (const [what, seconds] of steps) {
          world.network.hanging.clear();
          if (what === 'vanish') fake.reachable = false;
          if (what === 'return') [fake.reachable, fake.uniqueId] = [true, 'MINE'];
          if (what === 'hang') world.network.hanging.add(fake.address);
          if (what === 'other') fake.uniqueId = 'OTHER';
          if (what === 'run') fake.running = fake.running === null ? 9 : null;
          if (what === 'announce') world.watch.announced(hostId);
          if (what === 'look') void world.watch.lookNow(hostId);
          if (what === 'stream') world.watch.streamBegan(hostId, 'Game');
          if (what === 'stream-over') world.watch.streamEnded(hostId);
          await world.pass(seconds * 1_000, 1_500);
          const wasAsleep = world.kind(hostId) === 'asleep';
          const before = world.network.asked.length;
          await world.pass(1_000);
          if (wasAsleep && world.kind(hostId) === 'asleep') expect(world.network.asked).toHaveLength(before);
        }
        world.network.hanging.clear();
        [fake.reachable, fake.uniqueId] = [true, 'MINE'];
        world.ping.answer = true;
        await world.pass(3 * lookLimitMs, 1_500);
        expect(['online', 'busy', 'paused']).toContain(world.kind(hostId));
        world.watch.dispose();
        // Answers that were given up may still be under way, but no timer of the watch.
        expect(world.clock.pending).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('a bug in a look is a line in the log and a miss, not the end of the watch', async () => {
    const world = new HostsWorld();
    const { hostId } = await world.host();
    const broken = new FakeGameStreamHost();
    broken.serverInfo = () => Promise.reject(new Error('a bug'));
    world.network.put(broken);
    world.watch.start();
    await world.pass(1_000);
    expect(world.kind(hostId)).toBe('asleep');
    expect(world.log.heard.find(({ level }) => level === 'error')).toMatchObject({ fields: { error: new Error('a bug') } });
    await settle();
  });
});
