// The demo on the command line: lost on purpose, back again, and nothing left of it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { practiceEventSchema, practiceSummarySchema } from '../../../electron/common/practice';
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

it('tells each step as JSON and the times in the end', async () => {
  const { exitCode, stdout, stderr } = await user().run(['demo', '--json']);
  const lines = jsonLines(stdout);
  const summary = practiceSummarySchema.parse(lines.at(-1));
  expect([exitCode, summary.problem, stderr]).toEqual([0, undefined, '']);
  const events = lines.slice(0, -1).map((line) => practiceEventSchema.parse(line));
  const steps = events.map(({ event }) => event);
  // The pause runs beside the way back: it may be verified before the gate opens or after.
  expect(steps.filter((step) => step !== 'app-paused' && step !== 'gate-open')).toEqual([
    'host-ready',
    'streaming',
    'client-killed',
    'crash-detected',
    'reconnected',
    'app-resumed',
  ]);
  expect(steps).toContain('app-paused');
  expect(steps).toContain('gate-open');
  expect(steps.indexOf('app-paused')).toBeGreaterThan(steps.indexOf('crash-detected'));
  for (const ms of [summary.detectMs, summary.pauseMs, summary.reconnectMs, summary.resumeMs]) expect(ms).toBeGreaterThanOrEqual(0);
  expect(await user().running()).toEqual([]);
  // A practice host is nobody's business: nothing of it is kept.
  expect((await user().run(['doctor', '--json'])).stdout).toContain('"hosts":0,"entries":0');
});

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
