// Which app of a list was listed under another name before; ids as Sunshine makes them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renamedApps, type ListedApp } from '../../../../electron/domain/library/app-renames';
import { drawPng } from '../../../../electron/practice/gamestream/png-picture';
import { withIds } from '../../../../electron/practice/gamestream/host-apps';

type Sketch = readonly [name: string, cover: number | null];

/** A list as the practice host shows it, whose ids are Sunshine's. */
function listed(...sketches: readonly Sketch[]): readonly ListedApp[] {
  return withIds(sketches.map(([name, cover]) => ({ name, hdr: false, cover: cover === null ? null : drawPng(2, 2, [cover, 0, 0]), runs: 'nothing' })));
}

function names(...pairs: readonly (readonly [string, string])[]): { from: string; to: string }[] {
  return pairs.map(([from, to]) => ({ from, to }));
}

describe('an app with a cover of its own', () => {
  it('is known under its new name, wherever that stands in the list', () => {
    const before = listed(['Alpha', 1], ['Steam', 2], ['Tetris', 3]);
    expect(renamedApps(before, listed(['Steam', 2], ['Tetris', 3], ['Zeta', 1]))).toEqual(names(['Alpha', 'Zeta']));
    expect(renamedApps(before, listed(['Alpha', 1], ['Steam', 2], ['Tetris 2', 3]))).toEqual(names(['Tetris', 'Tetris 2']));
  });

  it('is known when others are renamed with it, and others come and go', () => {
    const before = listed(['Alpha', 1], ['Steam', 2], ['Tetris', 3], ['Old', 4]);
    const after = listed(['Blocks', 3], ['Steam', 2], ['Zeta', 1], ['New', 5], ['Newer', null]);
    expect(renamedApps(before, after)).toEqual(names(['Alpha', 'Zeta'], ['Tetris', 'Blocks']));
  });

  it('is not taken for one with another cover, even at the same place', () => {
    const before = listed(['Alpha', 1], ['Steam', 2], ['Tetris', 3]);
    expect(renamedApps(before, listed(['Alpha', 1], ['Sokoban', 9], ['Tetris', 3]))).toEqual([]);
    expect(renamedApps(before, listed(['Alpha', 1], ['Sokoban', null], ['Tetris', 3]))).toEqual([]);
  });

  it('is left alone when two could be meant', () => {
    expect(renamedApps(listed(['Alpha', 1], ['Beta', 1]), listed(['Gamma', 1], ['Delta', 1]))).toEqual([]);
    expect(renamedApps(listed(['Alpha', 1], ['Beta', 1]), listed(['Gamma', 1]))).toEqual([]);
  });
});

describe('an app with another cover and the same name', () => {
  it('is no new app at all', () => {
    expect(renamedApps(listed(['Alpha', 1], ['Steam', 2]), listed(['Alpha', 7], ['Steam', null]))).toEqual([]);
  });
});

describe('an app without a cover', () => {
  const before = listed(['Alpha', null], ['Steam', 2], ['Tetris', null]);

  it('is known at its place between the same neighbours', () => {
    expect(renamedApps(before, listed(['First', null], ['Steam', 2], ['Tetris', null]))).toEqual(names(['Alpha', 'First']));
  });

  it.each<[string, readonly ListedApp[]]>([
    ['at the last place, where hosts append', listed(['Alpha', null], ['Steam', 2], ['Zeta', null])],
    ['at another place', listed(['Steam', 2], ['First', null], ['Tetris', null])],
    ['with a cover now', listed(['First', 5], ['Steam', 2], ['Tetris', null])],
    ['among others that went and came', listed(['First', null], ['Steam', 2], ['Other', null])],
    ['while another came', listed(['First', null], ['Steam', 2], ['Tetris', null], ['More', null])],
  ])('is not known %s', (_where, after) => {
    expect(renamedApps(before, after)).toEqual([]);
  });
});

describe('hosts that number their apps', () => {
  const numbered = (...list: readonly string[]): ListedApp[] => list.map((name, id) => ({ id: id + 1, name }));

  it('have the same number for the same app', () => {
    expect(renamedApps(numbered('Desk', 'Steam'), numbered('Desk', 'Big Picture'))).toEqual(names(['Steam', 'Big Picture']));
  });

  it('prove nothing when more than one has changed', () => {
    expect(renamedApps(numbered('Desk', 'Steam'), numbered('One', 'Two'))).toEqual([]);
  });
});

it('lists that are empty, the same, or wholly other tell of no renames', () => {
  const many = (prefix: string): ListedApp[] => Array.from({ length: 20_000 }, (_, id) => ({ id, name: `${prefix} ${id}` }));
  expect(renamedApps([], listed(['Alpha', 1]))).toEqual([]);
  expect(renamedApps(listed(['Alpha', 1]), [])).toEqual([]);
  expect(renamedApps(many('a'), many('a'))).toEqual([]);
  expect(renamedApps(many('a'), many('b'))).toEqual([]);
  expect(renamedApps(listed(['Twice', 1], ['Twice', 1]), listed(['Once', 1]))).toEqual([]);
});

it('never makes one app of two: with a cover of its own for each, only the same cover is the same app', () => {
  const app = fc.record({ name: fc.string({ minLength: 1, maxLength: 12 }), cover: fc.integer({ min: 0, max: 40 }) });
  const list = fc.uniqueArray(app, { selector: ({ name }) => name, maxLength: 12 }).filter((apps) => new Set(apps.map(({ cover }) => cover)).size === apps.length);
  fc.assert(
    fc.property(list, list, (before, after) => {
      const coverIn = (apps: typeof before, name: string): number | undefined => apps.find((candidate) => candidate.name === name)?.cover;
      const toListed = (apps: typeof before): readonly ListedApp[] => listed(...apps.map(({ name, cover }): Sketch => [name, cover]));
      for (const { from, to } of renamedApps(toListed(before), toListed(after))) expect(coverIn(before, from)).toBe(coverIn(after, to));
    }),
    { numRuns: 300 },
  );
});
