// Where the time axis has its ticks, and what stands there: round clock times, with the day where it changes.
import { decimal, formatDay, formatMinute, locale } from '../../language/locale';
import type { TimeSpan } from './time-view';

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const steps = [
  0.2 * secondMs, 0.5 * secondMs, secondMs, 2 * secondMs, 5 * secondMs, 10 * secondMs, 15 * secondMs, 30 * secondMs,
  minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 15 * minuteMs, 30 * minuteMs,
  hourMs, 2 * hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs,
  dayMs, 2 * dayMs, 7 * dayMs, 14 * dayMs, 30 * dayMs, 91 * dayMs,
] as const; // prettier-ignore

/** @param most how many ticks there is room for */
export function timeTicks({ fromMs, toMs }: TimeSpan, most: number): TimeTick[] {
  const wantedMs = (toMs - fromMs) / Math.max(1, most);
  const stepMs = steps.find((step) => step >= wantedMs) ?? 182 * dayMs;
  // Whole hours and days of the local clock; where its offset changes within the span, one hour's ticks stand askew.
  const offsetMs = -new Date(fromMs).getTimezoneOffset() * minuteMs;
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs; at <= toMs; at += stepMs) {
    ticks.push({ atMs: at, label: tickLabel(at, stepMs) });
  }
  return ticks;
}

function tickLabel(atMs: number, stepMs: number): string {
  const at = new Date(atMs);
  const day = formatDay(atMs, { day: 'numeric', month: 'short' });
  if (stepMs >= dayMs) return day;
  if (stepMs >= minuteMs) {
    const clock = formatMinute(atMs);
    return clock === '00:00' ? day : clock;
  }
  const clock = at.toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return stepMs >= secondMs ? clock : decimal(`${clock.slice(-5)}.${String(Math.floor(at.getMilliseconds() / 100))}`);
}

/** The moment under the cursor, as finely as the span tells it apart. */
export function cursorTime(atMs: number, { fromMs, toMs }: TimeSpan): string {
  const at = new Date(atMs);
  const lengthMs = toMs - fromMs;
  const seconds = lengthMs <= 2 * hourMs ? ({ second: '2-digit' } as const) : {};
  const clock = at.toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', ...seconds });
  const fine = lengthMs <= 2 * minuteMs ? decimal(`.${Math.floor(at.getMilliseconds() / 100)}`) : '';
  const isToday = at.toDateString() === new Date(toMs).toDateString();
  const day = lengthMs > 12 * hourMs || !isToday ? `${formatDay(atMs, { weekday: 'short', day: 'numeric', month: 'short' })}, ` : '';
  return `${day}${clock}${fine}`;
}
