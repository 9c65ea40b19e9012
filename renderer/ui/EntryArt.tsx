// An entry's art: drawn rings and a gradient, always the same for the same name, and over them the cover where there is one.
import { memo, useEffect, useState, type CSSProperties, type ReactNode } from 'react';

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

/** @param url of a cover; one that can't be had leaves the drawn art as it is */
export function EntryArt({ name, url = null }: { readonly name: string; readonly url?: string | null }): ReactNode {
  return (
    <>
      <DrawnArt name={name} isBackdrop={url !== null} />
      {url !== null && <Cover key={url} url={url} />}
    </>
  );
}

/** A cover that failed may be there later, when its host is: main remembers for a minute that it was not. */
const tryAgainAfterMs = 70_000;

/** Main hands a cover over whole, so it is there at once or not at all; until then, and without one, the drawn art is seen. */
function Cover({ url }: { readonly url: string }): ReactNode {
  const [hasFailed, setFailed] = useState(false);
  const [isDue, setDue] = useState(() => seenCovers.has(url));
  useEffect(() => {
    if (isDue) return undefined;
    const timer = setTimeout(() => setDue(true), lingerMs);
    return () => clearTimeout(timer);
  }, [isDue]);
  useEffect(() => {
    if (!hasFailed) return undefined;
    const timer = setTimeout(() => setFailed(false), tryAgainAfterMs);
    return () => clearTimeout(timer);
  }, [hasFailed]);
  if (hasFailed || !isDue) return null;
  return (
    <img className="art__cover" src={url} alt="" decoding="async" draggable={false} onLoad={() => seenCovers.add(url)} onError={() => setFailed(true)} />
  );
}

/** What flies by in a fast scroll, or between two keys of a search, asks for no cover. */
const lingerMs = 160;
/** Those are there at once when their tile comes back. */
const seenCovers = new Set<string>();

/**
 * One element and its letters: a library draws dozens of these at every turn of the wheel.
 * @param isBackdrop beside a cover, rings would be a second picture
 */
const DrawnArt = memo(function DrawnArt({ name, isBackdrop }: { readonly name: string; readonly isBackdrop: boolean }): ReactNode {
  return (
    <span className="art" style={drawing(name, isBackdrop)} aria-hidden>
      <span className="art__letters">{monogram(name)}</span>
    </span>
  );
});

const rings = [1, 2, 3, 4, 5, 6] as const;
/** Of a ring, in em; half of it again on both sides is soft. */
const line = 0.03;

/** Lengths in em, so that the text size of the place makes the drawing larger or smaller. */
function drawing(name: string, isBackdrop: boolean): CSSProperties {
  const seed = hash(name);
  const [from, to] = hues[(seed ^ (seed >>> 13) ^ (seed >>> 22)) % hues.length] ?? [218, 252];
  const ground = `linear-gradient(to bottom right,hsl(${from} 42% 25%),hsl(${to} 48% 13%))`;
  if (isBackdrop) return { backgroundImage: ground };
  const x = 47 + ((seed >>> 4) % 47);
  const y = 11 + ((seed >>> 11) % 78);
  const step = (26 + ((seed >>> 18) % 14)) / 40;
  const stops = rings.map((ring) => {
    const radius = ring * step;
    const inside = ring === 1 ? `hsl(${from} 70% 78% / 0.16)` : '#0000';
    const stroke = `hsl(${from} 70% 82% / ${0.26 - ring * 0.035})`;
    return `${inside} ${radius - line}em,${stroke} ${radius}em ${radius + line}em,#0000 ${radius + 2 * line}em`;
  });
  return {
    backgroundImage: `radial-gradient(circle at ${x}% ${y}%,${stops.join(',')}),${ground}`,
  };
}
