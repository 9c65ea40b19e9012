// The lease and the watch for stalls: held as long as they are needed, and not a moment longer.
import { describe, expect, it } from 'vitest';
import type { Lease, LeaseKeeper, LeaseNews, WatchdogReport } from '../../../../electron/domain/pause/lease';
import type { StallFacts, StallNews, StallWatcher } from '../../../../electron/domain/session/stall-watch';
import type { StreamSign } from '../../../../electron/domain/session/stream-client';
import { SessionBench, settle } from './session-bench';

class FakeLeases implements LeaseKeeper {
  held = 0;
  released = 0;
  tell: (news: LeaseNews) => void = () => undefined;

  hold(): Lease {
    this.held += 1;
    const release = async (): Promise<void> => {
      this.released += 1;
    };
    return {
      onNews: (listener) => {
        this.tell = listener;
        return { dispose: () => undefined };
      },
      release,
      dispose: () => void release(),
    };
  }
}

const heldReport: WatchdogReport = {
  ...{ watchdog: 'w', pausedAtMs: 1_000, method: 'sigstop', paused: [{ pid: 7, startTicks: '1' }], notPaused: [] },
  ...{ outcome: 'held', outcomeAtMs: 1_000 },
};

class FakeStalls implements StallWatcher {
  readonly watched: StallFacts[] = [];
  open = 0;
  news: StallNews | null = null;
  readonly signs: StreamSign[] = [];

  watch(facts: StallFacts, signs: Parameters<StallWatcher['watch']>[1], news: StallNews): ReturnType<StallWatcher['watch']> {
    this.watched.push(facts);
    this.open += 1;
    this.news = news;
    signs((sign) => this.signs.push(sign));
    return { dispose: () => (this.open -= 1) };
  }
}

function guarded(): { bench: SessionBench; lease: FakeLeases; stalls: FakeStalls } {
  const lease = new FakeLeases();
  const stalls = new FakeStalls();
  return { bench: new SessionBench({ more: { lease, stallWatcher: stalls } }), lease, stalls };
}

describe('the lease', () => {
  it('is held from the first picture, through an interruption, to a wanted end', async () => {
    const { bench, lease } = guarded();
    await bench.launch();
    expect(lease.held).toBe(0);
    bench.keeper.streams();
    await settle();
    expect(lease).toMatchObject({ held: 1, released: 0 });
    await bench.crash();
    await bench.openGate();
    bench.keeper.streams();
    await settle();
    expect(lease).toMatchObject({ held: 1, released: 0 });
    bench.supervisor.handle({ kind: 'stop-wanted' });
    await settle();
    expect(lease).toMatchObject({ held: 1, released: 1 });
  });

  it('is given back when the client is closed by the user, and when Athena ends', async () => {
    const closed = guarded();
    await closed.bench.stream();
    closed.bench.keeper.end({ kind: 'ended-by-user' });
    expect(closed.lease.released).toBe(1);

    const quit = guarded();
    await quit.bench.stream();
    await quit.bench.supervisor.dispose();
    expect(quit.lease.released).toBe(1);
  });

  it('is given back when somebody lets the app run on unseen, and taken again with the picture', async () => {
    const { bench, lease } = guarded();
    await bench.stream();
    await bench.crash();
    bench.supervisor.handle({ kind: 'resume-wanted' });
    await settle();
    expect(lease).toMatchObject({ held: 1, released: 1 });
    await bench.openGate();
    bench.keeper.streams();
    await settle();
    expect(lease.held).toBe(2);
  });

  it('tells in the journey what the host did by itself', async () => {
    const { bench, lease } = guarded();
    await bench.stream();
    const report = { watchdog: 'w', pausedAtMs: 1_000, method: 'sigstop', paused: [{ pid: 7, startTicks: '1' }], notPaused: [], outcome: 'held', outcomeAtMs: 1_000 } as const;
    lease.tell({ kind: 'told', report });
    expect(bench.supervisor.view.marks.at(-1)).toMatchObject({ kind: 'paused', text: 'The host paused the app by itself: 1 process' });
  });

  it('that cost the app its heartbeat while its picture was there lets it run on again', async () => {
    const { bench, lease } = guarded();
    await bench.stream();
    for (const pid of bench.app.pids) bench.app.stopped.add(pid);
    const report = { watchdog: 'w', pausedAtMs: 1_000, method: 'sigstop', paused: [{ pid: 7, startTicks: '1' }], notPaused: [], outcome: 'held', outcomeAtMs: 1_000 } as const;
    lease.tell({ kind: 'told', report });
    await settle();
    expect(bench.appState.kind).toBe('counting-down');
  });

  it('is told of what the host did even where the host cannot be asked, and looked at again later', async () => {
    const { bench, lease } = guarded();
    await bench.stream();
    for (const pid of bench.app.pids) bench.app.stopped.add(pid);
    bench.control.failNext('read', { kind: 'timed-out', message: 'no answer', advice: 'wait' });
    lease.tell({ kind: 'told', report: { ...heldReport, paused: bench.app.pids.map((pid) => ({ pid, startTicks: '1' })) } });
    await settle();
    expect(bench.appState.kind).toBe('counting-down');

    const other = guarded();
    await other.bench.stream();
    other.bench.control.failNext('read', { kind: 'timed-out', message: 'no answer', advice: 'wait' });
    for (const pid of other.bench.app.pids) other.bench.app.stopped.add(pid);
    other.lease.tell({ kind: 'told', report: { ...heldReport, outcome: 'gone' } });
    await settle();
    expect(other.bench.appState.kind).toBe('running');
    await other.bench.later(5_000);
    expect(other.bench.appState.kind).toBe('counting-down');
  });

  it('tells to its last word: an app that the host paused as the session was stopped does not stay so unseen', async () => {
    const { bench, lease } = guarded();
    await bench.stream();
    bench.supervisor.handle({ kind: 'stop-wanted' });
    for (const pid of bench.app.pids) bench.app.stopped.add(pid);
    lease.tell({ kind: 'told', report: heldReport });
    bench.keeper.end({ kind: 'ended-by-user' });
    await settle();
    expect(bench.link.kind).toBe('ended');
    expect(bench.appState).toMatchObject({ kind: 'paused', by: 'interruption' });
  });

  it('pauses anew what the host let run on while nobody sees it, and calls it running where somebody does', async () => {
    const { bench, lease } = guarded();
    await bench.stream();
    await bench.crash();
    expect(bench.appState.kind).toBe('paused');
    lease.tell({ kind: 'told', report: { ...heldReport, outcome: 'resumed' } });
    await settle();
    expect(bench.orders).toEqual(['pause', 'pause']);
    await bench.openGate();
    bench.keeper.streams();
    await settle();
    expect(bench.appState.kind).toBe('counting-down');
    lease.tell({ kind: 'told', report: { ...heldReport, outcome: 'let-run' } });
    expect(bench.appState.kind).toBe('running');
    await bench.later(10_000);
    expect(bench.orders).toEqual(['pause', 'pause']);
  });

  it('is not held for an app that Athena leaves alone', async () => {
    const lease = new FakeLeases();
    const bench = new SessionBench({ host: { id: 'rig', name: 'Rig', address: 'rig' } as never, more: { lease } });
    await bench.stream();
    expect(lease.held).toBe(0);
  });
});

describe('the watch for stalls', () => {
  it('is there while the client streams, and knows its process', async () => {
    const { bench, stalls } = guarded();
    await bench.launch();
    expect(stalls.watched).toEqual([]);
    bench.keeper.streams();
    await settle();
    expect(stalls.watched).toEqual([{ hostId: 'rig', clientPid: 4_000, protocol: 'vnc' }]);
    await bench.crash();
    expect(stalls.open).toBe(0);
    await bench.openGate();
    bench.keeper.streams();
    // The app is counted down to run on first.
    await bench.later(3_000);
    expect(stalls.watched.map(({ clientPid }) => clientPid)).toEqual([4_000, 4_001]);
  });

  it('goes on through a stall, whose end it tells', async () => {
    const { bench, stalls } = guarded();
    await bench.stream();
    stalls.news?.stalled({ kind: 'network', evidence: ['no answer for 1 s'] });
    await settle();
    expect(bench.link.kind).toBe('stalled');
    expect(bench.orders).toEqual(['pause']);
    expect(stalls.open).toBe(1);
    stalls.news?.flows();
    await settle();
    expect(bench.link.kind).toBe('streaming');
    expect(bench.appState.kind).toBe('counting-down');
  });

  it('takes a paused app’s still picture for none', async () => {
    const { bench, stalls } = guarded();
    await bench.stream();
    bench.supervisor.handle({ kind: 'pause-wanted' });
    expect(stalls.open).toBe(0);
    await settle();
    bench.supervisor.handle({ kind: 'resume-wanted' });
    await settle();
    expect(stalls.open).toBe(1);
  });

  it('hears what the client says of its stream', async () => {
    const { bench, stalls } = guarded();
    await bench.stream();
    bench.keeper.emit({ kind: 'waiting-for-idr' });
    expect(stalls.signs).toEqual([{ kind: 'waiting-for-idr' }]);
  });

  it('ends with the session', async () => {
    const { bench, stalls } = guarded();
    await bench.stream();
    await bench.supervisor.dispose();
    expect(stalls.open).toBe(0);
  });
});
