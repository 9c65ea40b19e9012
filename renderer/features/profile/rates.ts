// Rates of cables as people read them, and the steps of a bitrate.
import { decimal } from '../../language/locale';

/** Of a display cable, in Gbit/s with both decimals: such figures are compared with those of cables. */
export function formatCableRate(kbps: number): string {
  return `${decimal((kbps / 1_000_000).toFixed(2))} Gbit/s`;
}

/** How far one press goes, in Mbit/s: coarser where there is more. */
export function bitrateStep(megabits: number): number {
  if (megabits < 5) return 0.5;
  if (megabits < 20) return 1;
  return megabits < 100 ? 5 : 10;
}
