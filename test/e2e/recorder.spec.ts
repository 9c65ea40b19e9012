// The flight recorder in a real Electron: its thread finds its native module, and what the window asks is answered from disk.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AthenaBridge } from '../../electron/common/ipc-contract';
import { launchAthena, type RunningAthena } from './electron-app';

const place: { athena: RunningAthena | null } = { athena: null };

beforeAll(async () => {
  place.athena = await launchAthena();
});

afterAll(() => place.athena?.stop());

function athena(): RunningAthena {
  if (!place.athena) throw new Error('Athena does not run');
  return place.athena;
}

/** Asks as the page does. */
function ask(channel: string, args: unknown): Promise<unknown> {
  return athena().window.evaluate(
    async ([name, value]) => {
      const bridge = (globalThis as unknown as { athena: { invoke(channel: unknown, args: unknown): ReturnType<AthenaBridge['invoke']> } }).athena;
      const answer: unknown = await bridge.invoke(name, value);
      return typeof answer === 'string' ? (JSON.parse(answer) as unknown) : answer;
    },
    [channel, args] as const,
  );
}

it('keeps what this machine measures of itself, and a mark of a change, in its file', async () => {
  // Without any host, nothing is measured.
  expect(await ask('library:add', { name: 'Desk', protocol: 'vnc', address: '127.0.0.1' })).toMatchObject({ ok: true });
  expect(await ask('change:mark', { text: 'A first look' })).toMatchObject({ ok: true, value: { text: 'A first look' } });
  const nowMs = Date.now();
  const question = { vantages: ['self'], fromMs: nowMs - 60_000, toMs: nowMs + 60_000, buckets: 100 };
  for (let waited = 0; waited < 20_000; waited += 500) {
    const recorded = (await ask('latency:read-recorded', question)) as { value: readonly unknown[] };
    if (recorded.value.length > 0) break;
    await athena().window.waitForTimeout(500);
  }
  expect(await ask('latency:read-recorded', question)).toMatchObject({ ok: true, value: [{ vantage: 'self' }] });
  expect(await ask('latency:list-vantages', undefined)).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({ id: 'self' })]) as unknown });
  expect(await ask('incident:list', undefined)).toEqual({ ok: true, value: [] });
  expect(await ask('change:list', undefined)).toMatchObject({ ok: true, value: [{ text: 'A first look' }] });
  expect(existsSync(join(athena().profileDirectory, 'state', 'athena', 'flight', 'flight.db'))).toBe(true);
  expect(readFileSync(join(athena().profileDirectory, 'state', 'athena', 'logs', 'athena.log'), 'utf8')).not.toContain('recorder thread failed');
});
