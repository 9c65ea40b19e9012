// The PIN of a pairing: four digits, shown here and typed on the host.

export function newPin(random: (below: number) => number): string {
  return String(random(10_000)).padStart(4, '0');
}
