// Finds the value of each setting of a stream: default < global < host < entry < network, the innermost wins.
import { profileSchema, type Profile, type ProfileKey, type ProfileLevel, type ProfileValues, type ResolvedProfile } from '../../common/profile';
import { profileDefaults } from '../../common/profile-defaults';
import { moonlightBitrateKbps } from './stream-budget';

/** What is set at each level; a level may be left out. */
export type ProfileLevels = Readonly<Partial<Record<Exclude<ProfileLevel, 'default'>, Profile>>>;

/** From the innermost level outwards. */
const inwardFirst = ['network', 'entry', 'host', 'global'] as const;

export const profileKeys: readonly ProfileKey[] = profileSchema.keyof().options;

export function resolveProfile(levels: ProfileLevels): ResolvedProfile {
  const chosen: Partial<ProfileValues> = {};
  const from = {} as Record<ProfileKey, ProfileLevel>;
  for (const key of profileKeys) {
    const level = inwardFirst.find((candidate) => levels[candidate]?.[key] !== undefined);
    from[key] = level ?? 'default';
    if (level !== undefined) Object.assign(chosen, { [key]: levels[level]?.[key] });
  }
  const shape = { ...profileDefaults, ...chosen };
  const bitrateKbps = chosen.bitrateKbps ?? defaultBitrateKbps(shape);
  return { values: { ...shape, bitrateKbps }, from };
}

/** Moonlight's own, kept within what a profile may hold. */
function defaultBitrateKbps(mode: Pick<ProfileValues, 'widthPx' | 'heightPx' | 'fps' | 'yuv444'>): number {
  return Math.min(500_000, Math.max(500, moonlightBitrateKbps(mode)));
}
