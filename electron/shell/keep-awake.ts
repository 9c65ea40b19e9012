// Keeps the display awake while something streams, and only then: desktops don't count a gamepad as somebody being there.
import { powerSaveBlocker } from 'electron';
import type { Services } from '../domain/services';

export function keepAwakeWhileStreaming({ sessions, settings }: Services): void {
  const block: { id: number | null } = { id: null };
  const look = (): void => {
    const isWanted = settings.values.keepDisplayAwake && sessions.views().some(({ link }) => link.kind === 'streaming');
    if (isWanted === (block.id !== null)) return;
    if (block.id !== null) powerSaveBlocker.stop(block.id);
    block.id = isWanted ? powerSaveBlocker.start('prevent-display-sleep') : null;
  };
  sessions.onNews({ changed: look, forgotten: look });
  settings.onChange(look);
}
