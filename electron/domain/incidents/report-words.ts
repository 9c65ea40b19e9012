// Words and figures of an incident's page; every text from outside passes through `escaped`.
import type { FigureLane, IncidentKind } from '../../common/incident';
import type { ProbeKind } from '../../common/latency';

/** What would end a text's element or attribute, and signs that turn or hide what is written (Unicode TR 36). */
const unwanted = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;  
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For the contents of elements and for attributes in quotation marks. */
export function escaped(text: string): string {
  return text.replaceAll(unwanted, '').replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
}

export const kindWords: Readonly<Record<IncidentKind, string>> = {
  interruption: 'Interruption',
  stall: 'Stall',
  spike: 'Latency spike',
  'loss-burst': 'Loss burst',
};

export const probeWords: Readonly<Record<ProbeKind, string>> = { icmp: 'echo', tcp: 'connect', http: 'web answer', loop: 'own loop' };

/** "0.42 ms", "312 ms", "2.3 s". */
export function milliseconds(ms: number): string {
  if (ms >= 10_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms >= 100) return `${Math.round(ms)} ms`;
  return `${ms >= 10 ? Math.round(ms * 10) / 10 : Math.round(ms * 100) / 100} ms`;
}

/** "5.4 ms", "620 ms", "8.3 s", "12 min". */
export function duration(ms: number): string {
  if (ms < 1_000) return ms < 10 ? `${Math.round(ms * 10) / 10} ms` : `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 60_000)} min`;
}

export function figureValue(value: number, unit: FigureLane['unit']): string {
  switch (unit) {
    case '%':
      return `${Math.round(value * 10) / 10} %`;
    case 'bit/s':
      return value >= 1e6 ? `${Math.round(value / 1e5) / 10} Mbit/s` : `${Math.round(value / 1e3)} kbit/s`;
    case '1/s':
      return `${Math.round(value * 10) / 10} a second`;
    case 'dBm':
      return `${Math.round(value)} dBm`;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** "2026-11-23", in the local time of who writes the page. */
export function dateOf(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "21:45:00". */
export function timeOf(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** "UTC+01:00": who reads the page may live elsewhere. */
export function zoneOf(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** From the incident's beginning: "+6.2 s", "−48.0 s". */
export function offsetOf(ms: number): string {
  const s = Math.round(ms / 100) / 10;
  return `${s < 0 ? '−' : '+'}${Math.abs(s).toFixed(1)} s`;
}
