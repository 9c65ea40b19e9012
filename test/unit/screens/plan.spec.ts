// The plan of the pictures: every page and state is in it, and no picture overwrites another.
import { describe, expect, it } from 'vitest';
import { everywhereShots, lookedAtTwice } from '../../screens/all-shots';
import { couchShots } from '../../screens/couch-shots';
import { allSizes, picturesOf } from '../../screens/plan';

const names = picturesOf({ only: [], sizes: allSizes }).map(({ name }) => name);

describe('the pictures', () => {
  it('have names of their own', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(500);
  });

  it.each(['library-empty', 'library-many', 'library-many-rtl', 'session-streaming-running', 'session-poor', 'session-reconnecting-paused', 'gamestream-paused', 'gamestream-asleep', 'incident', 'library-trouble', 'settings', 'network'])(
    'show %s in both modes and at every size',
    (state) => {
      for (const mode of ['', 'couch-']) for (const size of ['1280x800', '1920x1080', '3840x2160']) expect(names).toContain(`${mode}${state}-${size}`);
    },
  );

  it('are taken in every theme and at twice the size of pages that there are', () => {
    const known = new Set([...everywhereShots, ...couchShots].map(({ name }) => name));
    expect(lookedAtTwice.filter((name) => !known.has(name))).toEqual([]);
    for (const look of ['light', 'high-contrast', 'zoom-200']) expect(names).toContain(`couch-session-gating-paused-${look}-1920x1080`);
  });

  it('are chosen by words of their names', () => {
    const chosen = picturesOf({ only: ['couch', 'light'], sizes: [{ width: 1280, height: 800 }] });
    expect(chosen.length).toBeGreaterThan(10);
    for (const { name } of chosen) expect(name).toMatch(/^couch-.*light.*-1280x800$/);
  });
});
