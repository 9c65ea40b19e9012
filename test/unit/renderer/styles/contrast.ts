// Reads the themes' tokens from their style sheets, and measures contrast as WCAG 2.2 does (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const styles = join(import.meta.dirname, '../../../../renderer/styles');

export type Tokens = ReadonlyMap<string, string>;

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

function declarationsOf(file: string, selector: string): Tokens {
  const css = readFileSync(join(styles, file), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`${file} has no ${selector}`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]));
}

export type ThemeName = 'dark' | 'light' | 'high-contrast';

/** What holds in a theme: the dark one's tokens, and over them its own. */
export function tokensOf(theme: ThemeName): Tokens {
  const dark = declarationsOf('tokens.css', ':root');
  return theme === 'dark' ? dark : new Map([...dark, ...ownTokensOf(theme)]);
}

export function ownTokensOf(theme: Exclude<ThemeName, 'dark'>): Tokens {
  return declarationsOf('themes.css', `html[data-theme='${theme}']`);
}

function parse(text: string): Colour {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex) return [parseInt(hex[1] ?? '', 16), parseInt(hex[2] ?? '', 16), parseInt(hex[3] ?? '', 16), 1];
  const numbers = /^rgba?\(([^)]+)\)$/.exec(text)?.[1]?.split(/[\s,/]+/).map(Number);
  if (numbers === undefined || numbers.length < 3 || numbers.some(Number.isNaN)) throw new Error(`"${text}" is no colour`);
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 1];
}

function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mix = (top: number, below: number): number => top * alpha + below * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
}

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number): number => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** @param grounds token names from the lowest up; translucent ones lie on those before them */
export function contrastOf(tokens: Tokens, ink: string, ...grounds: readonly string[]): number {
  const colour = (name: string): Colour => parse(tokens.get(name) ?? `missing ${name}`);
  const ground = grounds.map(colour).reduce((below, top) => over(top, below));
  const [one, other] = [luminance(over(colour(ink), ground)), luminance(ground)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
