// Figures of machines as people read them.
import type { FigureLane } from '../../../electron/common/incident';

/** "71 %", "48 Mbit/s", "0.4 a second", "−61 dBm". */
export function figureText(value: number, unit: FigureLane['unit']): string {
  switch (unit) {
    case '%':
      return `${digits(value)} %`;
    case 'bit/s':
      if (value >= 1e9) return `${digits(value / 1e9)} Gbit/s`;
      return value >= 1e6 ? `${digits(value / 1e6)} Mbit/s` : `${digits(value / 1e3)} kbit/s`;
    case '1/s':
      return `${digits(value)} a second`;
    case 'dBm':
      return `${Math.round(value)} dBm`;
  }
}

function digits(value: number): string {
  return Math.abs(value) >= 9.95 || value === 0 ? Math.round(value).toString() : value.toFixed(1);
}
