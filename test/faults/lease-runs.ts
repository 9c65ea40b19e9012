// The runs of the campaign of leases: an app, an Athena that holds a lease on it, a fault, and the way back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { usualTerms } from '../../electron/domain/pause/lease';
import { startApp, statesOf, threeGenerations, type AppTree } from '../integration/pause/app-tree';
import { byCommand } from '../integration/pause/host-world';
import { removeReports, watchdogsOf } from '../integration/pause/lease-world';
import { processTree, signalProcess } from '../peers/process-tree';
import { startSshServer, type SshServer } from '../peers/ssh-server';
import { createAthena, type Athena, type FarHost } from './lease-world';

export interface CampaignOrders {
  readonly inFar: readonly [file: string, ...leading: string[]];
  readonly farAddress: string;
  /** Of a cut cable. */
  readonly runs: number;
  /** Of every other fault. */
  readonly otherRuns: number;
  readonly json: boolean;
}

/** Each resolves with the epoch milliseconds at which it was done. */
export interface Cable {
  cut(): Promise<number>;
  mend(): Promise<number>;
}

export interface LeaseRun {
  readonly isPausedInTime: boolean;
  readonly isThawed: boolean;
  readonly pausedMs: number | null;
  readonly toldMs: number | null;
  readonly thawedMs: number | null;
  /** Watchdogs, and what they started, after the wanted end. */
  readonly leftOver: number;
  readonly problem: string | null;
}

export interface FaultResult {
  readonly fault: string;
  readonly runs: readonly LeaseRun[];
}

interface Place {
  readonly cable: Cable;
  readonly server: SshServer;
  readonly far: FarHost;
  readonly loader: string;
}

interface Fault {
  readonly name: string;
  /** Resolves with the moment of the fault. @param athenaPid of the process that holds the lease, when it is not this one */
  begin(place: Place, token: string, athenaPid: number | null): Promise<number>;
  end(place: Place): Promise<number>;
  /** Another process holds the lease, and is killed. */
  readonly killsAthena?: true;
}

const limitMs = usualTerms.leaseMs + 1_000;
const nothing = (): Promise<number> => Promise.resolve(Date.now());

const faults: readonly Fault[] = [
  { name: 'cable cut', begin: ({ cable }) => cable.cut(), end: ({ cable }) => cable.mend() },
  {
    name: 'SSH connections killed, cable cut',
    begin: async ({ cable, server }, token) => {
      const atMs = await cable.cut();
      signalSessions(server, token, 'SIGKILL');
      return atMs;
    },
    end: ({ cable }) => cable.mend(),
  },
  {
    name: 'SSH server stopped',
    begin: ({ server }, token) => {
      signalSessions(server, token, 'SIGSTOP');
      server.signal('SIGSTOP');
      return nothing();
    },
    end: ({ server }) => {
      for (const member of processTree(server.pid)) signalProcess(member, 'SIGCONT');
      return nothing();
    },
  },
  {
    name: 'Athena killed',
    killsAthena: true,
    begin: (_place, _token, athenaPid) => {
      if (athenaPid !== null) process.kill(athenaPid, 'SIGKILL');
      return nothing();
    },
    end: nothing,
  },
];

/** Those of the server's processes that serve a connection: neither the server itself nor a watchdog. */
function signalSessions(server: SshServer, token: string, signal: NodeJS.Signals): void {
  const spared = [server.pid, ...watchdogsOf(byCommand(token))];
  for (const member of processTree(server.pid)) if (!spared.includes(member.pid)) signalProcess(member, signal);
}

export async function measure(orders: CampaignOrders, cable: Cable, loader: string): Promise<FaultResult[]> {
  const server = await startSshServer({ elsewhere: { inThere: orders.inFar, address: orders.farAddress } });
  const { port, user, privateKeyFile, knownHostsFile } = server;
  const place: Place = { cable, server, loader, far: { address: orders.farAddress, port, user, privateKeyFile, knownHostsFile } };
  try {
    const results: FaultResult[] = [];
    for (const fault of faults) {
      const runs: LeaseRun[] = [];
      for (let run = 0; run < (fault.name === 'cable cut' ? orders.runs : orders.otherRuns); run++) {
        runs.push(await runOnce(fault, place));
        process.stderr.write(runs.at(-1)?.problem === null ? '.' : '!');
      }
      results.push({ fault: fault.name, runs });
    }
    process.stderr.write('\n');
    return results;
  } finally {
    await server.stop();
  }
}

async function runOnce(fault: Fault, place: Place): Promise<LeaseRun> {
  const tree = await startApp(threeGenerations, 5);
  const athena = await createAthena(place.far);
  try {
    return await breakAndMend(fault, place, tree, athena);
  } finally {
    await athena.dispose();
    await tree.stop();
    await removeReports(byCommand(tree.token));
  }
}

async function breakAndMend(fault: Fault, place: Place, tree: AppTree, athena: Athena): Promise<LeaseRun> {
  const target = byCommand(tree.token);
  const other = fault.killsAthena ? await startOtherAthena(place, tree.token) : null;
  let held = other ? null : athena.hold(target);
  await held?.next('held');
  // At any moment between two heartbeats.
  await sleep(1_500 + Math.random() * usualTerms.heartbeatMs);
  const wasRunning = !statesOf(tree.pids()).includes('T');
  const brokenAtMs = await fault.begin(place, tree.token, other);
  const pausedMs = await msUntil(() => /^T+$/.test(statesOf(tree.pids())), brokenAtMs, 8_000);
  await sleep(1_000);
  const mendedAtMs = await fault.end(place);
  held ??= athena.hold(target);
  try {
    const told = await held.next('told', 30_000);
    const toldAtMs = Date.now();
    await held.next('held', 30_000);
    const resumed = await athena.control.resume(athena.host, target);
    const isThawed = resumed.ok && !statesOf(tree.pids()).includes('T');
    const thawedMs = Date.now() - toldAtMs;
    await held.lease.release();
    await msUntil(() => watchdogsOf(target).length === 0, Date.now(), 3_000);
    const leftOver = watchdogsOf(target).length;
    const isPausedInTime = pausedMs !== null && pausedMs <= limitMs;
    const problems = [
      ...(wasRunning ? [] : ['it was paused before the fault']),
      ...(isPausedInTime ? [] : [pausedMs === null ? 'it was never paused' : `it was paused after ${pausedMs.toFixed(0)} ms`]),
      ...(told.report.outcome === 'held' && told.report.paused.length === 5 ? [] : [`the report says ${JSON.stringify(told.report)}`]),
      ...(isThawed ? [] : ['it was not thawed']),
      ...(leftOver === 0 ? [] : ['a watchdog was left over']),
    ];
    return { isPausedInTime, isThawed, pausedMs, toldMs: toldAtMs - mendedAtMs, thawedMs, leftOver, problem: problems.join('; ') || null };
  } catch (error) {
    await held.lease.release();
    const leftOver = watchdogsOf(target).length;
    return { isPausedInTime: false, isThawed: false, pausedMs, toldMs: null, thawedMs: null, leftOver, problem: String(error) };
  }
}

/** Milliseconds since `sinceMs` (epoch) until it is so; null when it is not within the limit. */
async function msUntil(isSo: () => boolean, sinceMs: number, waitMs: number): Promise<number | null> {
  for (;;) {
    if (isSo()) return Date.now() - sinceMs;
    if (Date.now() - sinceMs > waitMs) return null;
    await sleep(5);
  }
}

/** An Athena in a process of its own that holds a lease on the app until it is killed. Resolves with its pid. */
async function startOtherAthena({ far, loader }: Place, token: string): Promise<number> {
  const script = fileURLToPath(new URL('lease-holding.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', loader, script, JSON.stringify(far), token], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the other Athena ended before it held a lease'))),
  ]);
  return child.pid ?? 0;
}
