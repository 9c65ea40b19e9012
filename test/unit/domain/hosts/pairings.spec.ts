// Pairing from the window: a PIN to show, one pairing a host at a time, an end that is told, and a way out.
import { describe, expect, it } from 'vitest';
import { hostIdSchema } from '../../../../electron/common/ids';
import type { PairingState } from '../../../../electron/common/gamestream';
import { newPin } from '../../../../electron/common/pin';
import { Pairings } from '../../../../electron/domain/hosts/pairings';
import { HostsWorld, settle } from './hosts-world';

class World extends HostsWorld {
  readonly pairings = new Pairings({ gameStream: this.gameStream, random: (below) => below - 1, clientName: 'Athena in a test', log: this.log });
  readonly told: PairingState[] = [];

  constructor() {
    super();
    this.pairings.onChange((state) => this.told.push(state));
  }
}

describe('pairing', () => {
  it('hands out a PIN, waits, and tells how many apps there are', async () => {
    const world = new World();
    const { hostId, fake } = await world.host();
    fake.apps_ = [{ id: 7, name: 'Desktop', hdr: false }];
    expect(world.pairings.pair({ hostId })).toEqual({ ok: true, value: { pin: '9999' } });
    expect(world.told).toEqual([{ kind: 'waiting', hostId, pin: '9999', byWeb: false }]);
    await settle();
    fake.typePin('9999');
    await settle();
    expect(world.pairings.states()).toEqual([{ kind: 'paired', hostId, apps: 1 }]);
    expect(world.gameStream.record(hostId)?.certificatePem).toBe(fake.certificatePem);
  });

  it('waits once a host; a second wish says what to do, and another host waits beside it', async () => {
    const world = new World();
    const { hostId } = await world.host('192.0.2.1', 'ONE');
    const other = await world.host('192.0.2.2', 'TWO');
    world.pairings.pair({ hostId, pin: '1234' });
    expect(world.pairings.pair({ hostId })).toMatchObject({ ok: false, failure: { kind: 'host-busy', advice: expect.stringContaining('cancel') as string } });
    expect(world.pairings.pair({ hostId: other.hostId })).toMatchObject({ ok: true });
    expect(world.pairings.states().map(({ kind }) => kind)).toEqual(['waiting', 'waiting']);
    await world.pairings.dispose();
    expect(world.pairings.states().map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled']);
  });

  it('types the PIN itself with the log-in of the host’s web page', async () => {
    const world = new World();
    const { hostId, fake } = await world.host();
    world.pairings.pair({ hostId, web: fake.web });
    expect(world.told[0]).toMatchObject({ kind: 'waiting', byWeb: true });
    await settle();
    expect(world.told[1]).toMatchObject({ kind: 'paired' });
    expect(JSON.stringify(world.told)).not.toContain(fake.web.password);
  });

  it('can be cancelled, and begun again', async () => {
    const world = new World();
    const { hostId, fake } = await world.host();
    expect(await world.pairings.cancel(hostId)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    world.pairings.pair({ hostId });
    await settle();
    expect(fake.pinWanted).toBe(true);
    expect(await world.pairings.cancel(hostId)).toEqual({ ok: true, value: undefined });
    expect(world.pairings.states()).toEqual([{ kind: 'cancelled', hostId }]);
    expect(fake.pinWanted).toBe(false);
    expect(world.gameStream.record(hostId)?.certificatePem).toBeNull();
    expect(world.pairings.pair({ hostId })).toMatchObject({ ok: true });
    await world.pairings.dispose();
  });

  it.each(['wrong-pin', 'man-in-the-middle', 'pairing-refused', 'host-unreachable', 'bad-answer'] as const)('that fails with %s tells it and saves nothing', async (kind) => {
    const world = new World();
    const { hostId, fake } = await world.host();
    fake.nextFailure.set('pair', kind);
    world.pairings.pair({ hostId });
    await settle();
    expect(world.pairings.states()).toMatchObject([{ kind: 'failed', failure: { kind } }]);
    expect(world.gameStream.record(hostId)?.certificatePem).toBeNull();
  });

  it('with a host that vanishes before it begins says so', async () => {
    const world = new World();
    const { hostId } = await world.host();
    world.network.at.clear();
    world.pairings.pair({ hostId });
    await settle();
    expect(world.pairings.states()).toMatchObject([{ kind: 'failed', failure: { kind: 'host-unreachable' } }]);
  });

  it('is refused for strangers and for a PIN that is none', async () => {
    const world = new World();
    const { hostId } = await world.host();
    expect(world.pairings.pair({ hostId: hostIdSchema.parse('nobody') })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(world.pairings.pair({ hostId, pin: '12a4' })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
    expect(world.told).toEqual([]);
  });

  it('is forgotten with its host', async () => {
    const world = new World();
    const { hostId } = await world.host();
    world.pairings.pair({ hostId });
    await world.pairings.forget(hostId);
    expect(world.pairings.states()).toEqual([]);
  });

  it('makes PINs of four digits, zeros among them', () => {
    expect(newPin(() => 7)).toBe('0007');
  });
});
