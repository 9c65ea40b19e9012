// Puts the diagnosis measurement into tables for people: goals, shares per cause, and what was taken for what.
import { causeIdSchema } from '../../../electron/common/trace';
import type { DiagnosisReport, SetReport } from './diagnosis-report';

const nameWidth = Math.max(...causeIdSchema.options.map((cause) => cause.length)) + 2;

export function diagnosisTable({ seeds, tracesPerSecond, open, heldOut, openMisses, goals, ok }: DiagnosisReport): string {
  const goalWidth = Math.max(...goals.map(({ goal }) => goal.length)) + 2;
  return [
    `${seeds} seeds; ${open.cases} open traces, ${heldOut?.cases ?? 0} held out; ${tracesPerSecond} traces a second`,
    ...setTable('open (even seeds)', open),
    ...(heldOut ? setTable('held out (odd seeds), sums only', heldOut) : []),
    '',
    ...(openMisses.length === 0 ? [] : ['missed in the open set:', ...openMisses.map(({ case: name, seed, said }) => `  ${name.padEnd(nameWidth)} seed ${String(seed).padStart(3)}  ${said.join(', ')}`), '']),
    ...goals.map(({ goal, value, atLeast, atMost, met }) => `${goal.padEnd(goalWidth)} ${percent(value).padStart(7)}  ${atMost === undefined ? `≥ ${percent(atLeast ?? 0)}` : `≤ ${percent(atMost)}`}  ${met ? 'met' : 'MISSED'}`),
    '',
    ok ? 'All goals are met.' : 'Not all goals are met.',
  ].join('\n');
}

function setTable(title: string, { byCause, confusion }: SetReport): string[] {
  const said = causeIdSchema.options.filter((cause) => Object.values(confusion).some((row) => (row[cause] ?? 0) > 0));
  const head = `${title}`.padEnd(nameWidth) + ['first', 'top 3', 'sure✗'].map((word) => word.padStart(8)).join('');
  return [
    '',
    head,
    ...Object.entries(byCause).map(([cause, { top1, top3, sureAndWrong }]) => cause.padEnd(nameWidth) + [top1, top3, sureAndWrong].map((value) => percent(value).padStart(8)).join('')),
    '',
    `done ↓, said first →  ${said.map((cause, number) => `${letter(number)} ${cause}`).join(', ')}`,
    ' '.repeat(nameWidth) + said.map((_cause, number) => letter(number).padStart(4)).join(''),
    ...Object.entries(confusion).map(([cause, row]) => cause.padEnd(nameWidth) + said.map((name) => String(row[name] ?? '·').padStart(4)).join('')),
  ];
}

function letter(number: number): string {
  return String.fromCharCode(65 + number);
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
