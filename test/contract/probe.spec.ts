// What every probe keeps to, whether it measures (in this thread, in its own) or is scripted.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalProbe } from '../../electron/adapters/probes/local-probe';
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostIdSchema } from '../../electron/common/ids';
import { probeTroubleSchema, sampleBatchSchema, type ProbeKind, type ProbeTrouble, type SampleBatch } from '../../electron/common/latency';
import { hostVantage, selfVantage } from '../../electron/common/vantage';
import type { Probe, ProbeTarget } from '../../electron/domain/latency/probe';
import { ProbeOwner } from '../../electron/threads/probe-owner';
import { FakeProbe } from '../fakes/fake-probe';
import { SilentLog } from '../fakes/silent-log';
import { bundleThread } from '../threads-bundle';

/** A probe and somebody who makes it measure: for the real ones that is the machine. */
interface Body {
  readonly probe: Probe;
  readonly end: () => void;
}

const scripts = new Map<string, string>();
beforeAll(async () => {
  scripts.set('probe', await bundleThread('electron/threads/probe-thread.ts'));
});

function fakeBody(): Body {
  const probe = new FakeProbe();
  const tell = (...kinds: readonly ProbeKind[]): void => {
    const batches = probe.targets.flatMap(({ vantage, port }) =>
      kinds.map((kind): SampleBatch => {
        const refused = kind === 'tcp' && port === closedPort;
        if (refused) probe.trouble({ vantage, probe: 'tcp', message: `nothing accepts connections on port ${port}` });
        return { vantage, probe: kind, atMs: [Date.now()], rttMs: [refused ? null : 0.5] };
      }),
    );
    // As the real one: all targets together.
    probe.tell(...batches);
  };
  const echo = setInterval(() => tell('icmp', 'loop'), 200);
  const connect = setInterval(() => tell('tcp', 'http'), 1_000);
  return {
    probe,
    end: () => {
      clearInterval(echo);
      clearInterval(connect);
    },
  };
}

/** Port 1 (tcpmux) is not served on any machine that runs tests. */
const closedPort = 1;
const desk = hostVantage(hostIdSchema.parse('desk'));
const attic = hostVantage(hostIdSchema.parse('attic'));
const atLoopback: ProbeTarget = { vantage: desk, address: '127.0.0.1', port: null };

describe.each([
  ['FakeProbe', fakeBody],
  ['LocalProbe', (): Body => ({ probe: new LocalProbe(new SystemClock()), end: () => undefined })],
  ['ProbeOwner', (): Body => ({ probe: new ProbeOwner(scripts.get('probe') ?? '', new SystemClock(), new SilentLog()), end: () => undefined })],
])('%s', (_, createBody) => {
  let body: Body;
  let probe: Probe;
  let told: SampleBatch[];
  let calls: number;
  let troubles: ProbeTrouble[];
  let server: Server;
  let port: number;

  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    body = createBody();
    ({ probe } = body);
    told = [];
    calls = 0;
    troubles = [];
    probe.onSamples((batches) => {
      calls += 1;
      told.push(...batches);
    });
    probe.onTrouble((trouble) => troubles.push(trouble));
  });

  afterEach(async () => {
    await probe.dispose();
    body.end();
    server.close();
  });

  const timesOf = (vantage: string, kind = 'icmp'): number[] =>
    told.filter((batch) => batch.vantage === vantage && batch.probe === kind).flatMap(({ atMs }) => atMs);
  const waitForSamples = (count: number, vantage: string = desk, kind?: string): Promise<void> =>
    vi.waitFor(() => expect(timesOf(vantage, kind).length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 20 });

  it('tells well-formed samples of what it watches, each once, at most ten times a second', async () => {
    const beganAt = performance.now();
    probe.watch([{ ...atLoopback, port }, { vantage: attic, address: '::1', port: null }]);
    await waitForSamples(6);
    await waitForSamples(1, desk, 'tcp');
    await waitForSamples(3, attic);
    expect(calls).toBeLessThanOrEqual((performance.now() - beganAt) / 100 + 1);
    for (const batch of told) {
      expect(sampleBatchSchema.parse(batch)).toEqual(batch);
      expect(batch.rttMs).toHaveLength(batch.atMs.length);
      expect([...batch.atMs].sort((one, other) => one - other)).toEqual(batch.atMs);
      expect(Math.abs((batch.atMs[0] ?? 0) - Date.now())).toBeLessThan(60_000);
    }
    expect(new Set(timesOf(desk)).size).toBe(timesOf(desk).length);
    expect(told.some(({ rttMs }) => rttMs.some((rtt) => rtt !== null))).toBe(true);
  }, 20_000);

  it('asks no port when none is given', async () => {
    probe.watch([atLoopback]);
    await waitForSamples(7);
    expect(timesOf(desk, 'tcp')).toEqual([]);
  }, 15_000);

  it('measures this machine by nothing but itself', async () => {
    probe.watch([{ vantage: selfVantage, address: '127.0.0.1', port }]);
    await waitForSamples(3, selfVantage, 'loop');
    expect(new Set(told.map((batch) => batch.probe))).toEqual(new Set(['loop']));
  }, 15_000);

  it('opens no connections while the target is quiet, and echo goes on as before', async () => {
    const aim = { ...atLoopback, port, httpPort: port };
    const connections = (): number => timesOf(desk, 'tcp').length + timesOf(desk, 'http').length;
    probe.watch([aim]);
    await waitForSamples(1, desk, 'tcp');
    await waitForSamples(1, desk, 'http');
    probe.watch([{ ...aim, quiet: true }]);
    // One that was under way may still be told.
    await waitForSamples(timesOf(desk).length + 2);
    const before = connections();
    await waitForSamples(timesOf(desk).length + 8);
    expect(connections()).toBe(before);
    probe.watch([aim]);
    await vi.waitFor(() => expect(connections()).toBeGreaterThanOrEqual(before + 2), { timeout: 10_000, interval: 20 });
  }, 20_000);

  it('goes on without a gap when other targets come and go', async () => {
    probe.watch([atLoopback]);
    await waitForSamples(3);
    probe.watch([atLoopback, { vantage: attic, address: '127.0.0.1', port: null }]);
    await waitForSamples(3, attic);
    probe.watch([atLoopback]);
    const before = timesOf(desk).length;
    await waitForSamples(before + 3);
    const times = timesOf(desk).sort((one, other) => one - other);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
    // A new ping would take a new first question: none lies closer than the interval allows, none is missing for long.
    expect(Math.min(...gaps)).toBeGreaterThan(100);
    expect(Math.max(...gaps)).toBeLessThan(1_500);
  }, 20_000);

  it('says nothing about a host that is not watched any more', async () => {
    probe.watch([atLoopback, { vantage: attic, address: '127.0.0.1', port: null }]);
    await waitForSamples(1);
    await waitForSamples(1, attic);
    probe.watch([atLoopback]);
    const before = timesOf(attic).length;
    const others = timesOf(desk).length;
    await waitForSamples(others + 4);
    expect(timesOf(attic)).toHaveLength(before);
  }, 15_000);

  it('takes the last of two targets for one host', async () => {
    probe.watch([{ ...atLoopback, port }, atLoopback]);
    await waitForSamples(7);
    expect(timesOf(desk, 'tcp')).toEqual([]);
  }, 15_000);

  it('loses what is refused, and says why', async () => {
    probe.watch([{ ...atLoopback, port: closedPort }]);
    await waitForSamples(1, desk, 'tcp');
    const connects = told.filter((batch) => batch.probe === 'tcp');
    expect(connects.flatMap(({ rttMs }) => rttMs).every((rtt) => rtt === null)).toBe(true);
    await vi.waitFor(() => expect(troubles.filter((trouble) => trouble.probe === 'tcp')).not.toEqual([]));
    for (const trouble of troubles) expect(probeTroubleSchema.parse(trouble)).toEqual(trouble);
    expect(troubles.find((trouble) => trouble.probe === 'tcp')).toMatchObject({ vantage: desk, message: expect.stringContaining('port 1') as string });
  }, 15_000);

  it('tells nobody who has stopped listening', async () => {
    const heard = vi.fn();
    const listening = probe.onSamples(heard);
    probe.watch([atLoopback]);
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), { timeout: 10_000 });
    listening.dispose();
    const before = heard.mock.calls.length;
    const others = timesOf(desk).length;
    await waitForSamples(others + 2);
    expect(heard).toHaveBeenCalledTimes(before);
  }, 15_000);

  it('is silent after its end, which can be asked for twice', async () => {
    probe.watch([atLoopback]);
    await waitForSamples(1);
    await Promise.all([probe.dispose(), probe.dispose()]);
    const before = told.length;
    probe.watch([atLoopback]);
    await sleep(700);
    expect(told).toHaveLength(before);
  }, 15_000);
});
