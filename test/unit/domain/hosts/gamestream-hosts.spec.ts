// Known GameStream hosts: recognised by identity, saved when something is new, paired only with all checks passed.
import { describe, expect, it } from 'vitest';
import { hostIdSchema, type HostId } from '../../../../electron/common/ids';
import { failure, success, type Result } from '../../../../electron/common/result';
import { GameStreamHosts } from '../../../../electron/domain/hosts/gamestream-hosts';
import type { GameStreamRecord } from '../../../../electron/domain/hosts/gamestream-record';
import { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { SilentLog } from '../../../fakes/silent-log';

class World {
  readonly port = new FakeGameStreamHost();
  saved: readonly GameStreamRecord[] = [];
  diskIsFull = false;
  readonly hosts = new GameStreamHosts({
    port: this.port,
    store: {
      load: () => Promise.resolve(this.saved),
      save: (records) => {
        if (this.diskIsFull) return Promise.reject(new Error('ENOSPC'));
        this.saved = records;
        return Promise.resolve();
      },
    },
    book: { ensureHost: (address): Promise<Result<HostId>> => Promise.resolve(success(hostIdSchema.parse(address.replaceAll('.', '-')))) },
    log: new SilentLog(),
  });

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
    world.diskIsFull = true;
    expect(await world.hosts.add(world.port.address, world.port.httpPort)).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(world.hosts.records).toEqual([]);
  });

  it('nobody knows are not found', async () => {
    const { hosts } = new World();
    const nobody = hostIdSchema.parse('nobody');
    expect(await hosts.look(nobody)).toEqual(failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.'));
  });
});
