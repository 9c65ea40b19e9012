// Two ways to use Athena without a mouse: a gamepad and the keys of a keyboard.
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { installFakePad, padIsRead, pressPad } from '../renderer/fake-pad';
import { write } from '../renderer/pad-writing';
import { focusedLabel } from './focused-label';

export type Direction = 'up' | 'down' | 'left' | 'right';

export interface Hands {
  readonly name: string;
  /** Before the first move. */
  readonly takeUp: (window: Page) => Promise<void>;
  readonly move: (window: Page, direction: Direction) => Promise<void>;
  readonly confirm: (window: Page) => Promise<void>;
  readonly back: (window: Page) => Promise<void>;
  readonly options: (window: Page) => Promise<void>;
  /** Into the text field that has the focus; lower case letters, digits and hyphens. The field has the focus afterwards. */
  readonly type: (window: Page, text: string) => Promise<void>;
}

/** After whatever was pressed: exactly one control has the focus, and it is one of the window's own. */
async function stillHasFocus(window: Page): Promise<void> {
  await expect.poll(() => window.locator('[data-focus-key]:focus').count(), { message: 'nothing has the focus' }).toBe(1);
}

/** Hands that look after each press. */
function watchful(hands: Hands): Hands {
  const andLook =
    <Args extends readonly unknown[]>(act: (window: Page, ...args: Args) => Promise<void>) =>
    async (window: Page, ...args: Args): Promise<void> => {
      await act(window, ...args);
      await stillHasFocus(window);
    };
  return {
    name: hands.name,
    takeUp: hands.takeUp,
    move: andLook(hands.move),
    confirm: andLook(hands.confirm),
    back: andLook(hands.back),
    options: andLook(hands.options),
    type: andLook(hands.type),
  };
}

const arrows = { up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight' } as const;

const keys: Hands = {
  name: 'keyboard',
  takeUp: () => Promise.resolve(),
  move: (window, direction) => window.keyboard.press(arrows[direction]),
  confirm: (window) => window.keyboard.press('Enter'),
  back: (window) => window.keyboard.press('Escape'),
  options: (window) => window.keyboard.press('o'),
  type: (window, text) => window.keyboard.type(text),
};

const pad: Hands = {
  name: 'gamepad',
  takeUp: async (window) => {
    await window.evaluate(installFakePad);
    await padIsRead(window);
  },
  move: (window, direction) => pressPad(window, direction),
  confirm: (window) => pressPad(window, 'south'),
  back: (window) => pressPad(window, 'east'),
  options: (window) => pressPad(window, 'west'),
  type: async (window, text) => {
    await pressPad(window, 'south');
    await window.locator('.writing').waitFor();
    await write(window, [...text, '{done}']);
    await expect.poll(() => window.locator('.writing').count()).toBe(0);
  },
};

export const bothHands: readonly Hands[] = [pad, keys].map(watchful);

const mostMoves = 30;

/** Moves in one direction until this has the focus, which is never nowhere on the way. */
export async function moveTo(hands: Hands, window: Page, direction: Direction, label: string | RegExp): Promise<void> {
  const isThere = (focused: string): boolean => (typeof label === 'string' ? focused === label : label.test(focused));
  const way: string[] = [];
  for (;;) {
    const focused = (await focusedLabel(window)).trim();
    expect(focused, `nothing had the focus on the way to ${String(label)}: ${way.join(', ')}`).not.toBe('');
    if (isThere(focused)) return;
    way.push(focused);
    if (way.length > mostMoves) throw new Error(`${direction} does not lead to ${String(label)}, but over ${way.join(', ')}`);
    await hands.move(window, direction);
  }
}

/** Waits until this has the focus by itself. */
export async function has(window: Page, label: string | RegExp): Promise<void> {
  await expect.poll(async () => (await focusedLabel(window)).trim(), { timeout: 15_000 }).toMatch(typeof label === 'string' ? new RegExp(`^${label}$`) : label);
}
