// Incidents on the command line: what a session lived through is listed, told and exported, and read back by the diagnosis.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { incidentSchema, incidentSummarySchema } from '../../../electron/common/incident';
import { english, inEnglish } from '../../../electron/common/told';
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

it('a client that was killed is an incident, with its steps, its cause, and files to hand on', async () => {
  expect(await user().run(['incidents'])).toMatchObject({ exitCode: 0, stdout: 'No incident is recorded.\n' });
  expect(await user().run(['incident', 'last'])).toMatchObject({ exitCode: 2 });
  expect((await user().run(['demo', '--json'])).exitCode).toBe(0);

  const listed = await user().run(['incidents', '--json']);
  const summaries = jsonLines(listed.stdout).map((line) => incidentSummarySchema.parse(line));
  expect([listed.exitCode, listed.stderr]).toEqual([0, '']);
  expect(summaries).toMatchObject([{ kind: 'interruption', entryName: 'Practice game', cause: { cause: 'client-crash' } }]);
  const [{ id, headline, endedAtMs }] = summaries as [(typeof summaries)[number]];
  expect(inEnglish(headline)).toMatch(/SIGKILL.*back after/);
  expect(endedAtMs).not.toBeNull();

  const told = await user().run(['incident', id, '--json']);
  const incident = incidentSchema.parse(jsonLines(told.stdout)[0]);
  expect(incident.marks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['interrupted', 'paused', 'gate-open', 'reconnected', 'resumed']));
  for (const step of ['pauseMs', 'gateMs', 'reconnectMs', 'resumeMs'] as const) expect(incident.steps[step]).toBeGreaterThanOrEqual(0);
  expect(incident.events.some(({ kind, text }) => kind === 'client' && english(text).includes('Received first video packet'))).toBe(true);

  const page = join(user().home, 'incident.html');
  expect(await user().run(['incident', id, '--export', 'html', '--out', page])).toMatchObject({ exitCode: 0, stdout: `Written: ${page}\n` });
  expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*SIGKILL[\s\S]*<\/html>\n$/);

  const trace = join(user().home, 'incident.jsonl');
  expect((await user().run(['incident', 'last', '--export', 'trace', '--out', trace])).exitCode).toBe(0);
  const diagnosed = await user().run(['diagnose', trace, '--json']);
  expect(jsonLines(diagnosed.stdout)[0]).toMatchObject({ causes: incident.causes, skipped: 0 });

  expect((await user().run(['incident', id, '--export', 'json'])).stdout).toBe(`${JSON.stringify(incident, null, 2)}\n`);
  expect(await user().run(['incident', id, '--export', 'html', '--out', '/proc/nowhere/x.html'])).toMatchObject({ exitCode: 1 });
});

it('wrong words are told as such', async () => {
  expect(await user().run(['incident', '20261123-060000-0001'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no such incident') as string });
  expect(await user().run(['incident', 'nonsense'])).toMatchObject({ exitCode: 2 });
  expect(await user().run(['incident', 'last', '--export', 'pdf'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('html, json or trace') as string });
  expect(await user().run(['incident', 'last', '--out', 'x'])).toMatchObject({ exitCode: 2 });
});
