// Values of a profile as people read them.
import type { ProfileKey, ProfileValues } from '../../../electron/common/profile';
import { formatRate } from '../../ui/format';
import { texts, valueWords } from './texts';

/** A frame's name by its height, as people call it. */
export const resolutions = [
  { name: '720p', widthPx: 1280, heightPx: 720 },
  { name: '1080p', widthPx: 1920, heightPx: 1080 },
  { name: '1440p', widthPx: 2560, heightPx: 1440 },
  { name: '4K', widthPx: 3840, heightPx: 2160 },
] as const;

export function resolutionWords(widthPx: number, heightPx: number): string {
  const known = resolutions.find((resolution) => resolution.widthPx === widthPx && resolution.heightPx === heightPx);
  return known?.name ?? `${widthPx} × ${heightPx}`;
}

export function modeWords({ widthPx, heightPx, fps }: Pick<ProfileValues, 'widthPx' | 'heightPx' | 'fps'>): string {
  return `${widthPx} × ${heightPx} at ${fps} ${texts.fps}`;
}

/** One value; the two of a resolution come one by one and only with their unit. */
export function valueInWords<K extends ProfileKey>(key: K, value: ProfileValues[K]): string {
  if (typeof value === 'boolean') return value ? texts.on : texts.off;
  if (typeof value === 'string') return wordOf(key, value);
  switch (key) {
    case 'bitrateKbps':
      return formatRate(value);
    case 'fps':
      return `${value} ${texts.fps}`;
    case 'packetSize':
      return `${value} ${texts.bytes}`;
    default:
      return `${value} ${texts.pixels}`;
  }
}

function wordOf(key: ProfileKey, value: string): string {
  const words: Readonly<Record<string, string>> = key in valueWords ? valueWords[key as keyof typeof valueWords] : {};
  return words[value] ?? value;
}
