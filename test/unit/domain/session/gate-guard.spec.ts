// What the window is told of the gate: all the time a session is brought back, as often as it changes, and not a moment longer.
import { describe, expect, it } from 'vitest';
import { inEnglish, tell } from '../../../../electron/common/told';
import { SessionBench, settle } from './session-bench';

describe('the gate in the view', () => {
  it('stands there from the loss to the picture, with the moment it is forced while it is waited for', async () => {
    const bench = new SessionBench();
    await bench.stream();
    expect(bench.supervisor.view.gate).toBeUndefined();
    await bench.crash();
    expect(bench.supervisor.view.gate).toEqual({ ...bench.gateLook, forcedAtMs: bench.clock.nowMs() + 30_000 });
    await bench.openGate();
    expect(bench.supervisor.view.gate).toMatchObject({ forcedAtMs: null });
    bench.keeper.streams();
    await settle();
    expect(bench.supervisor.view.gate).toBeUndefined();
  });

  it('is told anew when it changes, and only then', async () => {
    const bench = new SessionBench();
    await bench.stream();
    await bench.crash();
    const told = { times: 0 };
    bench.supervisor.onChange(() => (told.times += 1));
    await bench.later(5_000);
    expect(told.times).toBe(0);
    bench.gateLook = { fitness: 'fit', reasons: [], limitMs: 5 };
    await bench.later(600);
    expect(told.times).toBe(1);
    expect(bench.supervisor.view.gate?.fitness).toBe('fit');
    await bench.supervisor.dispose();
    expect(bench.clock.pending).toBe(0);
  });

  it('tells in the journey why it opened', async () => {
    const bench = new SessionBench();
    await bench.stream();
    await bench.crash();
    for (const open of [...bench.gateWatches]) open(tell`Trying early: the link eth0 came up, and it answers`);
    await settle();
    expect(inEnglish(bench.supervisor.view.marks.find(({ kind }) => kind === 'gate-open')?.text)).toBe('Trying early: the link eth0 came up, and it answers');
    expect(bench.keeper.isKeeping).toBe(true);
  });
});
