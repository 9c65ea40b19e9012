// The app list thread: long lists are read without keeping this thread busy, and unreadable ones end with words.
import { beforeAll, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { appListsElsewhere } from '../../../electron/threads/app-list-owner';
import { FakeClock } from '../../fakes/fake-clock';
import { SilentLog } from '../../fakes/silent-log';
import { bundleThread } from '../../threads-bundle';

const built = { thread: '' };
const place = { address: 'rig', port: 47_984 };

beforeAll(async () => {
  built.thread = await bundleThread('electron/threads/app-list-thread.ts');
});

function answer(text: string): { httpStatus: number; body: Buffer; certificate: null } {
  return { httpStatus: 200, body: Buffer.from(text), certificate: null };
}

/** The longest time in which nothing else got its turn; milliseconds. */
async function longestStandstillMs(work: Promise<unknown>): Promise<number> {
  const state = { last: performance.now(), longest: 0 };
  const timer = setInterval(() => {
    const now = performance.now();
    state.longest = Math.max(state.longest, now - state.last);
    state.last = now;
  }, 5);
  await work;
  clearInterval(timer);
  return state.longest;
}

describe('a long list of apps', () => {
  it('comes back whole', async () => {
    const apps = Array.from({ length: 20_000 }, (_, number) => `<App><IsHdrSupported>1</IsHdrSupported><AppTitle>Game ${number}</AppTitle><ID>${number + 1}</ID></App>`);
    const read = appListsElsewhere(built.thread, new SystemClock(), new SilentLog());
    const list = await read(answer(`<root status_code="200">${apps.join('')}</root>`), place);
    expect(list.ok && list.value.apps.length).toBe(20_000);
    expect(list.ok && list.value.apps[19_999]).toEqual({ id: 20_000, name: 'Game 19999', hdr: true });
  });

  it('of nothing but the smallest elements keeps nobody waiting', async () => {
    const read = appListsElsewhere(built.thread, new SystemClock(), new SilentLog());
    const state: { ok?: boolean; tookMs?: number } = {};
    const began = performance.now();
    const standstillMs = await longestStandstillMs(
      read(answer(`<root status_code="200">${'<a/>'.repeat(600_000)}</root>`), place).then((list) => {
        Object.assign(state, { ok: list.ok, tookMs: performance.now() - began });
      }),
    );
    expect(state.ok).toBeDefined();
    expect(standstillMs).toBeLessThan((state.tookMs ?? 0) / 2);
  });

  it('that is a refusal says so', async () => {
    const read = appListsElsewhere(built.thread, new SystemClock(), new SilentLog());
    expect(await read(answer('<root status_code="401" status_message="not paired"/>'), place)).toMatchObject({ ok: false });
    expect(await read(answer('<html>no</html>'), place)).toMatchObject({ ok: false, failure: { message: expect.stringContaining('web page') as string } });
  });

  it('is given up when it takes too long, and when there is no thread', async () => {
    const clock = new FakeClock();
    const log = new SilentLog();
    const late = appListsElsewhere(built.thread, clock, log)(answer(`<root status_code="200">${'<a/>'.repeat(1_900_000)}</root>`), place);
    clock.advance(20_000);
    expect(await late).toMatchObject({ ok: false, failure: { message: expect.stringContaining('can’t be read') as string } });
    const without = await appListsElsewhere('/nowhere/app-list-thread.cjs', new SystemClock(), log)(answer('<root/>'), place);
    expect(without).toMatchObject({ ok: false });
  });
});
