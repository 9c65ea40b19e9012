// The demo on the command line: lost on purpose, back again, and nothing left of it.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { practiceEventSchema, practiceSummarySchema } from '../../../electron/common/practice';
import { inEnglish } from '../../../electron/common/told';
import { CliUser, jsonLines } from './athena-cli';

const place: { user: CliUser | null } = { user: null };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

beforeEach(async () => {
  place.user = await CliUser.create();
});

afterEach(async () => {
  expect(await place.user?.leave()).toBe(0);
});

it.each(['kill', 'dialog'])('tells each step as JSON and the times in the end (%s)', async (loss) => {
  const { exitCode, stdout, stderr } = await user().run(['demo', '--json', '--loss', loss]);
  const lines = jsonLines(stdout);
  const summary = practiceSummarySchema.parse(lines.at(-1));
  expect([exitCode, summary.problem, stderr]).toEqual([0, undefined, '']);
  const events = lines.slice(0, -1).map((line) => practiceEventSchema.parse(line));
  const steps = events.map(({ event }) => event);
  // The pause runs beside the way back: it may be verified before the gate opens or after.
  expect(steps.filter((step) => step !== 'paused' && step !== 'gate-open')).toEqual([
    ...['host-ready', 'discovered', 'paired', 'listed', 'launched', 'streaming'],
    ...['cut', 'lost', 'reconnected', 'resumed', 'ended'],
  ]);
  expect(steps).toContain('gate-open');
  expect(steps.indexOf('paused')).toBeGreaterThan(steps.indexOf('lost'));
  expect(events.map(({ atMs }) => atMs)).toEqual(events.map(({ atMs }) => atMs).sort((one, other) => one - other));
  for (const ms of [summary.detectMs, summary.pauseMs, summary.reconnectMs, summary.resumeMs]) expect(ms).toBeGreaterThanOrEqual(0);
  expect([summary.loss, summary.discoveredBy]).toEqual([loss, 'mdns']);
  expect(inEnglish(events.find(({ event }) => event === 'lost')?.text)).toMatch(loss === 'kill' ? /SIGKILL/ : /connection to the host was lost/);
  expect(await user().running()).toEqual([]);
  // A practice host is nobody's business: nothing of it is kept.
  expect((await user().run(['doctor', '--json'])).stdout).toContain('"hosts":0,"entries":0');
  expect((await user().run(['hosts', '--json'])).stdout).toBe('');
});

it('knows no other loss', async () => {
  expect(await user().run(['demo', '--loss', 'flood'])).toMatchObject({ exitCode: 2 });
});

it('leaves the user’s library, pairings, secrets and Moonlight as they were', async () => {
  await user().config({ version: 1, hosts: [{ id: 'rig', name: 'Rig', address: '127.0.0.1' }], entries: [{ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc' }] });
  const moonlight = join(user().home, 'config', 'Moonlight Game Streaming Project', 'Moonlight.conf');
  await mkdir(dirname(moonlight), { recursive: true });
  await writeFile(moonlight, '[General]\nwidth=1920\n');
  const before = await filesBelow(user().home);
  expect((await user().run(['demo', '--json'])).exitCode).toBe(0);
  const after = await filesBelow(user().home);
  // What happened is logged; and the list of what streams right now is written by every command, and empty.
  // Its incident stays, so that a newcomer can look at one.
  const recorded = (file: string): boolean => file.includes('/state/athena/flight/');
  const kept = Object.entries(after).filter(([file]) => !file.includes('/logs/') && !file.endsWith('/journal.json') && !recorded(file));
  expect(Object.fromEntries(kept)).toEqual(before);
  for (const [file, text] of Object.entries(after)) if (!file.includes('/logs/') && !recorded(file)) expect(text).not.toContain('practice');
});

/** What every file holds, by its path. */
async function filesBelow(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const item of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const file = join(item.parentPath, item.name);
    if (item.isFile()) found[file] = await readFile(file, 'utf8');
  }
  return found;
}

it('that is stopped half-way ends everything it started', async () => {
  const demo = user().start(['demo', '--json']);
  await demo.event('streaming');
  expect((await user().running()).length).toBeGreaterThan(3);
  demo.signal('SIGINT');
  const { exitCode, stdout } = await demo.ended;
  expect(exitCode).toBe(1);
  expect(jsonLines(stdout).at(-1)).toMatchObject({ ok: false });
  expect(await user().running()).toEqual([]);
});

it('that is stopped before it has begun leaves nothing either', async () => {
  const demo = user().start(['demo', '--json']);
  const endMs = performance.now() + 20_000;
  // As soon as the practice host's process is there, long before it is ready.
  while ((await user().running()).length < 2 && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 10));
  demo.signal('SIGTERM');
  await demo.ended;
  expect(await user().running()).toEqual([]);
});
