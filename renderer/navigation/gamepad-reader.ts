// Turns the state of gamepads into presses: edges, repeats, and buttons that were held while the window was away.
import type { Command } from './command-stack';
import type { Direction } from './focus-engine';
import { isSwapped, type PadOptions, type ReadPadOptions } from './pad-options';

export type PadPress = { readonly kind: 'move'; readonly direction: Direction } | { readonly kind: 'select' } | { readonly kind: 'command'; readonly command: Command };

/** The part of the Gamepad API that is read (W3C Gamepad, "standard" mapping). */
export interface PadState {
  /** Chromium's name of it, with the maker's number. */
  readonly id: string;
  readonly connected: boolean;
  readonly buttons: readonly { readonly pressed: boolean }[];
  readonly axes: readonly number[];
}

/** The stick counts as pushed above the first figure and as let go below the second, so that it doesn't flutter. */
const stickPushed = 0.55;
const stickReleased = 0.35;

type Name = Direction | 'select' | Command;

/** Buttons by position, never by letter: 0 South, 1 East, 2 West, 3 North, 8 View, 12-15 D-pad. */
const nameByButton: Readonly<Record<number, Name>> = {
  0: 'select',
  1: 'back',
  2: 'options',
  3: 'favourite',
  8: 'search',
  12: 'up',
  13: 'down',
  14: 'left',
  15: 'right',
};
const swappedNames: Partial<Readonly<Record<Name, Name>>> = { select: 'back', back: 'select' };
/** Both sticks pressed in: no game is played here, and nobody does it by accident. */
const couchChord = [10, 11] as const;
const directions: readonly Direction[] = ['up', 'down', 'left', 'right'];

function isDirection(name: Name): name is Direction {
  return (directions as readonly Name[]).includes(name);
}

function toPress(name: Name): PadPress {
  if (isDirection(name)) return { kind: 'move', direction: name };
  return name === 'select' ? { kind: 'select' } : { kind: 'command', command: name };
}

export class GamepadReader {
  /** Next repeat in milliseconds for what is held; Infinity for what doesn't repeat. */
  readonly #nextByName = new Map<Name, number>();
  readonly #swallowed = new Set<Name>();
  #wasActive = false;
  #isSwapped = false;

  constructor(private readonly options: ReadPadOptions) {}

  /** Whether the right button selects on the pad that was pressed last. */
  get isSwapped(): boolean {
    return this.#isSwapped;
  }

  /**
   * @param pads what `navigator.getGamepads()` gives
   * @param nowMs monotonic milliseconds
   * @param isActive whether the window has the focus; without it nothing is pressed
   */
  read(pads: readonly (PadState | null)[], nowMs: number, isActive: boolean): PadPress[] {
    const { repeatDelayMs, repeatEveryMs, swapSelect } = this.options();
    const held = this.#heldNames(pads, swapSelect);
    if (!isActive) {
      this.#wasActive = false;
      this.#nextByName.clear();
      return [];
    }
    if (!this.#wasActive) {
      this.#wasActive = true;
      for (const name of held) this.#swallowed.add(name);
    }
    for (const name of [...this.#swallowed]) if (!held.has(name)) this.#swallowed.delete(name);
    for (const name of [...this.#nextByName.keys()]) if (!held.has(name)) this.#nextByName.delete(name);
    const presses: PadPress[] = [];
    for (const name of held) {
      if (this.#swallowed.has(name)) continue;
      const nextMs = this.#nextByName.get(name);
      if (nextMs === undefined) {
        this.#nextByName.set(name, isDirection(name) ? nowMs + repeatDelayMs : Infinity);
        presses.push(toPress(name));
      } else if (nowMs >= nextMs) {
        this.#nextByName.set(name, nowMs + repeatEveryMs);
        presses.push(toPress(name));
      }
    }
    return presses;
  }

  #heldNames(pads: readonly (PadState | null)[], swapSelect: PadOptions['swapSelect']): Set<Name> {
    const held = new Set<Name>();
    for (const pad of pads) {
      if (pad?.connected !== true) continue;
      const swapped = isSwapped(pad.id, swapSelect);
      for (const [index, name] of Object.entries(nameByButton)) {
        if (pad.buttons[Number(index)]?.pressed === true) held.add(swapped ? (swappedNames[name] ?? name) : name);
      }
      if (pad.buttons.some(({ pressed }) => pressed)) this.#isSwapped = swapped;
      if (couchChord.every((index) => pad.buttons[index]?.pressed === true)) held.add('couch');
      this.#readStick(pad.axes[0] ?? 0, 'left', 'right', held);
      this.#readStick(pad.axes[1] ?? 0, 'up', 'down', held);
    }
    return held;
  }

  #readStick(value: number, negative: Direction, positive: Direction, held: Set<Name>): void {
    const name = value < 0 ? negative : positive;
    const threshold = this.#nextByName.has(name) || this.#swallowed.has(name) ? stickReleased : stickPushed;
    if (Math.abs(value) >= threshold) held.add(name);
  }
}
