// Bitrates as people read and set them.

/** From kbit/s: "44.1 Mbit/s", "800 Mbit/s", and from a thousand on "1 Gbit/s". */
export function formatRate(kbps: number): string {
  const megabits = kbps / 1_000;
  if (megabits >= 1_000) return `${short(megabits / 1_000)} Gbit/s`;
  return `${short(megabits)} Mbit/s`;
}

/** Of a display cable, in Gbit/s with both decimals: such figures are compared with those of cables. */
export function formatCableRate(kbps: number): string {
  return `${(kbps / 1_000_000).toFixed(2)} Gbit/s`;
}

function short(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(Math.round(value * 10) / 10);
}

/** How far one press goes, in Mbit/s: coarser where there is more. */
export function bitrateStep(megabits: number): number {
  if (megabits < 5) return 0.5;
  if (megabits < 20) return 1;
  return megabits < 100 ? 5 : 10;
}
