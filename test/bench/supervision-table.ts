// Puts the supervision measurement into a table for people.
import type { Figure } from './figures';
import { lossesTable } from './losses-table';
import type { Goal } from './supervision-goals';
import type { SupervisionReport } from './supervision-report';

const columns = [10, 10, 10, 10] as const;

export function supervisionTable({ machine, figures, floors, goals, losses, ok, runs }: SupervisionReport): string {
  const titleLength = Math.max(...[...Object.values(titles), ...goals.map(({ goal }) => goal)].map((title) => title.length)) + 2;
  const row = (title: string, cells: readonly string[]): string =>
    title.padEnd(titleLength) + cells.map((cell, index) => cell.padStart(columns[index] ?? 10)).join('');
  const figureRow = (key: keyof typeof titles, { medianMs, p95Ms, minMs, maxMs }: Figure): string =>
    row(titles[key], [medianMs, p95Ms, minMs, maxMs].map((value) => value.toFixed(2)));
  return [
    `${runs} kills; Node ${machine.node}, Linux ${machine.kernel}, ${machine.cpus} processors, load ${machine.loadBefore.join(' ')} before, ${machine.loadAfter.join(' ')} after`,
    '',
    row('milliseconds', ['median', 'p95', 'least', 'most']),
    figureRow('crashToDetected', figures.crashToDetected),
    figureRow('killToExitEvent', floors.killToExitEvent),
    figureRow('detectedToPaused', figures.detectedToPaused),
    figureRow('freshSshStop', floors.freshSshStop),
    figureRow('crashToPaused', figures.crashToPaused),
    figureRow('detectedToGateOpen', figures.detectedToGateOpen),
    figureRow('gateOpenToClientStarted', figures.gateOpenToClientStarted),
    figureRow('crashToClientStarted', figures.crashToClientStarted),
    figureRow('crashToStreaming', figures.crashToStreaming),
    '',
    lossesTable(losses),
    '',
    row('goal', ['is', 'wanted', '']),
    ...goals.map((goal) => row(goal.goal, [goal.value.toFixed(2), limitOf(goal), goal.met ? 'met' : 'MISSED'])),
    '',
    ok ? 'All goals are met.' : 'Not all goals are met.',
  ].join('\n');
}

const titles = {
  crashToDetected: 'crash → detected',
  killToExitEvent: '  floor: kill → child_process exit event',
  detectedToPaused: 'detected → app paused, verified',
  freshSshStop: '  floor: fresh ssh kill -STOP → state T',
  crashToPaused: 'crash → app paused, verified',
  detectedToGateOpen: 'detected → gate open',
  gateOpenToClientStarted: 'gate open → client started',
  crashToClientStarted: 'crash → client started',
  crashToStreaming: 'crash → streaming again',
} as const;

function limitOf({ atMost, atLeast }: Goal): string {
  return atMost === undefined ? `≥ ${atLeast ?? 0}` : `≤ ${atMost}`;
}
