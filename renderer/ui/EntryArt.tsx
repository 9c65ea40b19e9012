// Art for entries that bring none: quiet rings and a gradient, always the same for the same name.
import type { ReactNode } from 'react';
import { useId } from 'react';

/** Pairs of hue that sit well beside the accent. */
const hues: readonly (readonly [number, number])[] = [
  [218, 252],
  [190, 222],
  [258, 300],
  [168, 204],
  [232, 196],
  [282, 232],
  [204, 160],
  [318, 262],
];

/** FNV-1a, 32 bits: spreads short names well enough to choose colours by. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/** The first letters of up to two words. */
export function monogram(name: string): string {
  const words = name.split(/[\s\-_/]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word].find((char) => /[\p{L}\p{N}]/u.test(char)) ?? '')
    .join('')
    .toLocaleUpperCase();
}

export function EntryArt({ name }: { readonly name: string }): ReactNode {
  const id = useId();
  const seed = hash(name);
  const [from, to] = hues[(seed ^ (seed >>> 13) ^ (seed >>> 22)) % hues.length] ?? [218, 252];
  const x = 150 + ((seed >>> 4) % 150);
  const y = 20 + ((seed >>> 11) % 140);
  const step = 26 + ((seed >>> 18) % 14);
  return (
    <svg className="art" viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={`hsl(${from} 42% 25%)`} />
          <stop offset="1" stopColor={`hsl(${to} 48% 13%)`} />
        </linearGradient>
      </defs>
      <rect width="320" height="180" fill={`url(#${id})`} />
      {[1, 2, 3, 4, 5, 6].map((ring) => (
        <circle
          key={ring}
          cx={x}
          cy={y}
          r={ring * step}
          fill={ring === 1 ? `hsl(${from} 70% 78% / 0.16)` : 'none'}
          stroke={`hsl(${from} 70% 82% / ${0.26 - ring * 0.035})`}
          strokeWidth="1.5"
        />
      ))}
      <text x="22" y="112" className="art__letters">
        {monogram(name)}
      </text>
    </svg>
  );
}
