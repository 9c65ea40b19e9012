// The desk: what is measured and lived through reaches the recorder, and becomes incidents, by the clock of a test.
import { describe, expect, it } from 'vitest';
import { hostRecordSchema } from '../../../../electron/common/host';
import type { IncidentSummary } from '../../../../electron/common/incident';
import { success, type Result } from '../../../../electron/common/result';
import type { Interruption, Mark, SessionView } from '../../../../electron/common/session';
import { asIs, inEnglish, tell } from '../../../../electron/common/told';
import { gatewayVantage, hostVantage } from '../../../../electron/common/vantage';
import type { WatchNews } from '../../../../electron/domain/hosts/host-watch';
import { IncidentDesk } from '../../../../electron/domain/incidents/incident-desk';
import type { IncidentKeeper, IncidentRequest } from '../../../../electron/domain/incidents/incident-keeper';
import { incidentSteps } from '../../../../electron/domain/incidents/incident-steps';
import type { RecordedItem } from '../../../../electron/domain/incidents/recorded-item';
import { LiveObservations } from '../../../../electron/domain/latency/live-observations';
import type { SessionNews } from '../../../../electron/domain/session/sessions';
import { freshQuality } from '../../../../electron/domain/session/stream-quality';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'RIG', address: 'rig.lan' });

class World implements IncidentKeeper {
  readonly clock = new FakeClock(Date.UTC(2026, 10, 23, 6));
  readonly observations = new LiveObservations();
  readonly log = new SilentLog();
  readonly items: RecordedItem[] = [];
  readonly requests: IncidentRequest[] = [];
  news: SessionNews = {};
  hostNews: WatchNews = {};
  known = true;
  view: SessionView = {
    id: 's1' as SessionView['id'],
    entryId: 'game' as SessionView['entryId'],
    hostId: rig.id,
    name: 'Game',
    clientName: 'Moonlight 6.1.0',
    startedAtMs: 0,
    link: { kind: 'streaming', sinceMs: 0 },
    app: { kind: 'running' },
    quality: freshQuality,
    marks: [],
  };
  readonly desk = new IncidentDesk({
    clock: this.clock,
    log: this.log,
    keeper: this,
    observations: this.observations,
    sessions: {
      onNews: (news) => {
        this.news = news;
        return { dispose: () => (this.news = {}) };
      },
      view: () => this.view,
    },
    hostWatch: {
      onNews: (news) => {
        this.hostNews = news;
        return { dispose: () => (this.hostNews = {}) };
      },
    },
    host: () => (this.known ? rig : null),
    random16: () => 0xbeef,
  });

  keep(items: readonly RecordedItem[]): void {
    this.items.push(...items);
  }

  async keepIncident(request: IncidentRequest): Promise<Result<IncidentSummary>> {
    this.requests.push(request);
    return success(request.summary);
  }

  samples(seconds: number, rttMs: number | null): this {
    for (let index = 0; index < seconds * 5; index += 1) {
      this.clock.advance(200);
      const atMs = this.clock.nowMs();
      this.observations.tellSamples([
        { vantage: gatewayVantage, probe: 'icmp', atMs: [atMs], rttMs: [0.4] },
        { vantage: hostVantage(rig.id), probe: 'icmp', atMs: [atMs], rttMs: [rttMs] },
      ]);
    }
    return this;
  }

  link(link: SessionView['link']): this {
    this.view = { ...this.view, link };
    this.news.changed?.(this.view);
    return this;
  }

  kinds(): string[] {
    return [...new Set(this.items.map(({ kind }) => kind))].sort();
  }
}

function crash(atMs: number): Interruption {
  return { kind: 'crash', end: { kind: 'crashed', signal: 'SIGSEGV' }, atMs };
}

describe('the desk', () => {
  it('keeps nothing until it begins, and then what is known by now as well', () => {
    const world = new World();
    world.observations.tellAddress({ hostId: rig.id, atMs: 1, name: 'rig.lan', ip: '10.0.0.2', mac: null, uniqueId: null, certSha256: null });
    world.samples(10, 0.4).samples(2, null);
    world.hostNews.changed?.([]);
    expect([world.items, world.requests]).toEqual([[], []]);
    world.desk.begin();
    expect(world.kinds()).toEqual(['address', 'vantages']);
    world.samples(1, 0.4);
    world.observations.tellTelemetry({ source: { kind: 'self' }, atMs: 5, figures: { psiCpu: 1 } });
    expect(world.kinds()).toEqual(['address', 'samples', 'telemetry', 'vantages']);
  });

  it('makes an incident of a host that does not answer, and judges it when it is over', () => {
    const world = new World();
    world.desk.begin();
    world.samples(10, 0.4).samples(4, null).samples(70, 0.4);
    const last = world.requests.at(-1);
    expect(world.requests[0]).toMatchObject({ isJudged: false, summary: { kind: 'loss-burst', hostName: 'RIG', endedAtMs: null } });
    expect(inEnglish(last)).toMatchObject({ isJudged: true, hostAddress: 'rig.lan', clientName: null, summary: { headline: expect.stringMatching(/^RIG lost answers for 3\.\d s$/) as string } });
    expect(last?.summary.id).toMatch(/^20261123-06001\d-beef$/);
    expect((last?.summary.endedAtMs ?? 0) - (last?.summary.beganAtMs ?? 0)).toBeLessThan(5_000);
    expect((last?.toMs ?? 0) - (last?.summary.endedAtMs ?? 0)).toBe(60_000);
    expect(world.items.filter(({ kind }) => kind === 'spike')).toHaveLength(1);
    expect(world.clock.pending).toBe(0);
  });

  it('tells of a client that died what it said, and how it came back', async () => {
    const world = new World();
    world.link({ kind: 'streaming', sinceMs: 0 });
    world.news.printed?.(world.view.id, 0, '\u001b[31mSegmentation');
    world.news.printed?.(world.view.id, 12, ' fault\u001b[0m\r\nnext');
    const interruption = crash(world.clock.nowMs());
    world.link({ kind: 'waiting', interruption, attempt: 1, nextAtMs: 0 }).link({ kind: 'waiting', interruption, attempt: 1, nextAtMs: 9 });
    world.link({ kind: 'reconnecting', interruption, attempt: 1, stage: tell`RTSP handshake`, sinceMs: 0 });
    const said = world.items.flatMap((item) => (item.kind === 'client' ? [item.moment] : []));
    expect(said).toMatchObject([
      { event: 'line', text: 'Segmentation fault' },
      { event: 'exit', signal: 'SIGSEGV', atMs: interruption.atMs },
      { event: 'stage', text: 'RTSP handshake' },
    ]);
    // The host may be forgotten meanwhile, as the practice host is.
    world.known = false;
    await world.desk.dispose();
    expect(world.requests.at(-1)).toMatchObject({ clientName: 'Moonlight 6.1.0', hostAddress: 'rig.lan', summary: { kind: 'interruption', hostName: 'RIG' } });
    expect(world.requests.at(-1)?.summary.endedAtMs).not.toBeNull();
  });

  it('keeps forty lines of a flood, each second', () => {
    const world = new World();
    world.link({ kind: 'streaming', sinceMs: 0 });
    world.news.printed?.(world.view.id, 0, 'noise\n'.repeat(5_000));
    world.clock.advance(1_000);
    world.news.printed?.(world.view.id, 0, 'noise\n'.repeat(5_000));
    expect(world.items.filter(({ kind }) => kind === 'client')).toHaveLength(80);
  });

  it('takes what comes first after a nap of this machine for no trouble', () => {
    const world = new World();
    world.desk.begin();
    world.samples(10, 0.4);
    world.clock.advance(3_600_000);
    world.samples(5, 400);
    expect(world.requests).toEqual([]);
    world.samples(30, 0.4).samples(3, 400);
    expect(world.requests.length).toBeGreaterThan(0);
  });

  it('tells a host’s states once each', () => {
    const world = new World();
    world.desk.begin();
    const host = { hostId: rig.id, uniqueId: 'x', addresses: [], httpPort: 47_989, paired: true, mac: null, sinceMs: 0, runningApp: 'Game' };
    for (const state of ['busy', 'busy', 'unknown', 'asleep'] as const) world.hostNews.changed?.([{ ...host, state, runningApp: state === 'busy' ? 'Game' : null }]);
    expect(world.items.flatMap((item) => (item.kind === 'host' ? [item.moment] : []))).toMatchObject([
      { state: 'busy', app: 'Game' },
      { state: 'asleep', app: null },
    ]);
  });
});

describe('the steps of a way back', () => {
  const mark = (kind: Mark['kind'], atMs: number): Mark => ({ kind, atMs, text: asIs(kind) });

  it('are measured from the interruption, the start that came through, and the picture', () => {
    const marks = [mark('interrupted', 1_000), mark('paused', 1_020), mark('gate-open', 3_000), mark('client-started', 3_010), mark('client-started', 5_000), mark('reconnected', 5_600), mark('resumed', 8_700)];
    expect(incidentSteps(marks, 600)).toEqual({ detectMs: 400, pauseMs: 20, gateMs: 2_000, reconnectMs: 600, resumeMs: 3_100 });
  });

  it('are missing where it did not come to them', () => {
    expect(incidentSteps([mark('interrupted', 1_000), mark('pause-failed', 1_500)], 1_000)).toEqual({ detectMs: 0, pauseMs: null, gateMs: null, reconnectMs: null, resumeMs: null });
    expect(incidentSteps([mark('launched', 0)], 0)).toEqual({ detectMs: null, pauseMs: null, gateMs: null, reconnectMs: null, resumeMs: null });
  });
});
