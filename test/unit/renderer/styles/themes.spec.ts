// Every theme can be read: AA for each text on each ground it stands on, AAA in high contrast, 3:1 for what only has to be seen.
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../../electron/common/settings';
import { windowGroundOf } from '../../../../electron/common/window-ground';
import { contrastOf, ownTokensOf, tokensOf, type ThemeName } from './contrast';

const themes: readonly ThemeName[] = settingsSchema.shape.theme.options;
const grounds = ['--ink-0', '--ink-1', '--ink-2', '--ink-3', '--ink-4'];
const tones = ['good', 'hold', 'warn', 'bad', 'accent', 'neutral'];

/** [text, its grounds from the lowest up]. Text 3 and tones are never written on what is pressed, ink 4. */
const texts: readonly (readonly string[])[] = [
  ...grounds.flatMap((ground) => [
    ['--text-1', ground],
    ['--text-2', ground],
  ]),
  ...grounds.slice(0, 4).map((ground) => ['--text-3', ground]),
  ...tones.flatMap((tone) => grounds.slice(0, 4).map((ground) => [`--${tone}`, ground])),
  // Chips, banners and warnings: a tone, and text beside it, on the tone's own wash.
  ...tones.flatMap((tone) => [
    [`--${tone}`, '--ink-1', `--${tone}-wash`],
    [`--${tone}`, '--ink-0', `--${tone}-wash`],
    ['--text-2', '--ink-1', `--${tone}-wash`],
  ]),
  ['--accent-strong', '--ink-2'],
  ['--on-accent', '--accent'],
  ['--on-accent', '--accent-strong'],
];

/** What has to be seen, and is not read: the focus ring, the marks of controls, the lines of graphs (WCAG 2.2, 1.4.11). */
const marks: readonly (readonly string[])[] = [
  ...grounds.map((ground) => ['--accent', ground]),
  ['--text-2', '--ink-4'],
  ['--graph-beside', '--ink-1'],
  ['--graph-jitter', '--ink-1'],
];

describe.each(themes)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const leastForText = theme === 'high-contrast' ? 7 : 4.5;

  it(`has ${leastForText}:1 for every text on its grounds`, () => {
    const faint = texts.map((pair) => ({ pair: pair.join(' on '), ratio: ratio(pair) })).filter((one) => one.ratio < leastForText);
    expect(faint).toEqual([]);
  });

  it('has 3:1 for what has to be seen', () => {
    const faint = marks.map((pair) => ({ pair: pair.join(' on '), ratio: ratio(pair) })).filter((one) => one.ratio < 3);
    expect(faint).toEqual([]);
  });

  it('begins with the window’s own ground, so that nothing flashes', () => {
    expect(windowGroundOf[theme]).toBe(tokens.get('--ink-0'));
  });

  function ratio([ink = '', ...on]: readonly string[]): number {
    return Math.round(contrastOf(tokens, ink, ...on) * 100) / 100;
  }
});

describe('a theme', () => {
  it.each(['light', 'high-contrast'] as const)('%s gives every colour anew', (theme) => {
    const own = ownTokensOf(theme);
    const colours = [...tokensOf('dark')].filter(([, value]) => /^(#|rgb)/.test(value)).map(([name]) => name);
    expect(colours.length).toBeGreaterThan(30);
    expect(colours.filter((name) => !own.has(name))).toEqual([]);
  });

  it('is measured right: black on white is 21:1, and half of it on white less', () => {
    const known = new Map([
      ['--black', '#000000'],
      ['--white', '#ffffff'],
      ['--half', 'rgb(0 0 0 / 0.5)'],
    ]);
    expect(contrastOf(known, '--black', '--white')).toBeCloseTo(21, 5);
    expect(contrastOf(known, '--half', '--white')).toBeCloseTo(3.95, 1);
  });
});
