// What is told can be said in German: the catalogues hold each sentence of the sources, with the same places, and none besides.
import { describe, expect, it } from 'vitest';
import { germanTold } from '../../../electron/common/german/german-told';
import { incidentTold } from '../../../electron/common/german/incident-told';
import { sessionTold } from '../../../electron/common/german/session-told';
import { shellTold } from '../../../electron/common/german/shell-told';
import { asIs, english, figure, inEnglish, listed, render, tell, toldSchema } from '../../../electron/common/told';
import { toldIn, toldInSources } from './told-sources';

const said = toldInSources();
const placesOf = (text: string): string[] => [...new Set([...text.matchAll(/\{\d+\}/g)].map(([place]) => place))].sort();

describe('the German catalogues', () => {
  it('hold every sentence that is told', () => {
    expect([...said].filter(([template]) => !germanTold.has(template))).toEqual([]);
  });

  it('hold no sentence that nobody tells any more, and none twice', () => {
    expect([...germanTold.keys()].filter((template) => !said.has(template))).toEqual([]);
    const all = [sessionTold, shellTold, incidentTold].flatMap((catalogue) => Object.keys(catalogue));
    expect(all.filter((template, index) => all.indexOf(template) !== index)).toEqual([]);
  });

  it('have the same places as the English', () => {
    const others = [...germanTold].filter(([template, text]) => placesOf(template).join() !== placesOf(text).join());
    expect(others).toEqual([]);
  });

  it('are looked for in what the sources really say', () => {
    expect(said.size).toBeGreaterThan(400);
    expect(toldIn('a.ts', 'const a = tell`One ${b} two`; const c = tell`three`; const d = tell` (${b})`;').map(({ template }) => template)).toEqual(['One {0} two', 'three']);
  });
});

describe('a told sentence', () => {
  const catalogue = new Map([
    ['{0} lost answers for {1}', 'Für {1} antwortete {0} nicht'],
    ['{0} s', '{0} s'],
    ['the host', 'der Host'],
  ]);
  const sentence = tell`${tell`the host`} lost answers for ${tell`${figure(3.5, 1)} s`}`;

  it('is what stands in the code', () => {
    expect(english(sentence)).toBe('the host lost answers for 3.5 s');
    expect(english(tell`Nothing, in {0}`)).toBe('Nothing, in {0}');
  });

  it('has its values told as well, wherever they stand, and a comma in its figures', () => {
    expect(render(sentence, catalogue)).toBe('Für 3,5 s antwortete der Host nicht');
    expect(render(tell`${0.25} of ${'10.0.0.1'}`, catalogue)).toBe('0,25 of 10.0.0.1');
    expect(render(listed([tell`the host`, tell`RIG`]), catalogue)).toBe('der Host, RIG');
  });

  it('leaves foreign words alone, also where they look like a place', () => {
    expect(render(tell`${asIs('{1} {0}')} lost answers for ${'{0}'}`, catalogue)).toBe('Für {0} antwortete {1} {0} nicht');
  });

  it('crosses to the window, also as the plain text of an older Athena', () => {
    expect({ told: toldSchema.parse(JSON.parse(JSON.stringify(sentence))) }).toStrictEqual({ told: sentence });
    expect(english(toldSchema.parse('RIG did not answer'))).toBe('RIG did not answer');
    expect(toldSchema.safeParse({ template: 'a' }).success).toBe(false);
  });

  it('is English text in what is written', () => {
    expect(inEnglish({ marks: [{ atMs: 1, text: sentence }], none: null })).toEqual({ marks: [{ atMs: 1, text: 'the host lost answers for 3.5 s' }], none: null });
  });
});
