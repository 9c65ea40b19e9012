// Waking a host: the signal until it answers, one at a time, with an end.
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../../../electron/domain/cancel-source';
import { hostIdSchema, type HostId } from '../../../../electron/common/ids';
import { Wake, wakeLimitMs } from '../../../../electron/domain/hosts/wake';
import type { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { FakeWakeSignal } from '../../../fakes/fake-host-network';
import { HostsWorld, settle } from './hosts-world';

class World extends HostsWorld {
  readonly signal = new FakeWakeSignal();
  readonly wake = new Wake(this);

  async sleeping(): Promise<{ readonly fake: FakeGameStreamHost; readonly hostId: HostId }> {
    const host = await this.host('192.0.2.10', 'MINE', [{ id: 7, name: 'Desktop', hdr: false }]);
    await this.watch.lookNow(host.hostId);
    host.fake.reachable = false;
    return host;
  }
}

describe('waking a host', () => {
  it.each([true, false])('waits until it answers, then stops the signal (watched: %s)', async (watched) => {
    const world = new World();
    const { fake, hostId } = await world.sleeping();
    if (watched) world.watch.start();
    await world.pass(5_000);
    const answer = world.wake.wakeAndWait(hostId);
    await world.pass(10_000);
    expect(world.signal.sent).toEqual([{ hostId, mac: '02:00:00:41:54:48', addresses: ['192.0.2.10'], httpPorts: [47_989] }]);
    expect(world.kind(hostId)).toBe('booting');
    expect(world.signal.running).toBe(1);
    fake.reachable = true;
    await world.pass(3_000);
    expect(await answer).toEqual({ ok: true, value: null });
    expect(world.kind(hostId)).toBe('online');
    expect(world.signal.running).toBe(0);
    world.watch.dispose();
    expect(world.clock.pending).toBe(0);
  });

  it('ends after as long as a boot takes', async () => {
    const world = new World();
    const { hostId } = await world.sleeping();
    const answer = world.wake.wakeAndWait(hostId);
    await world.pass(wakeLimitMs + 5_000);
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'timed-out' } });
    expect(world.signal.running).toBe(0);
    world.watch.dispose();
    expect(world.clock.pending).toBe(0);
  });

  it('twice is one signal, and both wait for the same answer', async () => {
    const world = new World();
    const { fake, hostId } = await world.sleeping();
    const both = [world.wake.wakeAndWait(hostId), world.wake.wakeAndWait(hostId)];
    expect(await world.wake.wake(hostId)).toEqual({ ok: true, value: null });
    await settle();
    fake.reachable = true;
    await world.pass(3_000);
    expect(await Promise.all(both)).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    expect(world.signal.sent).toHaveLength(1);
  });

  it('is left by who does not wait any more', async () => {
    const world = new World();
    const { hostId } = await world.sleeping();
    const cancel = new CancelSource();
    const answer = world.wake.wakeAndWait(hostId, cancel);
    await settle();
    cancel.cancel();
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(await world.wake.wakeAndWait(hostId, cancel)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    world.wake.dispose();
    expect(world.signal.running).toBe(0);
  });

  it('needs its hardware address, which it tells when it is paired', async () => {
    const world = new World();
    const { hostId } = await world.host();
    expect(await world.wake.wake(hostId)).toMatchObject({ ok: false, failure: { kind: 'not-paired', advice: expect.stringContaining('pair') as string } });
    expect(await world.wake.wakeAndWait(hostIdSchema.parse('nobody'))).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(world.signal.sent).toEqual([]);
  });

  it('says when no network took the signal', async () => {
    const world = new World();
    const { hostId } = await world.sleeping();
    world.signal.isTaken = false;
    expect(await world.wake.wake(hostId)).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } });
    expect(await world.wake.wakeAndWait(hostId)).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } });
    expect(world.signal.running).toBe(0);
  });

  it('that is on already answers at once', async () => {
    const world = new World();
    const { fake, hostId } = await world.sleeping();
    fake.reachable = true;
    expect(await world.wake.wakeAndWait(hostId)).toEqual({ ok: true, value: null });
  });
});
