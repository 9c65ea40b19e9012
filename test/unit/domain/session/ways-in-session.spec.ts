// Proves what a session shows of ways of pausing that nothing verifies, and of an app that Athena must never touch.
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { success } from '../../../../electron/common/result';
import { inEnglish } from '../../../../electron/common/told';
import type { HostControl } from '../../../../electron/domain/pause/host-control';
import { game, SessionBench, settle } from './session-bench';

describe('a session whose app is paused in another way', () => {
  it('says of a key press that it was asked for, and keeps that through the count-down', async () => {
    const entry = entrySchema.parse({ ...game, pause: { by: 'key', key: 'F10' } });
    const report = { method: 'key', pids: [], verified: false, tries: 1, tookMs: 1 } as const;
    const control: HostControl = {
      warm: async () => success(null),
      pause: async () => success(report),
      resume: async () => success(report),
      read: async () => success({ state: 'running', pids: [], method: null, verified: false }),
      trust: async () => undefined,
      close: () => undefined,
    };
    const bench = new SessionBench({ entry, more: { control } });
    await bench.stream();
    bench.supervisor.handle({ kind: 'pause-wanted' });
    await settle();
    expect(bench.supervisor.view.app).toMatchObject({ kind: 'paused', method: 'key', verified: false, processes: 0 });
    expect(inEnglish(bench.supervisor.view.marks.at(-1)?.text)).toBe('App asked to pause by a key press, not verified');
    bench.supervisor.handle({ kind: 'resume-wanted' });
    await settle();
    expect(inEnglish(bench.supervisor.view.marks.at(-1)?.text)).toBe('App asked to run on by a key press, not verified');
  });

  it('never gives an order to an app of the policy "never"', async () => {
    const entry = entrySchema.parse({ ...game, pause: { by: 'never', because: 'anti-cheat' } });
    const bench = new SessionBench({ entry });
    await bench.stream();
    bench.keeper.end({ kind: 'connection-lost' });
    bench.supervisor.handle({ kind: 'pause-wanted' });
    await settle();
    expect(inEnglish(bench.supervisor.view.app)).toMatchObject({ kind: 'unmanaged', why: expect.stringContaining('anti-cheat') as unknown });
    expect(bench.control.calls).toEqual([]);
  });
});
