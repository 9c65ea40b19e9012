// The recorder thread with a real file: killed without warning it loses two seconds at most, and it outlives what a disk does to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tell } from '../../../electron/common/told';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { hostIdSchema } from '../../../electron/common/ids';
import { incidentIdSchema, type IncidentSummary } from '../../../electron/common/incident';
import { hostVantage } from '../../../electron/common/vantage';
import { RecorderOwner, usualLimitBytes } from '../../../electron/threads/recorder-owner';
import { SilentLog } from '../../fakes/silent-log';
import { bundleThread } from '../../threads-bundle';

const built = { thread: '', driver: '' };
const directories: string[] = [];
const owners: RecorderOwner[] = [];
const vantage = hostVantage(hostIdSchema.parse('rig'));

beforeAll(async () => {
  built.thread = await bundleThread('electron/threads/recorder-thread.ts');
  built.driver = await bundleThread('test/peers/recorder-driver.ts');
});

afterEach(async () => {
  await Promise.all(owners.splice(0).map((owner) => owner.dispose()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function newFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'athena-recorder-'));
  directories.push(directory);
  return join(directory, 'flight', 'flight.db');
}

function open(file: string): { readonly owner: RecorderOwner; readonly log: SilentLog } {
  const log = new SilentLog();
  const owner = new RecorderOwner(built.thread, { file, limitBytes: usualLimitBytes }, new SystemClock(), log);
  owners.push(owner);
  return { owner, log };
}

async function sampleTimes(owner: RecorderOwner, fromMs: number): Promise<number[]> {
  const answer = await owner.recorded({ vantages: [vantage], fromMs, toMs: fromMs + 60_000, buckets: 600 });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value.flatMap(({ atMs }) => atMs);
}

describe('a recorder', () => {
  it('that is killed (SIGKILL) has lost at most two seconds, and can be read meanwhile', async () => {
    const file = newFile();
    const beganAtMs = Date.now();
    const driver = spawn(process.execPath, [built.driver, built.thread, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    driver.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    for (let waited = 0; said.split('\n').length < 45 && waited < 30_000; waited += 50) await sleep(50);
    const beside = await sampleTimes(open(file).owner, beganAtMs);
    driver.kill('SIGKILL');
    await once(driver, 'close');
    const given = said.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { atMs: number }).atMs);
    const kept = await sampleTimes(open(file).owner, beganAtMs);
    expect(given.length).toBeGreaterThan(40);
    expect(beside.length).toBeGreaterThan(15);
    // Told in pieces of a tenth of a second.
    expect((given.at(-1) ?? 0) - (kept.at(-1) ?? 0)).toBeLessThanOrEqual(2_100);
    expect(kept.length).toBeGreaterThanOrEqual(beside.length);
  });

  it('ends what its dead predecessor had begun', async () => {
    const file = newFile();
    const id = incidentIdSchema.parse('20261123-060000-00aa');
    const nowMs = Date.now();
    const summary: IncidentSummary = { id, kind: 'interruption', beganAtMs: nowMs, endedAtMs: null, hostId: null, hostName: 'Network', entryId: null, entryName: null, sessionId: null, headline: tell`Lost`, cause: null };
    const first = open(file).owner;
    const samples = (atMs: number): void => first.keep([{ kind: 'samples', batch: { vantage, probe: 'icmp', atMs: [atMs], rttMs: [0.5] } }]);
    samples(nowMs);
    expect(await first.keepIncident({ summary, clientName: null, hostAddress: null, fromMs: nowMs - 60_000, toMs: nowMs, isJudged: false, replaces: null })).toMatchObject({ ok: true, value: { cause: null } });
    samples(nowMs + 900);
    await first.dispose();
    const { owner } = open(file);
    const told: IncidentSummary[] = [];
    owner.onIncident((incident) => told.push(incident));
    owner.keep([{ kind: 'samples', batch: { vantage, probe: 'icmp', atMs: [nowMs + 2_000], rttMs: [0.5] } }]);
    expect(await owner.incidents()).toMatchObject({ ok: true, value: [{ id }] });
    expect(told).toMatchObject([{ id, cause: { cause: 'unknown' } }]);
    expect(told[0]?.endedAtMs).toBeGreaterThanOrEqual(nowMs + 900);
  });

  it('sets a broken file aside, says so, and records on', async () => {
    const file = newFile();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'nothing that a database would hold'.repeat(500));
    const { owner, log } = open(file);
    const atMs = Date.now();
    owner.keep([{ kind: 'samples', batch: { vantage, probe: 'icmp', atMs: [atMs], rttMs: [0.5] } }]);
    expect(await sampleTimes(owner, atMs)).toHaveLength(1);
    expect(log.heard).toMatchObject([{ level: 'warn', message: expect.stringContaining('broken file aside') as string }]);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('.broken-'))).toHaveLength(1);
  });

  it('answers in words while nothing can be read, and makes no file by asking', async () => {
    const file = newFile();
    const { owner } = open(file);
    expect(await owner.incidents()).toEqual({ ok: true, value: [] });
    expect(await owner.incident(incidentIdSchema.parse('20261123-060000-0001'))).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(readdirSync(dirname(dirname(file)))).toEqual([]);
    await owner.dispose();
    expect(await owner.incidents()).toMatchObject({ ok: false, failure: { kind: 'io' } });
  });

  it('is started again when it dies, with what was given meanwhile', async () => {
    const file = newFile();
    const { owner, log } = open(file);
    const atMs = Date.now();
    owner.keep([{ kind: 'samples', batch: { vantage, probe: 'icmp', atMs: [atMs], rttMs: [0.5] } }]);
    await owner.incidents();
    const died = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!log.heard.some(({ level }) => level === 'error')) return;
        clearInterval(look);
        resolve();
      }, 5);
    });
    // A question that no thread understands is a bug, and ends it.
    (owner as unknown as { worker: { postMessage(value: unknown): void } }).worker.postMessage({ kind: 'keep', items: null });
    await died;
    owner.keep([{ kind: 'samples', batch: { vantage, probe: 'icmp', atMs: [atMs + 200], rttMs: [0.5] } }]);
    for (let waited = 0; waited < 10_000; waited += 50) {
      const answer = await owner.recorded({ vantages: [vantage], fromMs: atMs, toMs: atMs + 1_000, buckets: 10 });
      if (answer.ok && answer.value[0]?.atMs.length === 2) break;
      await sleep(50);
    }
    expect(await sampleTimes(owner, atMs)).toHaveLength(2);
  });
});
