// Why a host is offline, found out on the real thing: names, sockets, pings, practice hosts and stand-ins on loopback.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OfflineFactsByNetwork } from '../../../electron/adapters/gamestream/offline-facts';
import { SystemPing } from '../../../electron/adapters/probes/system-ping';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { hostIdSchema } from '../../../electron/common/ids';
import type { OfflineReason } from '../../../electron/common/gamestream';
import type { GameStreamRecord } from '../../../electron/domain/hosts/gamestream-record';
import { offlineReason } from '../../../electron/domain/hosts/offline-reason';
import { findFreePort } from '../../peers/loopback-port';
import { startPracticeWorld, type PracticeWorld } from './practice-world';
import { http, startStandIn } from './stand-in-host';

const place: { world: PracticeWorld | null; ends: (() => Promise<void>)[] } = { world: null, ends: [] };

beforeEach(async () => {
  place.world = await startPracticeWorld();
  place.ends = [];
});

afterEach(async () => {
  await Promise.all(place.ends.map((end) => end()));
  await place.world?.stop();
});

function world(): PracticeWorld {
  if (!place.world) throw new Error('no host');
  return place.world;
}

function record(changed: Partial<GameStreamRecord> = {}): GameStreamRecord {
  const { server } = world();
  return {
    hostId: hostIdSchema.parse('rig'),
    uniqueId: server.uniqueId,
    addresses: ['127.0.0.1'],
    httpPort: server.ports.http,
    certificatePem: null,
    mac: null,
    apps: [],
    ...changed,
  };
}

async function why(name: string, known: GameStreamRecord): Promise<OfflineReason> {
  const inquiry = new OfflineFactsByNetwork({ host: world().host, ping: new SystemPing(), clock: new SystemClock() });
  return offlineReason(await inquiry.collect(name, known));
}

function states({ steps }: OfflineReason): string {
  return steps.map(({ step, state }) => `${step} ${state}`).join(', ');
}

describe('a host that is asked why', () => {
  it('is fine, paired or not, by address, by name, and over IPv6', async () => {
    const { certificatePem } = await world().pair();
    const fine = 'name good, address good, neighbour good, port good, identity good, certificate good';
    expect(states(await why('127.0.0.1', record({ certificatePem })))).toBe(fine);
    expect(states(await why('localhost', record({ certificatePem })))).toBe(fine);
    expect(states(await why('127.0.0.1', record()))).toBe(fine.replace('certificate good', 'certificate unknown'));
  });

  it('has no such name, and no address from before; with one, that is tried', async () => {
    const unknown = await why('no-such-host.invalid', record({ addresses: ['no-such-host.invalid'] }));
    // A machine without a name service can't tell a wrong name from a dead service.
    expect(unknown.steps[0]?.state === 'bad' || unknown.steps[0]?.state === 'unknown').toBe(true);
    const known = await why('no-such-host.invalid', record());
    expect(known).toMatchObject({ failedAt: null });
    expect(known.steps[0]).toMatchObject({ step: 'name', state: 'unknown' });
  });

  it('is on, but nothing listens at its port', async () => {
    expect(await why('127.0.0.1', record({ httpPort: await findFreePort() }))).toMatchObject({ failedAt: 'port', message: expect.stringContaining('nothing listens') as string });
  });

  it('is another one', async () => {
    expect(await why('127.0.0.1', record({ uniqueId: 'SOMEBODY-ELSE' }))).toMatchObject({ failedAt: 'identity' });
  });

  it('shows another certificate, or does not know us any more', async () => {
    const { certificatePem } = await world().pair();
    const other = await startPracticeWorld();
    place.ends.push(() => other.stop());
    const changed = await why('127.0.0.1', record({ certificatePem: other.server.certificatePem }));
    expect(changed).toMatchObject({ failedAt: 'certificate', message: expect.stringContaining('another certificate') as string });
    const unknown = await why('127.0.0.1', record({ httpPort: other.server.ports.http, uniqueId: other.server.uniqueId, certificatePem: other.server.certificatePem }));
    expect(unknown).toMatchObject({ failedAt: 'certificate', message: expect.stringContaining('does not know Athena') as string });
    expect(certificatePem).not.toBe(other.server.certificatePem);
  });

  it('is a web server, or a dead host’s open port', async () => {
    const web = await startStandIn({ answer: () => http('<html><body>It works!</body></html>', '200 OK', 'Content-Type: text/html\r\n') });
    place.ends.push(() => web.stop());
    expect(await why('127.0.0.1', record({ httpPort: web.port }))).toMatchObject({ failedAt: 'port', message: expect.stringContaining('no GameStream host') as string });
    const silent = await startStandIn({ answer: () => 'silence' });
    place.ends.push(() => silent.stop());
    expect(await why('127.0.0.1', record({ httpPort: silent.port }))).toMatchObject({ failedAt: 'port', message: expect.stringContaining('nothing answers') as string });
  }, 30_000);
});
