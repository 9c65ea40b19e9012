// The desktop's word on sleeping and waking, for the sessions.
import { powerMonitor } from 'electron';
import type { Services } from '../domain/services';

/** After the app is ready (Electron, powerMonitor). */
export function followPower({ sleepWatch }: Pick<Services, 'sleepWatch'>): void {
  powerMonitor.on('suspend', () => sleepWatch.suspending());
  powerMonitor.on('resume', () => sleepWatch.resumed());
}
