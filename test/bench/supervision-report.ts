// Sums up all kills of the supervision measurement, with the machine they were measured on and the goals they meet.
import { cpus, loadavg, release } from 'node:os';
import { figureOf, hundredths, type Figure } from './figures';
import type { LossReport } from './losses';
import { judgeLosses } from './losses-table';
import { judgeSupervision, type Goal, type SupervisionFigures, type SupervisionFloors } from './supervision-goals';

/** One kill; milliseconds. */
export interface Run {
  readonly killToExitEvent: number;
  readonly freshSshStop: number;
  readonly crashToDetected: number;
  readonly crashToPaused: number;
  readonly crashToGateOpen: number;
  readonly crashToClientStarted: number;
  readonly crashToStreaming: number;
}

export interface SupervisionReport {
  readonly bench: 'supervision';
  readonly ok: boolean;
  readonly runs: number;
  readonly machine: {
    readonly node: string;
    readonly kernel: string;
    readonly cpus: number;
    /** Of the last 1, 5 and 15 minutes. */
    readonly loadBefore: readonly number[];
    readonly loadAfter: readonly number[];
  };
  readonly figures: SupervisionFigures;
  readonly floors: SupervisionFloors;
  readonly goals: readonly Goal[];
  /** Cut networks, for each client, and for what a user would have instead. */
  readonly losses: LossReport;
  /** Each kill by itself, in milliseconds. */
  readonly kills: readonly Run[];
}

export function reportOf(kills: readonly Run[], losses: LossReport, loadBefore: readonly number[]): SupervisionReport {
  const each = (duration: (run: Run) => number): Figure => figureOf(kills.map(duration));
  const figures: SupervisionFigures = {
    crashToDetected: each((run) => run.crashToDetected),
    crashToPaused: each((run) => run.crashToPaused),
    detectedToPaused: each((run) => run.crashToPaused - run.crashToDetected),
    detectedToGateOpen: each((run) => run.crashToGateOpen - run.crashToDetected),
    gateOpenToClientStarted: each((run) => run.crashToClientStarted - run.crashToGateOpen),
    crashToClientStarted: each((run) => run.crashToClientStarted),
    crashToStreaming: each((run) => run.crashToStreaming),
  };
  const floors: SupervisionFloors = {
    killToExitEvent: each((run) => run.killToExitEvent),
    freshSshStop: each((run) => run.freshSshStop),
  };
  const goals = [...judgeSupervision(figures, floors), ...judgeLosses(losses)];
  return {
    bench: 'supervision',
    ok: goals.every(({ met }) => met),
    runs: kills.length,
    machine: {
      node: process.versions.node,
      kernel: release(),
      cpus: cpus().length,
      loadBefore,
      loadAfter: loadavg().map(hundredths),
    },
    figures,
    floors,
    goals,
    losses,
    kills,
  };
}
