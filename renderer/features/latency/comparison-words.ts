// A comparison of before and after in plain words, with how sure it is.
import type { Comparison } from '../../../electron/common/incident';
import { wordsOf } from '../../language/language';
import { decimal } from '../../language/locale';
import { formatMs, formatPercent } from '../../ui/format';

const words = wordsOf('latency');

/** One sentence on what the verdict stands on. */
export function verdictSentence({ verdict, before, after, spikeRatio }: Comparison): string {
  const rates = words('compared.rates', { before: rate(before.spikesPerHour), after: rate(after.spikesPerHour) });
  if (verdict === 'too-little') {
    const known = spikeRatio === null ? words('compared.noSpikes') : words('compared.byChance', { rates });
    return words('compared.too-little', { before: hours(before.hours), after: hours(after.hours), known });
  }
  const sure = spikeRatio === null ? '' : words('compared.sure', { times: times(spikeRatio.value), low: times(spikeRatio.low), high: times(spikeRatio.high) });
  return words(`compared.${verdict}`, { rates, sure });
}

/** What moved besides, one part a figure. */
export function figureParts({ before, after }: Comparison): { readonly name: string; readonly text: string }[] {
  const ms = (value: number | null): string => (value === null ? '–' : formatMs(value));
  const percent = (value: number | null): string => (value === null ? '–' : value > 0 && value < 0.001 ? decimal((value * 100).toFixed(2)) : formatPercent(value));
  return [
    { name: 'p50', text: `${ms(before.p50Ms)} → ${ms(after.p50Ms)} ms` },
    { name: 'p95', text: `${ms(before.p95Ms)} → ${ms(after.p95Ms)} ms` },
    { name: 'p99', text: `${ms(before.p99Ms)} → ${ms(after.p99Ms)} ms` },
    { name: words('compared.lost'), text: `${percent(before.lossRatio)} → ${percent(after.lossRatio)} %` },
  ];
}

/** All vantage points together, before one looks at each. */
export function overall(comparisons: readonly Comparison[]): string {
  const count = (verdict: Comparison['verdict']): number => comparisons.filter((one) => one.verdict === verdict).length;
  const [better, worse, same] = [count('better'), count('worse'), count('no-difference')];
  if (better + worse + same === 0) return words('compared.tooEarly');
  const parts = [
    ...(better > 0 ? [words('compared.betterAt', { count: better })] : []),
    ...(worse > 0 ? [words('compared.worseAt', { count: worse })] : []),
    ...(same > 0 ? [words('compared.sameAt', { count: same })] : []),
    ...(count('too-little') > 0 ? [words('compared.tooEarlyAt', { count: count('too-little') })] : []),
  ];
  const line = parts.join(', ');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

function rate(perHour: number): string {
  return perHour >= 9.95 ? Math.round(perHour).toString() : decimal(perHour.toFixed(perHour < 0.095 && perHour > 0 ? 2 : 1));
}

/** "0.24", "1.9", "more than 100". */
function times(ratio: number): string {
  if (ratio >= 100) return words('compared.moreThanHundred');
  return ratio >= 9.95 ? Math.round(ratio).toString() : decimal(ratio.toFixed(ratio < 0.995 ? 2 : 1));
}

function hours(value: number): string {
  if (value < 1) return words('compared.minutes', { minutes: Math.round(value * 60) });
  return value < 48 ? words('compared.hours', { hours: decimal(Number(value.toFixed(1))) }) : words('compared.days', { days: Math.round(value / 24) });
}
