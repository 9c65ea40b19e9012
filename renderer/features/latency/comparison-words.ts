// A comparison of before and after in plain words, with how sure it is.
import type { Comparison } from '../../../electron/common/incident';
import { assertNever } from '../../../electron/common/result';
import { formatMs, formatPercent } from '../../ui/format';

/** One sentence on what the verdict stands on. */
export function verdictSentence({ verdict, before, after, spikeRatio }: Comparison): string {
  const rates = `${rate(before.spikesPerHour)} spikes an hour before, ${rate(after.spikesPerHour)} after`;
  const sure = spikeRatio === null ? '' : ` That is ${times(spikeRatio.value)} times as many (95 % confidence: ${times(spikeRatio.low)} to ${times(spikeRatio.high)}).`;
  switch (verdict) {
    case 'better':
      return `Spikes come less often: ${rates}.${sure}`;
    case 'worse':
      return `Spikes come more often: ${rates}.${sure}`;
    case 'no-difference':
      return `Spikes come as often as before: ${rates}.${sure}`;
    case 'too-little':
      return `${hours(before.hours)} were measured before and ${hours(after.hours)} after: ${spikeRatio === null ? 'no spikes yet to compare' : `${rates}, which may be chance`}. Look again later.`;
    default:
      return assertNever(verdict);
  }
}

/** What moved besides, one part a figure. */
export function figureParts({ before, after }: Comparison): { readonly name: string; readonly text: string }[] {
  const ms = (value: number | null): string => (value === null ? '–' : formatMs(value));
  const percent = (value: number | null): string => (value === null ? '–' : value > 0 && value < 0.001 ? (value * 100).toFixed(2) : formatPercent(value));
  return [
    { name: 'p50', text: `${ms(before.p50Ms)} → ${ms(after.p50Ms)} ms` },
    { name: 'p95', text: `${ms(before.p95Ms)} → ${ms(after.p95Ms)} ms` },
    { name: 'p99', text: `${ms(before.p99Ms)} → ${ms(after.p99Ms)} ms` },
    { name: 'lost', text: `${percent(before.lossRatio)} → ${percent(after.lossRatio)} %` },
  ];
}

/** All vantage points together, before one looks at each. */
export function overall(comparisons: readonly Comparison[]): string {
  const count = (verdict: Comparison['verdict']): number => comparisons.filter((one) => one.verdict === verdict).length;
  const [better, worse, same] = [count('better'), count('worse'), count('no-difference')];
  if (better + worse + same === 0) return 'It is too early to say.';
  const parts = [
    ...(better > 0 ? [`better at ${better}`] : []),
    ...(worse > 0 ? [`worse at ${worse}`] : []),
    ...(same > 0 ? [`no difference at ${same}`] : []),
    ...(count('too-little') > 0 ? [`too early to say at ${count('too-little')}`] : []),
  ];
  const line = parts.join(', ');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

function rate(perHour: number): string {
  return perHour >= 9.95 ? Math.round(perHour).toString() : perHour.toFixed(perHour < 0.095 && perHour > 0 ? 2 : 1);
}

/** "0.24", "1.9", "more than 100". */
function times(ratio: number): string {
  if (ratio >= 100) return 'more than 100';
  return ratio >= 9.95 ? Math.round(ratio).toString() : ratio.toFixed(ratio < 0.995 ? 2 : 1);
}

function hours(value: number): string {
  if (value < 1) return `${Math.round(value * 60)} minutes`;
  return value < 48 ? `${Number(value.toFixed(1))} hours` : `${Math.round(value / 24)} days`;
}
