// Plays the fault matrix: every client with every fault, in namespaces of its own, and prints what was expected and seen.
// Run as root: npm run faults -- matrix [--only vnc/cut-6,rdp] [--quick] [--json]
import { parseArgs } from 'node:util';
import { CleanUp } from '../bench/clean-up';
import { allCells, type Cell } from './matrix/cells';
import { setStage, type Stage } from './matrix/cell-world';
import { removeOrphanedNetworks, whyNoNetwork } from './matrix/faulty-network';
import { rowOf, summaryOf, tableHead, type CellResult } from './matrix/matrix-table';
import { playCell } from './matrix/run-cell';
import { judge } from './matrix/verdict';

/** What setting up, settling, launching again and ending may take beside the fault and what follows it. */
const aroundMs = 90_000;
/** Those that tell most in the shortest time. */
const quickFaults = ['client-kill', 'server-restart', 'cut-6', 'loss-5', 'athena-kill'];

const exitCodes = { allAsExpected: 0, unexplained: 1, badArguments: 2, stopped: 130 } as const;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const why = whyNoNetwork();
  if (why !== null) {
    console.error(`The matrix needs network namespaces: ${why}.`);
    return exitCodes.badArguments;
  }
  const wanted = values.only?.split(',') ?? null;
  const cells = allCells(false).filter(
    ({ id, client, fault }) =>
      (wanted === null || wanted.some((word) => [id, client, fault.name].includes(word))) && (!values.quick || quickFaults.includes(fault.name)),
  );
  if (cells.length === 0) {
    console.error(`No cell is called "${values.only ?? ''}". Cells: ${allCells(false).map(({ id }) => id).join(' ')}`);
    return exitCodes.badArguments;
  }
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());
  removeOrphanedNetworks();
  const cleanUp = new CleanUp();
  try {
    return await playAll(cells, await setStage(cleanUp), values.json, stopped.signal);
  } finally {
    await cleanUp.run();
  }
}

async function playAll(cells: readonly Cell[], stage: Stage, json: boolean, stopped: AbortSignal): Promise<number> {
  const results: CellResult[] = [];
  if (!json) console.log(tableHead);
  for (const cell of cells) {
    if (stopped.aborted) break;
    const result = await playOne(cell, stage, stopped);
    if (result === null) break;
    results.push(result);
    if (json) process.stderr.write(`${cell.id}: ${result.verdict.kind}\n`);
    else console.log(rowOf(result));
  }
  if (json) console.log(JSON.stringify({ stopped: stopped.aborted, cells: results }));
  else console.log(summaryOf(results, cells.length));
  if (stopped.aborted) return exitCodes.stopped;
  return results.some(({ verdict }) => verdict.kind === 'fail') ? exitCodes.unexplained : exitCodes.allAsExpected;
}

/** @returns null when somebody stopped it */
async function playOne(cell: Cell, stage: Stage, stopped: AbortSignal): Promise<CellResult | null> {
  const startedMs = performance.now();
  const limit = AbortSignal.timeout(cell.expected.limitMs + cell.fault.lastsMs + aroundMs);
  const played = { id: cell.id, what: cell.fault.what, expected: cell.expected };
  const tookS = (): number => Math.round((performance.now() - startedMs) / 1_000);
  try {
    const seen = await playCell(cell, stage, AbortSignal.any([stopped, limit]));
    return { ...played, seen, verdict: judge(cell.expected, seen), tookS: tookS() };
  } catch (error) {
    if (stopped.aborted) return null;
    const problem = limit.aborted ? 'it took longer than any cell may' : error instanceof Error ? error.message : String(error);
    return { ...played, seen: null, verdict: { kind: 'fail', problems: [problem.split('\n', 3).join(' ')] }, tookS: tookS() };
  }
}

// Ended outright: what is still being started has its own end tied to ours.
process.exit(await main());
