// A GameStream host's state as icon, word and tone, for every page; the name of an app is drawn beside it, never inside these words.
import { CircleDashed, CirclePause, LoaderCircle, MonitorPlay, Moon, ShieldAlert, TriangleAlert, Wifi, type LucideIcon } from 'lucide-react';
import type { HostStateKind } from '../../electron/common/gamestream';
import type { Tone } from './tone';

export interface HostLook {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly tone: Tone;
}

export const hostLooks: Readonly<Record<HostStateKind, HostLook>> = {
  unknown: { icon: CircleDashed, text: 'Not checked yet', tone: 'neutral' },
  asleep: { icon: Moon, text: 'Asleep or off', tone: 'neutral' },
  booting: { icon: LoaderCircle, text: 'Starting', tone: 'accent' },
  online: { icon: Wifi, text: 'Online', tone: 'good' },
  busy: { icon: MonitorPlay, text: 'Running an app', tone: 'good' },
  paused: { icon: CirclePause, text: 'App paused', tone: 'hold' },
  'address-in-doubt': { icon: TriangleAlert, text: 'Address in doubt', tone: 'warn' },
  'certificate-changed': { icon: ShieldAlert, text: 'Certificate changed', tone: 'bad' },
};

const longestInSentence = 60;

/**
 * A name that somebody else wrote, on one line and without the marks that would turn it, or what follows it, around: a host
 * could show "gnp.exe" as "exe.png". Letters of right-to-left scripts stay.
 */
export function plainName(name: string): string {
  return name.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** The same, for use inside a sentence of ours: at most 60 characters. */
export function nameInSentence(name: string): string {
  const line = plainName(name);
  const letters = [...line];
  return letters.length <= longestInSentence ? line : `${letters.slice(0, longestInSentence - 1).join('').trimEnd()}…`;
}
