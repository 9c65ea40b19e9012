// Numbers as people type them: read, kept within their limits, and stepped by a press.
import { decimal } from '../language/locale';

export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  /** Whether it has no decimals. */
  readonly whole: boolean;
}

export type NumberReading = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly why: 'no-number' | 'no-whole-number' | 'out-of-range' };

/** A point or a comma divides the decimals. */
export function readNumber(text: string, { min, max, whole }: NumberLimits): NumberReading {
  const trimmed = text.trim();
  if (!/^-?\d+([.,]\d+)?$/.test(trimmed)) return { ok: false, why: 'no-number' };
  const value = Number(trimmed.replace(',', '.'));
  if (value < min || value > max) return { ok: false, why: 'out-of-range' };
  if (whole && !Number.isInteger(value)) return { ok: false, why: 'no-whole-number' };
  return { ok: true, value };
}

/** At most one decimal more than a person sets: 57, 0.5, 12.25. */
export function writeNumber(value: number): string {
  return decimal(Math.round(value * 100) / 100);
}

/** To the next multiple of the step in that direction, within the limits. */
export function stepNumber(value: number, direction: 1 | -1, step: number, { min, max }: NumberLimits): number {
  const multiple = direction > 0 ? Math.floor(value / step) + 1 : Math.ceil(value / step) - 1;
  return Math.min(max, Math.max(min, multiple * step));
}
