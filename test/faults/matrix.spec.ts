// A few cells of the fault matrix, with real peers and, where this machine allows it, real networks: `npm run faults` plays them all.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CleanUp } from '../bench/clean-up';
import { allCells, type Cell } from './matrix/cells';
import { setStage } from './matrix/cell-world';
import { removeOrphanedNetworks, whyNoNetwork } from './matrix/faulty-network';
import { playCell } from './matrix/run-cell';
import { judge, type Seen } from './matrix/verdict';

/** They are played at the same time, beside whatever else a test machine does. */
const slack = 5;
const shortForm = ['vnc/client-kill', 'rdp/server-restart', 'moonlight/athena-kill', 'vnc/cut-2'];

const why = whyNoNetwork();
const cleanUp = new CleanUp();
const playing = new Map<string, Promise<Seen>>();
const stop = new AbortController();

function cellOf(id: string): Cell | undefined {
  return allCells(why !== null).find((cell) => cell.id === id);
}

beforeAll(async () => {
  if (why !== null) process.stderr.write(`The fault matrix is played on loopback, without cut cables: ${why}.\n`);
  else removeOrphanedNetworks();
  const stage = await setStage(cleanUp);
  for (const cell of shortForm.map(cellOf)) {
    if (!cell) continue;
    const played = playCell(cell, stage, stop.signal);
    played.catch(() => undefined); // told by the test that waits for it
    playing.set(cell.id, played);
  }
});

afterAll(async () => {
  stop.abort();
  await Promise.allSettled(playing.values());
  await cleanUp.run();
});

describe('a fault', () => {
  it.for(shortForm)('%s goes as expected', { timeout: 150_000 }, async (id, { skip }) => {
    const cell = cellOf(id);
    const seen = await playing.get(id);
    skip(why !== null && !cell, `needs a network of its own: ${why ?? ''}`);
    if (!cell || !seen) throw new Error(`there is no cell "${id}"`);
    const verdict = judge(cell.expected, seen, slack);
    expect(verdict.kind, JSON.stringify({ verdict, seen }, null, 2)).not.toBe('fail');
  });
});
