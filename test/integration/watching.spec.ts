// Everything that measures, joined as the window has it, on a practice host and a real sshd on loopback.
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { ClientIdentities } from '../../electron/adapters/gamestream/client-identity';
import { GameStreamHttpHost } from '../../electron/adapters/gamestream/gamestream-http-host';
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostRecordSchema, type HostRecord } from '../../electron/common/host';
import type { SampleBatch } from '../../electron/common/latency';
import type { AddressReading, TelemetryReading } from '../../electron/common/telemetry';
import type { SessionView } from '../../electron/common/session';
import { hostVantage } from '../../electron/common/vantage';
import { composeWatching } from '../../electron/compose-watching';
import type { GameStreamRecord } from '../../electron/domain/hosts/gamestream-record';
import { LatencyBook } from '../../electron/domain/latency/latency-book';
import { LiveObservations } from '../../electron/domain/latency/live-observations';
import { startGameStreamServer } from '../../electron/practice/gamestream/gamestream-server';
import { ProbeOwner } from '../../electron/threads/probe-owner';
import { FakeSecretStore } from '../fakes/fake-secret-store';
import { SilentLog } from '../fakes/silent-log';
import { startSshServer } from '../peers/ssh-server';
import { bundleThread } from '../threads-bundle';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('tells of a host in use from every side, and asks a resting one nothing', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'athena-watching-'));
  ends.push(() => rm(directory, { recursive: true, force: true }));
  const [server, sshd, thread] = await Promise.all([
    startGameStreamServer({ name: 'Rig', directory: join(directory, 'host') }),
    startSshServer(),
    bundleThread('electron/threads/probe-thread.ts'),
  ]);
  ends.push(() => server.stop(), () => sshd.stop());
  const [clock, log] = [new SystemClock(), new SilentLog()];
  const ssh = { user: sshd.user, port: sshd.port, keyFile: sshd.privateKeyFile };
  const rig: HostRecord = hostRecordSchema.parse({ id: 'rig', name: 'RIG', address: '127.0.0.1', ssh, vmHost: { address: '127.0.0.2' } });
  const port = new GameStreamHttpHost({ identities: new ClientIdentities({ secrets: new FakeSecretStore(), directory, clock, log }), clock, log });
  const record = { hostId: rig.id, uniqueId: 'x', addresses: ['127.0.0.1'], httpPort: server.ports.http, certificatePem: null, mac: null, apps: [] } satisfies GameStreamRecord;
  const used = { views: [] as SessionView[], tell: (): void => undefined };
  const probe = new ProbeOwner(thread, clock, log);
  const latency = new LatencyBook(probe, clock);
  const observations = new LiveObservations();
  ends.push(() => probe.dispose(), () => latency.dispose());
  const samples: SampleBatch[] = [];
  const readings: TelemetryReading[] = [];
  const ways: AddressReading[] = [];
  observations.onSamples((batches) => samples.push(...batches));
  observations.onTelemetry((reading) => readings.push(reading));
  observations.onAddress((reading) => ways.push(reading));
  const watching = composeWatching({
    clock,
    log,
    probe,
    latency,
    observations,
    library: { hosts: [rig], probesPerSecond: 10, onChange: () => ({ dispose: () => undefined }) },
    gameStream: { record: () => record },
    port,
    hostWatch: { state: () => null },
    sessions: {
      views: () => used.views,
      onNews: ({ changed }) => {
        used.tell = () => used.views.forEach((view) => changed?.(view));
        return { dispose: () => undefined };
      },
    },
    knownHostsFile: sshd.knownHostsFile,
    neighbourhood: {
      gateway: async () => ({ address: '127.0.0.3', mac: null }),
      neighbours: async () => [{ address: '127.0.0.4', mac: '02:00:00:00:00:04' }],
      ask: async () => ({ asked: 5, answered: 5, slowestMs: 0.1 }),
    },
  });
  ends.push(() => watching.dispose());
  const target = { vantage: hostVantage(rig.id), address: '127.0.0.1', port: server.ports.http, httpPort: server.ports.http };
  watching.setHosts([{ ...target, quiet: true }]);
  watching.begin();
  const lanes = (): string[] => [...new Set(samples.map(({ vantage, probe: kind }) => `${vantage} ${kind}`))];
  await vi.waitFor(() => expect(lanes()).toEqual(expect.arrayContaining(['self loop', 'gateway icmp', 'peer/127.0.0.4 icmp', 'host/rig icmp', 'vmhost/rig icmp'])), { timeout: 10_000 });
  await vi.waitFor(() => expect(readings.map(({ source }) => source.kind)).toContain('self'), { timeout: 10_000 });
  expect(lanes().filter((lane) => / (?:tcp|http)$/.test(lane))).toEqual([]);
  expect(readings.every(({ source }) => source.kind === 'self')).toBe(true);
  expect(ways).toMatchObject([{ hostId: 'rig', name: '127.0.0.1', ip: '127.0.0.1', uniqueId: null, certSha256: null }]);

  used.views = [{ hostId: rig.id, link: { kind: 'streaming' } } as SessionView];
  watching.setHosts([target]);
  used.tell();
  await vi.waitFor(() => expect(lanes()).toEqual(expect.arrayContaining(['host/rig tcp', 'host/rig http'])), { timeout: 10_000 });
  await vi.waitFor(() => expect(readings.map(({ source }) => source.kind)).toContain('host'), { timeout: 15_000 });
  const certSha256 = createHash('sha256').update(new X509Certificate(server.certificatePem).raw).digest('hex');
  await vi.waitFor(() => expect(ways.at(-1)).toMatchObject({ uniqueId: expect.stringMatching(/./) as string, certSha256 }), { timeout: 15_000 });

  used.views = [{ hostId: rig.id, link: { kind: 'ended' } } as SessionView];
  used.tell();
  const told = readings.filter(({ source }) => source.kind === 'host').length;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(readings.filter(({ source }) => source.kind === 'host')).toHaveLength(told);
}, 60_000);
