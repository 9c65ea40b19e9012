// A host's reach as icon, word and tone.
import { CircleDashed, Wifi, WifiOff, type LucideIcon } from 'lucide-react';
import type { HostReach } from '../../electron/common/host';
import type { Tone } from './tone';

export const reachLooks: Readonly<Record<HostReach, { readonly icon: LucideIcon; readonly text: string; readonly tone: Tone }>> = {
  online: { icon: Wifi, text: 'Online', tone: 'good' },
  offline: { icon: WifiOff, text: 'Offline', tone: 'bad' },
  unknown: { icon: CircleDashed, text: 'Not checked yet', tone: 'neutral' },
};
