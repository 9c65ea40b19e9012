// The PIN that the practice host types by itself, where that is its habit.
import type { HostCore } from './host-core';
import type { PairingTable } from './pairing-table';

/** For a client that waits for it; nothing happens without one. */
export function enterHabitualPin({ habits }: Pick<HostCore, 'habits'>, pairing: PairingTable): void {
  const { autoPin, autoPinAfterMs } = habits;
  if (autoPin !== null) setTimeout(() => pairing.enterPin(autoPin, 'Practice client'), autoPinAfterMs).unref();
}
