// When an incident begins, what belongs to it, when it is over, and how many a bad night makes.
import { describe, expect, it } from 'vitest';
import type { HostId, SessionId } from '../../../../electron/common/ids';
import { incidentIdSchema } from '../../../../electron/common/incident';
import type { LinkState, SessionView } from '../../../../electron/common/session';
import { inEnglish } from '../../../../electron/common/told';
import { gatewayVantage, hostVantage, selfVantage, type VantagePoint } from '../../../../electron/common/vantage';
import { IncidentWatch, usualLimits } from '../../../../electron/domain/incidents/incident-watch';
import type { LaneTrouble } from '../../../../electron/domain/incidents/lane-watch';
import type { IncidentEffect } from '../../../../electron/domain/incidents/open-incident';
import { freshQuality } from '../../../../electron/domain/session/stream-quality';

const rig = 'rig' as HostId;
const attic = 'attic' as HostId;
const rigPoint: VantagePoint = { id: hostVantage(rig), kind: 'host', name: 'RIG', address: '10.0.0.2', hostId: rig };
const atticPoint: VantagePoint = { id: hostVantage(attic), kind: 'host', name: 'Attic', address: '10.0.0.3', hostId: attic };
const gateway: VantagePoint = { id: gatewayVantage, kind: 'gateway', name: 'Gateway', address: '10.0.0.1', hostId: null };
const self: VantagePoint = { id: selfVantage, kind: 'self', name: 'This machine', address: null, hostId: null };
const minuteMs = 60_000;

const crash = (atMs: number): Extract<LinkState, { kind: 'waiting' }>['interruption'] => ({ kind: 'crash', end: { kind: 'crashed', signal: 'SIGSEGV' }, atMs });
const streaming = (sinceMs: number): LinkState => ({ kind: 'streaming', sinceMs });
const waiting = (atMs: number): LinkState => ({ kind: 'waiting', interruption: crash(atMs), attempt: 1, nextAtMs: atMs + 1_000 });
const spike = (sinceMs: number, peakMs = 312): LaneTrouble => ({ kind: 'spike', sinceMs, peakMs, lost: 0, isNew: true });
const losses = (sinceMs: number): LaneTrouble => ({ kind: 'loss-burst', sinceMs, peakMs: null, lost: 3, isNew: true });

class World {
  nowMs = 1_000_000;
  readonly effects: IncidentEffect[] = [];
  private number = 0;
  readonly watch = new IncidentWatch({
    newId: () => incidentIdSchema.parse(`20261123-060000-${String((this.number += 1)).padStart(4, '0')}`),
    hostName: (hostId) => (hostId === rig ? 'RIG' : 'Attic'),
    limits: usualLimits,
  });

  trouble(point: VantagePoint, trouble: LaneTrouble): this {
    this.effects.push(...this.watch.trouble(point, trouble, this.nowMs));
    return this;
  }

  session(link: LinkState, { app = { kind: 'running' }, badSinceMs = null }: { readonly app?: SessionView['app']; readonly badSinceMs?: number | null } = {}): this {
    const view: SessionView = {
      id: 's1' as SessionId,
      entryId: 'game' as SessionView['entryId'],
      hostId: rig,
      name: 'Game',
      clientName: 'Moonlight 6.1.0',
      startedAtMs: 0,
      link,
      app,
      quality: freshQuality,
      marks: [],
    };
    this.effects.push(...this.watch.session(view, badSinceMs, this.nowMs));
    return this;
  }

  pass(ms: number): this {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; ) {
      this.nowMs += 1_000;
      this.effects.push(...this.watch.tick(this.nowMs));
    }
    return this;
  }

  /** What was kept of each incident, the last word of each. */
  kept(): Extract<IncidentEffect, { kind: 'keep' }>[] {
    const last = new Map(this.effects.flatMap((effect) => (effect.kind === 'keep' ? [[effect.summary.id, effect] as const] : [])));
    return [...last.values()];
  }
}

describe('a spike', () => {
  it('opens an incident, is judged soon and again, and is over when it was quiet for a minute', () => {
    const world = new World().trouble(rigPoint, spike(999_800));
    expect(world.effects).toMatchObject([{ kind: 'keep', isJudged: false, summary: { kind: 'spike', beganAtMs: 999_800, endedAtMs: null, hostId: rig } }]);
    world.pass(2_000);
    expect(world.effects.at(-1)).toMatchObject({ isJudged: true, summary: { endedAtMs: null } });
    world.pass(57_000);
    expect(world.watch.isBusy).toBe(true);
    world.pass(1_000);
    expect(world.watch.isBusy).toBe(false);
    expect(world.kept()).toMatchObject([
      { isJudged: true, fromMs: 999_800 - minuteMs, toMs: 1_000_000 + minuteMs, summary: { endedAtMs: 1_000_000, headline: 'RIG took up to 312 ms to answer' } },
    ]);
  });

  it('of others at the same time belongs to the same incident', () => {
    const world = new World().trouble(gateway, spike(999_000, 90)).trouble(rigPoint, spike(999_200, 412)).trouble(gateway, losses(999_400)).pass(2 * minuteMs);
    expect(world.kept()).toMatchObject([{ summary: { kind: 'loss-burst', beganAtMs: 999_000, hostId: rig, headline: 'Gateway lost answers for 1 s' } }]);
  });

  it('of another host is another incident', () => {
    const world = new World().trouble(rigPoint, spike(999_000)).trouble(atticPoint, spike(999_200)).pass(2 * minuteMs);
    expect(world.kept().map(({ summary }) => summary.hostId)).toEqual([rig, attic]);
  });

  it('of this machine alone matters only to a stream', () => {
    expect(new World().trouble(self, spike(999_000)).effects).toEqual([]);
    const world = new World().session(streaming(0)).trouble(self, spike(999_000));
    expect(world.kept()).toMatchObject([{ summary: { hostId: rig, sessionId: 's1', entryName: 'Game' } }]);
  });
});

describe('an interruption', () => {
  it('goes on until the app runs again, and says how long it took', () => {
    const world = new World().session(streaming(0));
    const lostAtMs = world.nowMs;
    world.session(waiting(lostAtMs)).pass(20_000);
    world.session(streaming(world.nowMs), { app: { kind: 'paused', by: 'interruption', method: 'sigstop', processes: 1, atMs: lostAtMs } }).pass(70_000);
    expect(world.watch.isBusy).toBe(true);
    world.session(streaming(lostAtMs + 20_000)).pass(minuteMs + 1_000);
    expect(world.kept()).toMatchObject([
      { summary: { kind: 'interruption', beganAtMs: lostAtMs, headline: 'The client crashed (SIGSEGV); back after 20 s', sessionId: 's1' }, isJudged: true },
    ]);
    expect(world.kept()[0]?.summary.endedAtMs).toBe(lostAtMs + 90_000);
  });

  it('begins with the first sign of it, and takes in what was open for its host', () => {
    const world = new World().session(streaming(0)).trouble(rigPoint, losses(996_000));
    world.nowMs += 3_000;
    world.session(waiting(world.nowMs), { badSinceMs: 996_000 });
    expect(world.kept()).toHaveLength(1);
    expect(world.kept()[0]?.summary).toMatchObject({ kind: 'interruption', beganAtMs: 996_000 });
    // The screen that waits gets its word two seconds after the interruption, not after the first loss.
    expect(world.effects.at(-1)).toMatchObject({ isJudged: false });
    world.pass(2_000);
    expect(world.effects.at(-1)).toMatchObject({ isJudged: true });
  });

  it('takes in what belonged to nobody as well', () => {
    const world = new World().trouble(gateway, spike(998_000)).session(streaming(0)).session(waiting(1_000_000), { badSinceMs: 998_000 });
    expect(world.kept()).toHaveLength(1);
    expect(world.kept()[0]?.summary).toMatchObject({ kind: 'interruption', hostId: rig, beganAtMs: 998_000 });
  });

  it('is one incident however often its view changes, and a second interruption soon after joins it', () => {
    const world = new World().session(streaming(0)).session(waiting(1_000_000)).session(waiting(1_000_000)).session({ kind: 'gating', interruption: crash(1_000_000), attempt: 2, sinceMs: 1_000_500 });
    world.pass(5_000).session(streaming(world.nowMs)).pass(5_000);
    world.session(waiting(world.nowMs)).pass(1_000);
    expect(world.kept()).toHaveLength(1);
  });

  it('that is a nap of this machine is none', () => {
    const interruption = { kind: 'disconnect' as const, end: { kind: 'slept' as const, forMs: 60_000 }, atMs: 1_000_000 };
    expect(new World().session(streaming(0)).session({ kind: 'waiting', interruption, attempt: 1, nextAtMs: 1_000_500 }).effects).toEqual([]);
  });

  it('of a host that stays away is cut after a quarter of an hour, and does not begin again', () => {
    const world = new World().session(streaming(0)).session(waiting(1_000_000)).pass(40 * minuteMs);
    expect(world.kept()).toHaveLength(1);
    expect(world.kept()[0]?.summary).toMatchObject({ endedAtMs: 1_000_000 + 15 * minuteMs, headline: 'The client crashed (SIGSEGV); it did not come back' });
    world.session({ kind: 'gating', interruption: crash(1_000_000), attempt: 9, sinceMs: world.nowMs });
    expect(world.watch.isBusy).toBe(false);
  });

  it('is ended with Athena', () => {
    const world = new World().session(streaming(0)).session(waiting(1_000_000));
    world.effects.push(...world.watch.close(1_000_400));
    expect(world.kept()).toMatchObject([{ summary: { endedAtMs: 1_000_000 }, toMs: 1_000_400, isJudged: true }]);
  });
});

describe('a bad night', () => {
  it('makes so many incidents an hour and no more, says so once, and counts the rest', () => {
    const world = new World();
    for (let minute = 0; minute < 56; minute += 2) world.trouble(rigPoint, spike(world.nowMs)).pass(2 * minuteMs);
    expect(world.kept()).toHaveLength(usualLimits.spikesAnHour);
    expect(world.effects.filter(({ kind }) => kind === 'held-back')).toEqual([{ kind: 'held-back', of: 'spike' }]);
    world.pass(10 * minuteMs).trouble(rigPoint, spike(world.nowMs));
    expect(inEnglish(world.kept().at(-1)?.summary.headline)).toContain('(22 like it before were only counted)');
  });

  it('holds back no incident of a stream', () => {
    const world = new World();
    for (let minute = 0; minute < 40; minute += 2) world.trouble(rigPoint, spike(world.nowMs)).pass(2 * minuteMs);
    const before = world.kept().length;
    world.session(streaming(0)).trouble(rigPoint, spike(world.nowMs));
    expect(world.kept()).toHaveLength(before + 1);
  });
});
