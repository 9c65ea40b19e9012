// How gamepads are read, as the person has set it.

export interface PadOptions {
  /** How long a direction is held before it repeats, and how often from then on. */
  readonly repeatDelayMs: number;
  readonly repeatEveryMs: number;
  /** Whether the right button selects and the lower one goes back. */
  readonly swapSelect: 'nintendo' | 'always' | 'never';
}

/** Asked at each reading: settings change while a pad is held. */
export type ReadPadOptions = () => PadOptions;

/**
 * Whether select and back change places on this pad. On Nintendo's, "A" is the right button and selects; the standard
 * mapping goes by place, and would take the lower one. Chromium names the maker: 057e is Nintendo's USB vendor number
 * (http://www.linux-usb.org/usb.ids).
 */
export function isSwapped(id: string, swapSelect: PadOptions['swapSelect']): boolean {
  switch (swapSelect) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'nintendo':
      return /\b057e\b|nintendo|joy-?con/i.test(id);
  }
}
