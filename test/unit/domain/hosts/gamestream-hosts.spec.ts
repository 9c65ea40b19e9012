// Known GameStream hosts: recognised by identity, saved when something is new, paired only with all checks passed.
import { describe, expect, it } from 'vitest';
import { hostIdSchema, type HostId } from '../../../../electron/common/ids';
import { failure, success, type Result } from '../../../../electron/common/result';
import { GameStreamHosts } from '../../../../electron/domain/hosts/gamestream-hosts';
import type { GameStreamRecord } from '../../../../electron/domain/hosts/gamestream-record';
import { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { FakeGameStreamStore } from '../../../fakes/fake-gamestream-store';
import { SilentLog } from '../../../fakes/silent-log';

class World {
  readonly port = new FakeGameStreamHost();
  readonly store = new FakeGameStreamStore();
  readonly hosts = new GameStreamHosts({
    port: this.port,
    store: this.store,
    book: { ensureHost: (address): Promise<Result<HostId>> => Promise.resolve(success(hostIdSchema.parse(address.replaceAll('.', '-')))) },
    log: new SilentLog(),
  });

  get saved(): readonly GameStreamRecord[] {
    return this.store.saved;
  }

  async add(): Promise<HostId> {
    const added = await this.hosts.add(this.port.address, this.port.httpPort);
    if (!added.ok) throw new Error(added.failure.message);
    return added.value.record.hostId;
  }

  async pair(): Promise<HostId> {
    const hostId = await this.add();
    const paired = this.hosts.pair(hostId, { pin: '1234', clientName: 'test' });
    await expect.poll(() => this.port.pinWanted).toBe(true);
    this.port.typePin('1234');
    expect(await paired).toMatchObject({ ok: true });
    return hostId;
  }
}

describe('GameStream hosts', () => {
  it('are known by identity: asking the same address twice makes one', async () => {
    const world = new World();
    await world.add();
    await world.add();
    expect(world.saved).toHaveLength(1);
  });

  it('are not added when they do not answer', async () => {
    const world = new World();
    world.port.reachable = false;
    expect(await world.hosts.add(world.port.address, world.port.httpPort)).toMatchObject({ ok: false });
    expect(world.saved).toEqual([]);
  });

  it('an address that answers with another identity is not this host, and is not added as one in silence', async () => {
    const world = new World();
    const hostId = await world.add();
    world.port.uniqueId = 'SOMEBODY-ELSE';
    expect(await world.hosts.look(hostId)).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } });
    expect(await world.hosts.add(world.port.address, world.port.httpPort)).toMatchObject({ ok: false, failure: { kind: 'already-there' } });
    expect(world.saved[0]).toMatchObject({ uniqueId: 'FAKE-HOST-1' });
  });

  it('keep the certificate and the apps after pairing', async () => {
    const world = new World();
    world.port.apps_ = [{ id: 7, name: 'Desktop', hdr: false }];
    await world.pair();
    expect(world.saved[0]).toMatchObject({ certificatePem: world.port.certificatePem, apps: [{ id: 7, name: 'Desktop', hdr: false }] });
  });

  it('keep nothing of a pairing with a wrong PIN', async () => {
    const world = new World();
    const hostId = await world.add();
    const paired = world.hosts.pair(hostId, { pin: '1234', clientName: 'test' });
    await expect.poll(() => world.port.pinWanted).toBe(true);
    world.port.typePin('9999');
    expect(await paired).toMatchObject({ ok: false, failure: { kind: 'wrong-pin' } });
    expect(world.saved[0]).toMatchObject({ certificatePem: null });
  });

  it('that were reinstalled can be paired again', async () => {
    const world = new World();
    const hostId = await world.pair();
    const before = world.saved[0]?.certificatePem;
    world.port.reinstall();
    expect(await world.hosts.refreshApps(hostId)).toMatchObject({ ok: false });
    await world.pair();
    expect(world.saved[0]?.certificatePem).not.toBe(before);
  });

  it('list and quit apps only when they are paired', async () => {
    const world = new World();
    const hostId = await world.add();
    expect(await world.hosts.refreshApps(hostId)).toMatchObject({ ok: false, failure: { kind: 'not-paired' } });
    expect(await world.hosts.quit(hostId)).toMatchObject({ ok: false, failure: { kind: 'not-paired' } });
    expect(world.port.calls).not.toContain('quit');
  });

  it('a full disk is told, and what was known stays', async () => {
    const world = new World();
    world.store.diskIsFull = true;
    expect(await world.hosts.add(world.port.address, world.port.httpPort)).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(world.hosts.records).toEqual([]);
  });

  it('nobody knows are not found', async () => {
    const { hosts } = new World();
    const nobody = hostIdSchema.parse('nobody');
    expect(await hosts.look(nobody)).toEqual(failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.'));
    for (const asked of [hosts.quit(nobody), hosts.refreshApps(nobody), hosts.forget(nobody), hosts.pair(nobody, { pin: '1234', clientName: 'test' })]) {
      expect(await asked).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    }
  });

  it('a look that was under way while the host was paired does not undo the pairing', async () => {
    const world = new World();
    const hostId = await world.add();
    const ask = world.port.serverInfo.bind(world.port);
    const held: { release: () => void } = { release: () => undefined };
    const gate = new Promise<void>((resolve) => (held.release = resolve));
    // The look begins before the pairing, and its answer brings another MAC after it.
    world.port.serverInfo = async (access) => {
      const answer = await ask(access);
      await gate;
      return answer.ok ? success({ ...answer.value, mac: '02:00:00:00:00:99' }) : answer;
    };
    const slow = world.hosts.look(hostId);
    world.port.serverInfo = ask;
    await world.pair();
    held.release();
    await slow;
    expect(world.saved).toMatchObject([{ certificatePem: world.port.certificatePem, mac: '02:00:00:00:00:99' }]);
  });

  it('another Athena has written are not lost by our own writing, and seen when they are read again', async () => {
    const world = new World();
    const hostId = await world.add();
    const other = { ...world.saved[0], hostId: hostIdSchema.parse('other'), uniqueId: 'OTHER' } as GameStreamRecord;
    world.store.saved = [...world.saved, other];
    await world.pair();
    expect(world.hosts.records.map(({ uniqueId }) => uniqueId)).toEqual(['FAKE-HOST-1', 'OTHER']);
    world.store.saved = [other];
    await world.hosts.reload();
    expect(world.hosts.record(hostId)).toBeNull();
  });

  it('are written only when an answer tells something new', async () => {
    const world = new World();
    const hostId = await world.pair();
    const before = world.store.changes;
    await world.hosts.look(hostId);
    await world.hosts.refreshApps(hostId);
    expect(world.store.changes).toBe(before);
  });

  it('can be forgotten; what they run is no longer our business', async () => {
    const world = new World();
    const hostId = await world.pair();
    expect(await world.hosts.forget(hostId)).toEqual({ ok: true, value: null });
    expect(world.saved).toEqual([]);
    expect(await world.hosts.quit(hostId)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });

  it('that refuse to quit while somebody streams are asked through their web page', async () => {
    const world = new World();
    const hostId = await world.pair();
    Object.assign(world.port, { running: 7, streamed: true });
    expect(await world.hosts.quit(hostId)).toMatchObject({ ok: false, failure: { kind: 'host-busy' } });
    expect(await world.hosts.quit(hostId, world.port.web)).toEqual({ ok: true, value: null });
  });

  it('answer although the disk is full', async () => {
    const world = new World();
    const hostId = await world.pair();
    world.store.saved = world.saved.map((record) => ({ ...record, mac: null }));
    await world.hosts.reload();
    world.store.diskIsFull = true;
    expect(await world.hosts.look(hostId)).toMatchObject({ ok: true, value: { info: { paired: true } } });
  });

  it('keep sixteen addresses, and nothing that came by itself pushes out a good one', async () => {
    const world = new World();
    const hostId = await world.add();
    world.store.saved = world.saved.map((record) => ({ ...record, addresses: Array.from({ length: 16 }, (_, index) => `198.51.100.${index}`) }));
    await world.hosts.reload();
    expect(await world.hosts.recognise(world.port.address, world.port.httpPort)).toBe(hostId);
    expect(world.saved[0]?.addresses).not.toContain(world.port.address);
    expect(await world.hosts.add(world.port.address, world.port.httpPort)).toMatchObject({ ok: true });
    expect(world.saved[0]?.addresses).toHaveLength(16);
    expect(world.saved[0]?.addresses[0]).toBe(world.port.address);
  });
});
