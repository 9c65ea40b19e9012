// Where each value of a stream comes from: the innermost level that sets it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileSchema, resolvedProfileSchema, type Profile } from '../../../../electron/common/profile';
import { profileDefaults } from '../../../../electron/common/profile-defaults';
import { profileKeys, resolveProfile, type ProfileLevels } from '../../../../electron/domain/session/profile-resolution';

describe('a profile', () => {
  it('with nothing set is Moonlight’s own', () => {
    const { values, from } = resolveProfile({});
    expect(values).toEqual({ ...profileDefaults, bitrateKbps: 10_000 });
    expect(new Set(Object.values(from))).toEqual(new Set(['default']));
    expect(Object.keys(from)).toHaveLength(Object.keys(profileSchema.shape).length);
  });

  it('the innermost level wins, value by value', () => {
    const { values, from } = resolveProfile({
      global: { fps: 120, hdr: true, codec: 'hevc' },
      host: { widthPx: 2560, heightPx: 1440, codec: 'av1' },
      entry: { hdr: false },
      network: { bitrateKbps: 15_000 },
    });
    expect(values).toMatchObject({ widthPx: 2560, heightPx: 1440, fps: 120, hdr: false, codec: 'av1', bitrateKbps: 15_000, vsync: true });
    expect(from).toMatchObject({ widthPx: 'host', fps: 'global', hdr: 'entry', codec: 'host', bitrateKbps: 'network', vsync: 'default' });
  });

  it('the default bitrate follows the mode, 4:4:4 too, and is called a default', () => {
    const { values, from } = resolveProfile({ host: { widthPx: 2560, heightPx: 1440 }, entry: { fps: 120, yuv444: true } });
    expect([values.bitrateKbps, from.bitrateKbps]).toEqual([113_000, 'default']);
  });

  it('a value that was taken back counts as not set', () => {
    expect(resolveProfile({ global: { fps: 90 }, entry: { fps: undefined } }).from.fps).toBe('global');
  });
});

it('every value is the one of the level that is named, and none further in sets it', () => {
  const aProfile: fc.Arbitrary<Profile> = fc.record(
    {
      widthPx: fc.integer({ min: 256, max: 16_384 }),
      heightPx: fc.integer({ min: 256, max: 16_384 }),
      fps: fc.integer({ min: 10, max: 480 }),
      bitrateKbps: fc.integer({ min: 500, max: 500_000 }),
      codec: fc.constantFrom('auto' as const, 'h264' as const, 'hevc' as const, 'av1' as const),
      hdr: fc.boolean(),
      yuv444: fc.boolean(),
      packetSize: fc.integer({ min: 1024, max: 65_535 }),
      audio: fc.constantFrom('stereo' as const, '5.1' as const, '7.1' as const),
    },
    { requiredKeys: [] },
  );
  const levels: fc.Arbitrary<ProfileLevels> = fc.record({ global: aProfile, host: aProfile, entry: aProfile, network: aProfile }, { requiredKeys: [] });
  const inward = ['global', 'host', 'entry', 'network'] as const;
  fc.assert(
    fc.property(levels, (given) => {
      const resolved = resolveProfile(given);
      expect(resolvedProfileSchema.safeParse(resolved).success).toBe(true);
      for (const key of profileKeys) {
        const level = resolved.from[key];
        const setters = inward.filter((candidate) => given[candidate]?.[key] !== undefined);
        expect(level).toBe(setters.at(-1) ?? 'default');
        if (level !== 'default') expect(resolved.values[key]).toEqual(given[level]?.[key]);
      }
    }),
  );
});
