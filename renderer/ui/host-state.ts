// A GameStream host's state as icon, word and tone, for every page; the name of an app is drawn beside it, never inside these words.
import { CircleDashed, CirclePause, LoaderCircle, MonitorPlay, Moon, ShieldAlert, TriangleAlert, Wifi, type LucideIcon } from 'lucide-react';
import type { HostStateKind } from '../../electron/common/gamestream';
import { wordsOf } from '../language/language';
import type { Tone } from './tone';

const words = wordsOf('ui');

export interface HostLook {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly tone: Tone;
}

const signs: Readonly<Record<HostStateKind, Omit<HostLook, 'text'>>> = {
  unknown: { icon: CircleDashed, tone: 'neutral' },
  asleep: { icon: Moon, tone: 'neutral' },
  booting: { icon: LoaderCircle, tone: 'accent' },
  online: { icon: Wifi, tone: 'good' },
  busy: { icon: MonitorPlay, tone: 'good' },
  paused: { icon: CirclePause, tone: 'hold' },
  'address-in-doubt': { icon: TriangleAlert, tone: 'warn' },
  'certificate-changed': { icon: ShieldAlert, tone: 'bad' },
};

export function hostLook(state: HostStateKind): HostLook {
  return { ...signs[state], text: words(`host.${state}`) };
}

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
