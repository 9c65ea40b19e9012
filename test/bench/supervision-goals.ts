// What the supervision measurement must show, judged from its figures.
import { hundredths, type Figure } from './figures';

export interface SupervisionFigures {
  readonly crashToDetected: Figure;
  readonly crashToPaused: Figure;
  readonly detectedToPaused: Figure;
  readonly detectedToGateOpen: Figure;
  readonly gateOpenToClientStarted: Figure;
  readonly crashToClientStarted: Figure;
  readonly crashToStreaming: Figure;
}

export interface SupervisionFloors {
  /** child_process: kill → exit event, of the same program. */
  readonly killToExitEvent: Figure;
  /** `ssh HOST kill -STOP`: start → state T of the same processes. */
  readonly freshSshStop: Figure;
}

export interface Goal {
  readonly goal: string;
  readonly unit: 'ms' | 'times';
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly met: boolean;
}

export function judgeSupervision(figures: SupervisionFigures, floors: SupervisionFloors): readonly Goal[] {
  const { crashToDetected, detectedToPaused, gateOpenToClientStarted } = figures;
  const { killToExitEvent, freshSshStop } = floors;
  return [
    atMostMs('crash detected, over the floor, median', crashToDetected.medianMs - killToExitEvent.medianMs, 10),
    atMostMs('crash detected, over the floor, p95', crashToDetected.p95Ms - killToExitEvent.p95Ms, 10),
    atMostMs('app verified as paused after detection, p95', detectedToPaused.p95Ms, 25),
    atLeastTimes('pause faster than a fresh ssh, medians', freshSshStop.medianMs / detectedToPaused.medianMs, 20),
    atMostMs('client started after the gate opened, p95', gateOpenToClientStarted.p95Ms, 50),
  ];
}

export function atMostMs(goal: string, value: number, atMost: number): Goal {
  return { goal, unit: 'ms', value: hundredths(value), atMost, met: value <= atMost };
}

export function atLeastTimes(goal: string, value: number, atLeast: number): Goal {
  return { goal, unit: 'times', value: hundredths(value), atLeast, met: value >= atLeast };
}
