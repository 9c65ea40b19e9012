// How the language of the window writes numbers, dates and clocks.
import { currentLanguage } from './language';

const tags = { en: 'en-GB', de: 'de-DE' } as const;

export function locale(): 'en-GB' | 'de-DE' {
  return tags[currentLanguage()];
}

/** A figure whose decimals a point divides, as `toFixed` writes it, with the language's own sign. */
export function decimal(figure: string | number): string {
  return currentLanguage() === 'de' ? String(figure).replace('.', ',') : String(figure);
}

/** A whole number with its thousands apart. */
export function formatCount(count: number): string {
  return count.toLocaleString(locale());
}

/** "14:05", in the local zone. */
export function formatMinute(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });
}

/** A day in words, as far as it is asked for; local zone. */
export function formatDay(atMs: number, parts: Intl.DateTimeFormatOptions): string {
  return new Date(atMs).toLocaleDateString(locale(), parts);
}
