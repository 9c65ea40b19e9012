// Runs in the page before the renderer: puts a fake main process where preload would put the real one.
import '../../../renderer/zod-without-eval';
import type { HostId } from '../../../electron/common/ids';
import { FakeBridge } from '../../fakes/fake-bridge';
import type { SampleBatch } from '../../../electron/common/latency';
import { fakeVantages } from '../../fakes/fake-incidents';
import { fakeBatch, fakeSummary } from '../../fakes/fake-samples';
import { fakeScene } from '../../fakes/fake-scenes';

const batchEveryMs = 200;

const page = window as unknown as { athena: FakeBridge; stopSamples: () => void };
const scene = fakeScene(new URLSearchParams(window.location.search).get('scene') ?? 'full', Date.now());
const fake = new FakeBridge(scene);
const hostIds: readonly HostId[] = scene.snapshot.library.hosts.map(({ record }) => record.id);
/** What is measured beside the hosts: calm, and quicker to answer the nearer it is. */
function besideHosts(fromMs: number, toMs: number): SampleBatch[] {
  return fakeVantages
    .filter(({ kind }) => kind !== 'host')
    .map(({ id, kind }, index) => {
      const network = { baseMs: kind === 'self' ? 0.06 : 0.3 + index / 10, spikes: 4, losses: kind === 'self' ? 0 : 1, outages: [] };
      return { ...fakeBatch(network, 'workshop' as HostId, 'icmp', fromMs, toMs), vantage: id, probe: kind === 'self' ? 'loop' : 'icmp' };
    });
}

const sent = { upToMs: Date.now(), summaries: 0 };

const timer = setInterval(() => {
  const nowMs = Date.now();
  const batches = hostIds.flatMap((hostId) =>
    (['icmp', 'tcp'] as const).map((probe) => fakeBatch(scene.networkOf(hostId), hostId, probe, sent.upToMs, nowMs)),
  );
  batches.push(...besideHosts(sent.upToMs, nowMs));
  fake.push('latency:sampled', batches.filter(({ atMs }) => atMs.length > 0));
  sent.upToMs = nowMs;
  sent.summaries += 1;
  if (sent.summaries % 5 !== 0) return;
  fake.push(
    'latency:summarised',
    hostIds.flatMap((hostId) =>
      (['icmp', 'tcp'] as const).map((probe) => fakeSummary(fakeBatch(scene.networkOf(hostId), hostId, probe, nowMs - 60_000, nowMs), 60_000)),
    ),
  );
}, batchEveryMs);

page.athena = fake;
page.stopSamples = () => clearInterval(timer);
