// What each level of a profile sees must agree with how main resolves the whole.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileSchema, type Profile, type ProfileView } from '../../../../electron/common/profile';
import { profileKeys, resolveProfile } from '../../../../electron/domain/session/profile-resolution';
import { inheritedAt, isOverridden, levelsInward, seenAt, withoutKeys } from '../../../../renderer/features/profile/levels';
import { limits } from '../../../../renderer/features/profile/limits';

const level: fc.Arbitrary<Profile> = fc.record(
  { widthPx: fc.constantFrom(1280, 1920), heightPx: fc.constantFrom(720, 1080), fps: fc.constantFrom(30, 60, 120), codec: fc.constantFrom('auto', 'av1'), hdr: fc.boolean(), bitrateKbps: fc.constantFrom(8_000, 30_000) },
  { requiredKeys: [] },
);
const levels = fc.record({ global: level, host: level, entry: level, network: level });

function viewOf(given: ProfileView['levels']): ProfileView {
  const budget = { rawLinkKbps: 0, defaultKbps: 0, advisedKbps: 0, wireKbps: 0, usableKbps: null, link: null, fits: 'unknown' as const, notes: [] };
  return { levels: given, network: null, resolved: resolveProfile(given), budget };
}

describe('what a level sees', () => {
  it('is what is in force, where nothing further in is set', () => {
    fc.assert(
      fc.property(levels, fc.constantFrom(...levelsInward), fc.constantFrom(...profileKeys), (given, at, key) => {
        const view = viewOf(given);
        if (isOverridden(view, at, key)) return;
        expect(seenAt(view, at, key)).toEqual({ value: view.resolved.values[key], from: view.resolved.from[key] });
      }),
    );
  });

  it('is what main would resolve without the inner levels; only a default bitrate may be unknown', () => {
    fc.assert(
      fc.property(levels, fc.constantFrom(...levelsInward), fc.constantFrom(...profileKeys), (given, at, key) => {
        const outer = Object.fromEntries(levelsInward.slice(0, levelsInward.indexOf(at) + 1).map((each) => [each, given[each]]));
        const { values, from } = resolveProfile(outer);
        const seen = seenAt(viewOf(given), at, key);
        expect(seen.from).toBe(from[key]);
        if (key !== 'bitrateKbps' || from[key] !== 'default') expect(seen.value).toBe(values[key]);
      }),
    );
  });

  it('without its own value is what it inherits', () => {
    fc.assert(
      fc.property(levels, fc.constantFrom(...levelsInward), fc.constantFrom(...profileKeys), (given, at, key) => {
        const without = viewOf({ ...given, [at]: withoutKeys(given[at], [key]) });
        expect(inheritedAt(viewOf(given), at, key).from).toBe(seenAt(without, at, key).from);
      }),
    );
  });
});

describe('the limits of numbers', () => {
  it('are those that main checks', () => {
    for (const [key, { min, max }] of Object.entries(limits)) {
      const accepts = (value: number): boolean => profileSchema.safeParse({ [key]: value }).success;
      expect([key, accepts(min), accepts(max), accepts(min - 1), accepts(max + 1)]).toEqual([key, true, true, false, false]);
    }
  });
});
