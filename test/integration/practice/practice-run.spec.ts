// A practice run that is stopped at any moment, or started twice: one host at a time, nothing of it left, nothing of it saved.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeEvent, PracticeState } from '../../../electron/common/practice';
import { failure } from '../../../electron/common/result';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { Library } from '../../../electron/domain/library/library';
import type { Sessions } from '../../../electron/domain/session/sessions';
import type { PracticeCommand } from '../../../electron/practice/practice-commands';
import { PracticeRun } from '../../../electron/practice/practice-run';
import { FakeHistoryStore, FakeLibraryStore } from '../../fakes/fake-library-store';
import { FakeHostControl } from '../../fakes/fake-host-control';
import { SilentLog } from '../../fakes/silent-log';
import { isRunning } from '../../peers/process-tree';
import { buildPracticePrograms, ownProcesses, type PracticePrograms } from './practice-peer';

class Bench {
  readonly clock = new SystemClock();
  readonly log = new SilentLog();
  readonly store = new FakeLibraryStore();
  readonly library = new Library({ store: this.store, history: new FakeHistoryStore(), clock: this.clock, log: this.log });
  launch: Sessions['launch'] = async () => failure('not-found', 'No client here.', 'None.');
  readonly states: PracticeState['kind'][] = [];
  readonly events: PracticeEvent[] = [];
  readonly run: PracticeRun;

  constructor({ hostFile, appFile, moonlightFile }: PracticePrograms, host?: PracticeCommand) {
    const sessions = {
      onNews: () => ({ dispose: () => undefined }),
      launch: (...args: Parameters<Sessions['launch']>) => this.launch(...args),
      end: async () => undefined,
      clientPid: () => null,
    } as unknown as Sessions;
    this.run = new PracticeRun({
      clock: this.clock,
      log: this.log,
      library: this.library,
      sessions,
      commands: {
        host: host ?? { file: process.execPath, leadingArgs: [hostFile, '--app', appFile], env: {} },
        moonlight: { file: process.execPath, leadingArgs: [moonlightFile], env: {} },
        window: null,
      },
      createControl: () => new FakeHostControl(this.clock),
    });
    this.run.onChange(({ kind }) => this.states.push(kind));
    this.run.onEvent((event) => this.events.push(event));
  }
}

const built: { programs: PracticePrograms | null } = { programs: null };
const benches: Bench[] = [];

function bench(): Bench {
  if (!built.programs) throw new Error('not built');
  const made = new Bench(built.programs);
  benches.push(made);
  return made;
}

function hostProcesses(): number {
  return ownProcesses().filter(isRunning).length;
}

beforeAll(async () => {
  built.programs = await buildPracticePrograms();
  // Where a run keeps its keys: only ours are counted.
  process.env['TMPDIR'] = await mkdtemp(join(tmpdir(), 'athena-run-'));
});

afterAll(async () => {
  await rm(tmpdir(), { recursive: true });
  delete process.env['TMPDIR'];
});

afterEach(async () => {
  for (const { run } of benches.splice(0)) await run.stop();
});

it('gets to know its host by discovery, pairing and listing before anything is launched', async () => {
  const made = bench();
  const seen: unknown[] = [];
  made.launch = async (entryId) => {
    const world = made.run.world;
    const place = await world?.moonlight();
    seen.push(made.library.entry(entryId), made.library.hosts, place, await readdir(tmpdir()));
    return failure('not-found', 'No client here.', 'None.');
  };
  const summary = await made.run.run();
  expect(summary).toMatchObject({ ok: false, problem: 'No client here. None.' });
  expect(summary.discoveredBy).toMatch(/^(mdns|address)$/);
  expect(made.events.map(({ event }) => event)).toEqual(['host-ready', 'discovered', 'paired', 'listed']);
  for (const { event, tookMs } of made.events.slice(1)) expect([event, tookMs]).toEqual([event, expect.any(Number)]);
  const [entry, hosts, place, directories] = seen;
  expect(entry).toMatchObject({ protocol: 'gamestream', app: 'Practice game', pause: { by: 'pid-file' } });
  expect(hosts).toMatchObject([{ id: 'practice-host', address: '127.0.0.1', ssh: { user: 'practice' } }]);
  // Moonlight's settings lie in what is thrown away.
  expect(JSON.stringify(place)).toContain(`"settingsDirectory":"${join(tmpdir(), String((directories as string[])[0]))}`);
  expect([await readdir(tmpdir()), made.library.entries, made.run.world]).toEqual([[], [], null]);
  expect(made.store.saved).toEqual({ hosts: [], entries: [] });
});

describe('a run that is stopped', () => {
  it.each([0, 1, 5, 50, 300, 700])('%d ms after its start ends, leaves nothing, and may be started again', async (delayMs) => {
    const before = hostProcesses();
    const { run, library, states } = bench();
    const running = run.run();
    if (delayMs > 0) await sleep(delayMs);
    await run.stop();
    expect(run.state).toEqual({ kind: 'off' });
    expect(await running).toMatchObject({ ok: false });
    expect([hostProcesses(), await readdir(tmpdir())]).toEqual([before, []]);
    expect([library.hosts, library.entries, run.world]).toEqual([[], [], null]);
    await sleep(100);
    expect([states.at(-1), hostProcesses()]).toEqual(['off', before]);
    expect(await run.run()).toMatchObject({ ok: false, problem: 'No client here. None.' });
  });
});

it('leaves nothing when it is stopped while it makes its keys', async () => {
  const { run } = bench();
  run.onEvent(({ event }) => {
    if (event === 'discovered') void run.stop();
  });
  expect(await run.run()).toMatchObject({ ok: false });
  expect(await readdir(tmpdir())).toEqual([]);
});

it('runs once at a time, however fast somebody presses', async () => {
  const { run, events } = bench();
  const first = run.run();
  await expect(run.run()).rejects.toThrow('under way');
  await first;
  expect(run.state.kind).toBe('finished');
  await run.run();
  expect(events.filter(({ event }) => event === 'listed')).toHaveLength(2);
});

it('that comes upon an exception is finished, with its reason', async () => {
  const made = bench();
  made.launch = () => Promise.reject(new Error('the disk is gone'));
  const { run, log } = made;
  expect(await run.run()).toMatchObject({ ok: false, problem: 'it failed: the disk is gone' });
  expect(run.state.kind).toBe('finished');
  expect(log.heard.some(({ level }) => level === 'error')).toBe(true);
});

it('that has no host to start says so', async () => {
  const nobody = { file: '/nonexistent/node', leadingArgs: [], env: {} };
  const { run } = new Bench({ hostFile: '', appFile: '', moonlightFile: '' }, nobody);
  const { ok, problem } = await run.run();
  expect([ok, problem]).toEqual([false, expect.stringContaining('ended at its start')]);
  expect(await readdir(tmpdir())).toEqual([]);
});
