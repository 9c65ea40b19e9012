// The sign of each level, so that where a value comes from is seen before it is read.
import { Gamepad2, Layers, Moon, Router, Server, type LucideIcon } from 'lucide-react';
import type { ProfileLevel } from '../../../electron/common/profile';

export const sourceIcons: Readonly<Record<ProfileLevel, LucideIcon>> = {
  default: Moon,
  global: Layers,
  host: Server,
  entry: Gamepad2,
  network: Router,
};
