// One sign for each cause, so that a list is read at a glance.
import { AlarmClock, Bug, CircleHelp, CircleX, Copy, Cpu, EthernetPort, Film, HardDrive, MapPinX, Moon, PackageX, Power, Router, Server, Shuffle, Unplug, WifiOff, type LucideIcon } from 'lucide-react';
import type { CauseId } from '../../../electron/common/trace';

export const causeIcons: Readonly<Record<CauseId, LucideIcon>> = {
  'client-crash': Bug,
  'client-machine-busy': Cpu,
  'vm-host-cpu-pressure': Server,
  'router-freeze': Router,
  'nic-contention': EthernetPort,
  'address-stale': MapPinX,
  'duplicate-address': Copy,
  'link-down': Unplug,
  wifi: WifiOff,
  'packet-reordering': Shuffle,
  'path-mtu': PackageX,
  'udp-buffer-overrun': HardDrive,
  'host-app-ended': CircleX,
  'host-encoder-stall': Film,
  'host-rebooted': Power,
  'host-asleep': Moon,
  'periodic-job': AlarmClock,
  unknown: CircleHelp,
};
