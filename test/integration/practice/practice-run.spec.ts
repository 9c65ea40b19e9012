// A practice run that is stopped at any moment, or started twice: one host at a time, and nothing of it left.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeState } from '../../../electron/common/practice';
import { failure } from '../../../electron/common/result';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { Library } from '../../../electron/domain/library/library';
import type { Sessions } from '../../../electron/domain/session/sessions';
import { PracticeRun } from '../../../electron/practice/practice-run';
import { FakeHistoryStore, FakeLibraryStore } from '../../fakes/fake-library-store';
import { FakeHostControl } from '../../fakes/fake-host-control';
import { SilentLog } from '../../fakes/silent-log';
import { isRunning } from '../../peers/process-tree';
import { buildPracticePrograms, ownProcesses, type PracticePrograms } from './practice-peer';

class Bench {
  readonly clock = new SystemClock();
  readonly log = new SilentLog();
  readonly library = new Library({ store: new FakeLibraryStore(), history: new FakeHistoryStore(), clock: this.clock, log: this.log });
  launch: Sessions['launch'] = async () => failure('not-found', 'No client here.', 'None.');
  readonly states: PracticeState['kind'][] = [];
  readonly run: PracticeRun;

  constructor({ hostFile, appFile }: PracticePrograms) {
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
      host: { file: process.execPath, leadingArgs: [hostFile, '--app', appFile], env: {} },
      createControl: () => new FakeHostControl(this.clock),
    });
    this.run.onChange(({ kind }) => this.states.push(kind));
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

describe('a run that is stopped', () => {
  it.each([0, 1, 5, 50, 300])('%d ms after its start ends, leaves nothing, and may be started again', async (delayMs) => {
    const before = hostProcesses();
    const { run, library, states } = bench();
    const running = run.run();
    if (delayMs > 0) await sleep(delayMs);
    await run.stop();
    expect(run.state).toEqual({ kind: 'off' });
    expect(await running).toMatchObject({ ok: false });
    expect([hostProcesses(), await readdir(tmpdir())]).toEqual([before, []]);
    expect([library.hosts, library.entries, run.control]).toEqual([[], [], null]);
    await sleep(100);
    expect([states.at(-1), hostProcesses()]).toEqual(['off', before]);
    expect(await run.run()).toMatchObject({ ok: false, problem: 'No client here. None.' });
    expect(library.entries).toHaveLength(1);
  });
});

it('runs once at a time, however fast somebody presses', async () => {
  const { run, library } = bench();
  const first = run.run();
  await expect(run.run()).rejects.toThrow('under way');
  await first;
  expect(run.state.kind).toBe('finished');
  // The second clears what the first left, and begins anew.
  await run.run();
  expect(library.hosts).toHaveLength(1);
});

it('that comes upon an exception is finished, with its reason', async () => {
  const made = bench();
  made.launch = () => Promise.reject(new Error('the disk is gone'));
  const { run, log } = made;
  expect(await run.run()).toMatchObject({ ok: false, problem: 'it failed: the disk is gone' });
  expect(run.state.kind).toBe('finished');
  expect(log.heard.some(({ level }) => level === 'error')).toBe(true);
});
