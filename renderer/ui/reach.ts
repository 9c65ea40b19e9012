// A host's reach as icon, word and tone.
import { CircleDashed, Wifi, WifiOff, type LucideIcon } from 'lucide-react';
import type { HostReach } from '../../electron/common/host';
import { wordsOf } from '../language/language';
import type { Tone } from './tone';

const words = wordsOf('ui');

interface ReachLook {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly tone: Tone;
}

const signs: Readonly<Record<HostReach, Omit<ReachLook, 'text'>>> = {
  online: { icon: Wifi, tone: 'good' },
  offline: { icon: WifiOff, tone: 'bad' },
  unknown: { icon: CircleDashed, tone: 'neutral' },
};

export function reachLook(reach: HostReach): ReachLook {
  return { ...signs[reach], text: words(`reach.${reach}`) };
}
