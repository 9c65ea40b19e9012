// Figures and times as people read them.
import { wordsOf } from '../language/language';
import { decimal, formatDay, formatMinute } from '../language/locale';

const words = wordsOf('ui');

/** Milliseconds with as many digits as mean something: 0.42, 8.3, 142. */
export function formatMs(ms: number): string {
  return decimal(msDigits(ms));
}

/** The same without closing noughts, as an axis has it: 0.5, 10. */
export function formatTickMs(ms: number): string {
  return decimal(Number(msDigits(ms)));
}

function msDigits(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 99.95) return Math.round(ms).toString();
  return ms.toFixed(size >= 0.995 ? 1 : 2);
}

/** The time between two marks: "14 ms", "2.31 s", "4 min 05 s". */
export function formatGap(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? decimal(ms.toFixed(1)) : Math.round(ms)} ms`;
  if (ms < 60_000) return `${decimal((ms / 1000).toFixed(2))} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  return percent === 0 || percent >= 9.95 ? percent.toFixed(0) : decimal(percent.toFixed(1));
}

/** Clock time with milliseconds, in the local zone. */
export function formatClock(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = decimal(`${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${seconds}`;
}

/** The minute of a moment: "14:05", with the day in front when it was another one. Local zone. */
export function formatMoment(atMs: number, nowMs: number): string {
  const clock = formatMinute(atMs);
  if (new Date(atMs).toDateString() === new Date(nowMs).toDateString()) return clock;
  return `${formatDay(atMs, { day: 'numeric', month: 'short' })}, ${clock}`;
}

export function formatAgo(atMs: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - atMs) / 60_000);
  if (minutes < 1) return words('ago.now');
  if (minutes < 60) return words('ago.minutes', { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return words('ago.hours', { hours });
  const days = Math.floor(hours / 24);
  return days === 1 ? words('ago.yesterday') : words('ago.days', { days });
}

/** Time spent, as people count it: "40 min", "1.5 h", "12 h". */
export function formatPlayed(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = ms / 3_600_000;
  return hours < 9.95 ? `${decimal(hours.toFixed(1).replace(/\.0$/, ''))} h` : `${Math.round(hours)} h`;
}

/** "1920 × 1080 at 60 fps" */
export function formatMode({ widthPx, heightPx, fps }: { readonly widthPx: number; readonly heightPx: number; readonly fps: number }): string {
  return words('mode', { width: widthPx, height: heightPx, fps });
}

/** From kbit/s: "44.1 Mbit/s", "800 Mbit/s", and from a thousand on "1 Gbit/s". */
export function formatRate(kbps: number): string {
  const megabits = kbps / 1_000;
  if (megabits >= 1_000) return `${short(megabits / 1_000)} Gbit/s`;
  return `${short(megabits)} Mbit/s`;
}

function short(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return decimal(Math.round(value * 10) / 10);
}
