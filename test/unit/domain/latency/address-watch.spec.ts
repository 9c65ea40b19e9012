// The way from a host's name to the machine behind it, and its changes.
import { beforeEach, describe, expect, it } from 'vitest';
import { hostRecordSchema, type HostRecord } from '../../../../electron/common/host';
import type { AskablePlace } from '../../../../electron/domain/hosts/askable-place';
import type { AddressSense } from '../../../../electron/domain/latency/address-sense';
import { AddressWatch } from '../../../../electron/domain/latency/address-watch';
import { LiveObservations } from '../../../../electron/domain/latency/live-observations';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

class FakeSense implements AddressSense {
  ip: string | null = '192.168.1.20';
  card: string | null | undefined = '02:00:00:00:00:20';
  uniqueId: string | null = 'ABC';
  readonly asked: string[] = [];

  lookUp = async (): Promise<string | null> => this.ip;
  mac = async (): Promise<string | null | undefined> => this.card;
  identity = async (ip: string, httpPort: number): Promise<{ uniqueId: string; httpsPort: number } | null> => {
    this.asked.push(`${ip}:${httpPort}`);
    return this.uniqueId === null ? null : { uniqueId: this.uniqueId, httpsPort: 47_984 };
  };
  certificate = async (): Promise<string | null> => 'c0ffee';
}

class Street {
  readonly clock = new FakeClock();
  readonly sense = new FakeSense();
  readonly observations = new LiveObservations();
  hosts: readonly HostRecord[] = [hostRecordSchema.parse({ id: 'rig', name: 'RIG', address: 'rig.lan' })];
  place: AskablePlace | null = { httpPort: 47_989, quiet: false };
  readonly changes: string[] = [];
  readonly watch = new AddressWatch({
    sense: this.sense,
    hosts: () => this.hosts,
    placeOf: () => this.place,
    told: (reading) => this.observations.tellAddress(reading),
    clock: this.clock,
    log: new SilentLog(),
  });

  constructor() {
    this.observations.onAddress(({ name, ip, mac, uniqueId, certSha256 }) => this.changes.push([name, ip, mac, uniqueId, certSha256].join(' ')));
  }

  /** Begins with the first call. */
  async pass(ms: number): Promise<void> {
    this.watch.start();
    for (let passed = 0; passed < ms; passed += 5_000) {
      for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
      this.clock.advance(5_000);
    }
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  }
}

const place = { street: new Street() };
beforeEach(() => {
  place.street = new Street();
});

describe('AddressWatch', () => {
  it('tells the whole way once, and nothing while it stays', async () => {
    const { street } = place;
    await street.pass(30_000);
    expect(street.changes).toEqual(['rig.lan 192.168.1.20 02:00:00:00:00:20 ABC c0ffee']);
    expect(street.observations.addresses()).toMatchObject([{ hostId: 'rig', ip: '192.168.1.20' }]);
    expect([...street.watch.seenAt().addresses, ...street.watch.seenAt().macs]).toEqual(['192.168.1.20', '02:00:00:00:00:20']);
    // The host itself is asked once a minute, not with every look.
    expect(street.sense.asked).toEqual(['192.168.1.20:47989']);
    await street.pass(60_000);
    expect(street.sense.asked).toHaveLength(2);
  });

  it('tells each step that changes: the address, the card, who answers there', async () => {
    const { street } = place;
    await street.pass(5_000);
    street.sense.card = '02:00:00:00:00:99';
    street.sense.uniqueId = 'OTHER';
    await street.pass(5_000);
    street.sense.ip = '192.168.1.21';
    await street.pass(5_000);
    expect(street.changes.slice(1)).toEqual(['rig.lan 192.168.1.20 02:00:00:00:00:99 OTHER c0ffee', 'rig.lan 192.168.1.21 02:00:00:00:00:99 OTHER c0ffee']);
  });

  it('asks nothing of a machine that may sleep', async () => {
    const { street } = place;
    street.place = { httpPort: 47_989, quiet: true };
    await street.pass(20_000);
    expect(street.sense.asked).toEqual([]);
    expect(street.changes).toEqual(['rig.lan 192.168.1.20 02:00:00:00:00:20  ']);
  });

  it('keeps what was known while a host is silent, and forgets the card only where others asked in vain', async () => {
    const { street } = place;
    await street.pass(5_000);
    street.sense.uniqueId = null;
    street.sense.card = undefined;
    await street.pass(90_000);
    expect(street.changes).toHaveLength(1);
    street.sense.card = null;
    await street.pass(5_000);
    expect(street.changes.at(-1)).toBe('rig.lan 192.168.1.20   ');
  });

  it('follows hosts that are no GameStream hosts as far as it goes, and none that are gone', async () => {
    const { street } = place;
    street.place = null;
    await street.pass(5_000);
    expect(street.changes).toEqual(['rig.lan 192.168.1.20 02:00:00:00:00:20  ']);
    street.hosts = [];
    await street.pass(5_000);
    expect(street.watch.seenAt().addresses.size).toBe(0);
    street.watch.dispose();
    await street.pass(5_000);
    expect(street.clock.pending).toBe(0);
  });
});
