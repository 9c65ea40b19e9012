// Figures of machines as people read them.
import type { FigureLane } from '../../../electron/common/incident';
import { wordsOf } from '../../language/language';
import { decimal } from '../../language/locale';

const words = wordsOf('ui');

/** "71 %", "48 Mbit/s", "0.4 a second", "−61 dBm". */
export function figureText(value: number, unit: FigureLane['unit']): string {
  switch (unit) {
    case '%':
      return `${digits(value)} %`;
    case 'bit/s':
      if (value >= 1e9) return `${digits(value / 1e9)} Gbit/s`;
      return value >= 1e6 ? `${digits(value / 1e6)} Mbit/s` : `${digits(value / 1e3)} kbit/s`;
    case '1/s':
      return words('aSecond', { figure: digits(value) });
    case 'dBm':
      return `${Math.round(value)} dBm`;
  }
}

/** Without a unit, or with its shortest. */
export function figureTick(value: number, unit: FigureLane['unit']): string {
  if (value === 0) return '0';
  return unit === '1/s' ? `${digits(value)}/s` : figureText(value, unit).replace('bit/s', '');
}

function digits(value: number): string {
  return Math.abs(value) >= 9.95 || value === 0 ? Math.round(value).toString() : decimal(value.toFixed(1));
}
