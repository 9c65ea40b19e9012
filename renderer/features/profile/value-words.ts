// Values of a profile as people read them.
import type { ProfileKey, ProfileValues } from '../../../electron/common/profile';
import { wordsOf } from '../../language/language';
import { formatRate } from '../../ui/format';
import type { english } from './texts.en';

const words = wordsOf('profile');

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

/** One value; the two of a resolution come one by one and only with their unit. */
export function valueInWords<K extends ProfileKey>(key: K, value: ProfileValues[K]): string {
  if (typeof value === 'boolean') return value ? words('on') : words('off');
  if (typeof value === 'string') return wordOf(key, value);
  switch (key) {
    case 'bitrateKbps':
      return formatRate(value);
    case 'fps':
      return `${value} ${words('fps')}`;
    case 'packetSize':
      return `${value} ${words('bytes')}`;
    default:
      return `${value} ${words('pixels')}`;
  }
}

/** Values that are chosen by name, in the order in which they are offered. */
const choices = {
  codec: ['auto', 'h264', 'hevc', 'av1'],
  displayMode: ['fullscreen', 'borderless', 'windowed'],
  audio: ['stereo', '5.1', '7.1'],
  captureSystemKeys: ['never', 'fullscreen', 'always'],
  decoder: ['auto', 'hardware', 'software'],
} as const satisfies { readonly [K in ProfileKey]?: readonly ProfileValues[K][] };

export type ChoiceName = keyof typeof choices;

type ChoiceWords = (typeof english)['choices'];
type ChoiceKey = { [K in ChoiceName]: `choices.${K}.${keyof ChoiceWords[K] & string}` }[ChoiceName];

function wordOf(key: ProfileKey, value: string): string {
  return /^\d/.test(value) ? value : words(`choices.${key}.${value}` as ChoiceKey);
}

export function choicesInWords(name: ChoiceName): readonly { readonly value: string; readonly label: string }[] {
  return choices[name].map((value) => ({ value, label: wordOf(name, value) }));
}
