// What of a large library a window is told first.
import { expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { entryIdSchema, hostIdSchema } from '../../../../electron/common/ids';
import type { LibraryEntry, LibraryView } from '../../../../electron/common/library';
import { startOfLibrary, type LibraryActivity } from '../../../../electron/domain/library/library-start';

const client = { found: true, displayName: 'TigerVNC' } as const;

function library(size: number, more: (number: number) => { readonly hidden?: boolean; readonly favourite?: boolean; readonly lastUsedAtMs?: number }): LibraryView {
  const entries = Array.from({ length: size }, (_, number): LibraryEntry => {
    const { lastUsedAtMs = null, ...rest } = more(number);
    const name = `Game ${String(number).padStart(5, '0')}`;
    return { entry: entrySchema.parse({ id: `game-${number}`, host: 'rig', name, protocol: 'gamestream', app: `Game ${number}`, ...rest }), client, lastUsedAtMs, playedMs: 0, artUrl: null, hasPassword: false };
  });
  return { file: '/config.json', hosts: [], entries, troubles: [] };
}

const nobody: LibraryActivity = { sessions: [], hosts: [] };
const idsOf = ({ entries }: LibraryView): string[] => entries.map(({ entry }) => entry.id);

it('a library that is not large is told whole', () => {
  const view = library(400, () => ({}));
  expect(startOfLibrary(view, nobody)).toBe(view);
});

it('of a large one the first by name come, in their order, and how many are missing', () => {
  const view = library(10_000, () => ({}));
  const start = startOfLibrary(view, nobody);
  expect(idsOf(start)).toEqual(idsOf(view).slice(0, start.entries.length));
  expect(start.entries.length).toBeGreaterThan(100);
  expect(start.entries.length + (start.entriesToCome ?? 0)).toBe(10_000);
});

it('what is streamed or runs, what was used last and the favourites are there wherever they stand', () => {
  const view = library(10_000, (number) => ({ favourite: number === 5_000, ...(number > 9_900 && { lastUsedAtMs: number }) }));
  const ids = idsOf(startOfLibrary(view, { ...nobody, sessions: [{ entryId: entryIdSchema.parse('game-7000') }] }));
  expect(ids).toEqual(expect.arrayContaining(['game-5000', 'game-7000', 'game-9999', 'game-9980']));
  expect(ids).not.toContain('game-9901');
});

it('what is hidden takes nobody’s place, unless it runs', () => {
  const view = library(10_000, (number) => ({ hidden: number < 5_000, favourite: number < 100 }));
  const start = startOfLibrary(view, { ...nobody, hosts: [{ hostId: hostIdSchema.parse('rig'), runningApp: 'Game 3' }] });
  expect(idsOf(start)[0]).toBe('game-3');
  expect(start.entries.filter(({ entry }) => entry.hidden)).toHaveLength(1);
  expect(start.entries.length).toBeGreaterThan(100);
});
