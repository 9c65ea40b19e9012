// Finds the value of each setting of a stream: default < global < host < entry < network, the innermost wins.
import { profileSchema, type Profile, type ProfileKey, type ProfileLevel, type ProfileValues, type ResolvedProfile } from '../../common/profile';
import { moonlightBitrateKbps } from './stream-budget';

/** What is set at each level; a level may be left out. */
export type ProfileLevels = Readonly<Partial<Record<Exclude<ProfileLevel, 'default'>, Profile>>>;

/**
 * Moonlight's own defaults (moonlight-qt, StreamingPreferences::reload), so that a stream looks as its users know it. The
 * bitrate is missing: it follows from the mode. A packet size of 1392 bytes is what Moonlight uses on a local network;
 * telling it explicitly would also turn off its smaller packets for VPNs, so a client is told only a size that somebody chose.
 */
export const profileDefaults: Omit<ProfileValues, 'bitrateKbps'> = {
  widthPx: 1280,
  heightPx: 720,
  fps: 60,
  codec: 'auto',
  decoder: 'auto',
  hdr: false,
  yuv444: false,
  packetSize: 1392,
  displayMode: 'fullscreen',
  audio: 'stereo',
  audioOnHost: false,
  vsync: true,
  framePacing: false,
  quitAfter: false,
  optimizeGame: true,
  multiController: true,
  absoluteMouse: false,
  captureSystemKeys: 'never',
  performanceOverlay: false,
  keepAwake: true,
};

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
