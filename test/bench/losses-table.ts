// Puts cut networks into a table for people, and judges them by their goals.
import type { Figure } from './figures';
import { cutMs, type LossReport, type Losses, type RivalLosses } from './losses';
import { atLeastTimes, atMostMs, type Goal } from './supervision-goals';

/** The lease is 2 s; the host may take one more to act on its end. */
const leaseMs = 3_000;
/** The gate looks back 2 s; the attempt follows within half a second. */
const firstAttemptMs = 2_500;

export function judgeLosses(report: LossReport): readonly Goal[] {
  if (report.kind === 'not-run') return [];
  return report.athena.flatMap((losses) => {
    const { client, cutToDeclared, cutToPaused, healToFirstAttempt, healToStreaming } = losses;
    const always = [
      atMostMs(`${client}: cut → declared, p95`, cutToDeclared.p95Ms, 1_000),
      atMostMs(`${client}: cut → app paused by the host, p95`, cutToPaused.p95Ms, leaseMs),
      atMostMs(`${client}: healed → first attempt, p95`, healToFirstAttempt.p95Ms, firstAttemptMs),
    ];
    const beside = report.instead
      .filter((rival) => rival.client === client && rival.healToStreamingMs !== null)
      .map((rival) => atLeastTimes(`${client}: back faster than ${rival.name}, medians`, (rival.healToStreamingMs ?? 0) / healToStreaming.medianMs, 1));
    // FreeRDP's shadow server serves nobody while it still sends to a client that vanished: that is its time, not ours.
    const own = client === 'rdp' ? [] : [atMostMs(`${client}: healed → streaming, median`, healToStreaming.medianMs, 5_000), atMostMs(`${client}: healed → streaming, p95`, healToStreaming.p95Ms, 10_000)];
    return [...always, ...own, ...beside];
  });
}

export function lossesTable(report: LossReport): string {
  if (report.kind === 'not-run') return `Cut networks: not run, because ${report.why}.`;
  const row = (title: string, cells: readonly string[]): string => title.padEnd(26) + cells.map((cell) => cell.padStart(18)).join('');
  return [
    `The way is cut for ${cutMs / 1_000} s, ${report.runs} times each; milliseconds, median / p95 for Athena, medians of the others`,
    row('', ['cut → noticed', 'cut → app paused', 'healed → attempt', 'healed → streaming']),
    ...report.athena.flatMap((losses) => [athenaRow(losses, row), ...report.instead.filter(({ client }) => client === losses.client).map((rival) => rivalRow(rival, row))]),
    ...report.notDriven.map(({ name, why }) => `  ${name}: not measured, ${why}`),
    ...report.athena
      .filter(({ client }) => client === 'rdp')
      .map(() => "  RDP: FreeRDP's shadow server serves nobody until TCP has told it that the old client is gone, whoever asks."),
  ].join('\n');
}

type Row = (title: string, cells: readonly string[]) => string;

function athenaRow({ client, cutToDeclared, cutToPaused, healToFirstAttempt, healToStreaming }: Losses, row: Row): string {
  return row(`Athena, ${client}`, [cutToDeclared, cutToPaused, healToFirstAttempt, healToStreaming].map(ofFigure));
}

function rivalRow({ name, cutToNoticedMs, healToStreamingMs, appPaused, cameBack, runs }: RivalLosses, row: Row): string {
  const streaming = healToStreamingMs === null ? 'never in 60 s' : `${healToStreamingMs.toFixed(0)} (${cameBack}/${runs})`;
  return row(`  ${name}`, [cutToNoticedMs?.toFixed(0) ?? 'never', appPaused ? 'paused' : 'never', '-', streaming]);
}

function ofFigure({ medianMs, p95Ms }: Figure): string {
  return `${medianMs.toFixed(0)} / ${p95Ms.toFixed(0)}`;
}
