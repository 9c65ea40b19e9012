// Hosts that announce themselves: strangers are listed, known ones recognised by their identity, and a flood stays a trickle.
import { describe, expect, it } from 'vitest';
import type { FoundHost } from '../../../../electron/common/gamestream';
import { foundHosts, FoundHosts } from '../../../../electron/domain/hosts/found-hosts';
import type { AnnouncedHost } from '../../../../electron/domain/hosts/host-discovery';
import { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { FakeDiscovery } from '../../../fakes/fake-host-network';
import { HostsWorld, settle } from './hosts-world';

const port = 47_989;

class World extends HostsWorld {
  readonly discovery = new FakeDiscovery();
  readonly found = new FoundHosts(this);
  readonly lists: (readonly FoundHost[])[] = [];
  readonly announced: string[] = [];

  constructor() {
    super();
    this.found.onNews({ changed: (list) => this.lists.push(list), announced: (hostId) => this.announced.push(hostId) });
    this.found.start();
  }

  async announce(name: string, ...addresses: string[]): Promise<void> {
    this.discovery.announce({ name, addresses, httpPort: port });
    await settle();
  }

  names(): string[] {
    return this.found.list().map(({ name }) => name);
  }
}

describe('hosts that announce themselves', () => {
  it('are listed until they go, are added, or were known all along', async () => {
    const world = new World();
    const { hostId } = await world.host('192.0.2.10');
    await world.announce('Known', '192.0.2.10');
    await world.announce('Stranger', '192.0.2.77');
    await world.announce('Guest', '192.0.2.88');
    expect(world.names()).toEqual(['Guest', 'Stranger']);
    expect(world.announced).toEqual([hostId]);
    expect(world.found.announced()).toMatchObject([{ host: { name: 'Known' }, hostId }, { host: { name: 'Stranger' }, hostId: null }, { hostId: null }]);
    world.discovery.lose('Guest');
    expect(world.names()).toEqual(['Stranger']);
    await world.host('192.0.2.77', 'STRANGER');
    expect(world.names()).toEqual([]);
    expect(world.lists.map((list) => list.map(({ name }) => name).join())).toEqual(['Stranger', 'Guest,Stranger', 'Stranger', '']);
  });

  it('are known only with their port: two may live at one address', async () => {
    const world = new World();
    await world.host('192.0.2.10');
    world.discovery.announce({ name: 'Second', addresses: ['192.0.2.10'], httpPort: 48_989 });
    expect(world.names()).toEqual(['Second']);
  });

  it('are recognised at a new address by their identity, and keep the old one first', async () => {
    const world = new World();
    const { fake, hostId } = await world.host('192.0.2.10', 'MINE', [{ id: 7, name: 'Desktop', hdr: false }]);
    world.network.put(fake, '2001:db8::10');
    await world.announce('Desk', '2001:db8::10');
    expect(world.names()).toEqual([]);
    expect(world.announced).toEqual([hostId]);
    expect(world.gameStream.record(hostId)?.addresses).toEqual(['192.0.2.10', '2001:db8::10']);
  });

  it('with a known identity but another certificate gain nothing: anybody can say a name', async () => {
    const world = new World();
    const { hostId } = await world.host('192.0.2.10', 'MINE', [{ id: 7, name: 'Desktop', hdr: false }]);
    world.network.put(new FakeGameStreamHost('192.0.2.66', 'MINE'));
    await world.announce('Liar', '192.0.2.66');
    expect(world.gameStream.record(hostId)?.addresses).toEqual(['192.0.2.10']);
    expect(world.names()).toEqual(['Liar']);
    expect(await world.gameStream.add('192.0.2.66', port)).toMatchObject({ ok: false, failure: { kind: 'certificate-changed' } });
  });

  it('before their service answers are asked again, and not for ever', async () => {
    const world = new World();
    const { fake, hostId } = await world.host('192.0.2.10', 'MINE');
    await world.announce('Desk', '192.0.2.11');
    expect(world.names()).toEqual(['Desk']);
    world.network.put(fake, '192.0.2.11');
    await world.pass(6_000);
    expect(world.names()).toEqual([]);
    expect(world.gameStream.record(hostId)?.addresses).toContain('192.0.2.11');
    await world.announce('Gone', '192.0.2.12');
    await world.pass(600_000, 20_000);
    const asked = world.network.asked.filter((address) => address === '192.0.2.12').length;
    expect(asked).toBe(4);
    expect(world.clock.pending).toBe(0);
  });

  it('are asked nothing when no host is known yet, and four at a time at most', async () => {
    const world = new World();
    await world.announce('First', '192.0.2.50');
    expect(world.network.asked).toEqual([]);
    await world.host('192.0.2.10');
    for (let index = 0; index < 100; index += 1) {
      world.network.hanging.add(`198.51.100.${index}`);
      await world.announce(`Flood-${index}`, `198.51.100.${index}`);
    }
    expect(world.network.asked).toHaveLength(4);
    expect(world.names()).toHaveLength(101);
  });

  it('are listed up to a limit', () => {
    const many: AnnouncedHost[] = Array.from({ length: 1_000 }, (_, index) => ({ name: `h${index}`, addresses: [`10.0.${index >> 8}.${index & 255}`], httpPort: port }));
    expect(foundHosts(many, [])).toHaveLength(256);
  });

  it('are heard again whenever they answer, which wakes nobody: a sleeping host that cannot be pinged is seen to be back', async () => {
    const world = new World();
    const { hostId } = await world.host('192.0.2.10');
    await world.announce('Desk', '192.0.2.10');
    world.announced.length = 0;
    world.discovery.speak('192.0.2.10');
    world.discovery.speak('192.0.2.99');
    expect(world.announced).toEqual([hostId]);
  });

  it('are nobody’s business after the end', async () => {
    const world = new World();
    await world.host();
    await world.announce('Stranger', '192.0.2.77');
    world.found.dispose();
    expect(world.discovery.isListening).toBe(false);
    expect(world.clock.pending).toBe(0);
  });
});

describe('two machines with one identity', () => {
  it('are one host with two addresses', async () => {
    const world = new World();
    const { hostId } = await world.host('192.0.2.10', 'TWIN');
    const twin = await world.host('192.0.2.20', 'TWIN');
    expect(twin.hostId).toBe(hostId);
    expect(world.store.saved).toHaveLength(1);
    expect(world.gameStream.record(hostId)?.addresses).toEqual(['192.0.2.20', '192.0.2.10']);
    world.network.at.delete('192.0.2.20');
    expect(await world.gameStream.look(hostId)).toMatchObject({ ok: true });
    expect(world.gameStream.record(hostId)?.addresses).toEqual(['192.0.2.10', '192.0.2.20']);
  });
});
