// Measures what Athena is for: a real stream client is killed again and again, and each step back is timed beside its bare floor.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions, BenchOutcome } from './bench';
import { buildEngine } from './built-engine';
import { hundredths } from './figures';
import { areStopped, freshSshStopMs, killToExitMs } from './floors';
import { measureLosses } from './losses';
import { SessionTrace } from './session-trace';
import { reportOf, type Run } from './supervision-report';
import { supervisionTable } from './supervision-table';
import { createSupervisionWorld, type SupervisionWorld } from './supervision-world';

export const supervisionAbout = 'crash and cut network to detection, pause, restart and stream, beside bare floors and clients alone';

/** A client that just came up still draws and loads; both the session's and the floor's stream this long before a kill. */
const streamMs = 300;
/** Until the first kill: probes have asked for longer than the gate looks back, and the connection to the host is warm. */
const firstStreamMs = 3_000;
/** A cut takes half a minute, a kill a second. */
const killsPerCut = 10;
const mostCuts = 5;

export async function measureSupervision(options: BenchOptions): Promise<BenchOutcome> {
  const loadBefore = loadavg().map(hundredths);
  options.progress('starting Xvfb, Xvnc, sshd, an app and Athena ...');
  const world = await createSupervisionWorld(options, await buildEngine());
  const kills = await measureKills(world, options);
  options.progress('cutting the network ...');
  const losses = await measureLosses(options, Math.min(mostCuts, Math.ceil(options.runs / killsPerCut)));
  const report = reportOf(kills, losses, loadBefore);
  return { ok: report.ok, report, table: supervisionTable(report) };
}

async function measureKills(world: SupervisionWorld, options: BenchOptions): Promise<Run[]> {
  const { sessions } = world.services;
  const pause = { isReal: false };
  const trace = new SessionTrace(sessions, (kind) => {
    // Athena's word is checked the moment it is given: later the app runs on.
    if (kind === 'paused') pause.isReal = areStopped(world.appPids);
  });
  const launched = await sessions.launch(world.entryId);
  if (!launched.ok) throw new Error(`${launched.failure.message} ${launched.failure.advice}`);
  await trace.until(['streaming'], options.signal);
  await sleep(firstStreamMs, undefined, { signal: options.signal });

  const runs: Run[] = [];
  for (let number = 1; number <= options.runs; number++) {
    // The floors are taken between the kills, so that whatever else the machine does burdens all alike.
    const killToExitEvent = await killToExitMs(world.clientPlan, streamMs, options);
    const freshSshStop = await freshSshStopMs(world.ssh, world.appPids, options);
    await sleep(streamMs, undefined, { signal: options.signal });

    trace.begin();
    pause.isReal = false;
    const pid = trace.clientPid(launched.value);
    const killedMs = performance.now();
    process.kill(pid, 'SIGKILL');
    await trace.until(['interrupted', 'paused', 'gate-open', 'client-started', 'reconnected', 'resumed'], options.signal);
    if (!pause.isReal) throw new Error('Athena called the app paused, and /proc does not');
    if (areStopped(world.appPids)) throw new Error('Athena called the app resumed, and /proc does not');
    const since = (kind: Parameters<typeof trace.at>[0]): number => hundredths(trace.at(kind) - killedMs);
    const run: Run = {
      killToExitEvent: hundredths(killToExitEvent),
      freshSshStop: hundredths(freshSshStop),
      crashToDetected: since('interrupted'),
      crashToPaused: since('paused'),
      crashToGateOpen: since('gate-open'),
      crashToClientStarted: since('client-started'),
      crashToStreaming: since('reconnected'),
    };
    runs.push(run);
    options.progress(
      `${number}/${options.runs}: detected ${run.crashToDetected} (floor ${run.killToExitEvent}), paused ${run.crashToPaused}, ` +
        `gate ${run.crashToGateOpen}, started ${run.crashToClientStarted}, streaming ${run.crashToStreaming} (fresh ssh ${run.freshSshStop}) ms`,
    );
  }
  return runs;
}
