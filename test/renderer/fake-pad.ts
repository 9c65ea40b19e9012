// A gamepad for a page under test: the standard mapping, with buttons that the test presses.
import type { Page } from 'playwright-core';

/** By position, as the standard mapping numbers them (W3C Gamepad). */
export const padButtons = { south: 0, east: 1, west: 2, north: 3, view: 8, menu: 9, up: 12, down: 13, left: 14, right: 15 } as const;
export type PadButton = keyof typeof padButtons;

export interface FakePadWindow {
  readonly pad: { hold(button: number): void; release(button: number): void; readCount(): number };
}

/** Runs in the page. */
export function installFakePad(): void {
  const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }));
  const pad = { connected: true, index: 0, id: 'test pad', mapping: 'standard', axes: [0, 0, 0, 0], buttons, timestamp: 0 };
  const reads = { count: 0 };
  const read = (): unknown[] => {
    reads.count += 1;
    return [pad, null, null, null];
  };
  Object.defineProperty(navigator, 'getGamepads', { value: read });
  const set = (button: number, pressed: boolean): void => {
    const state = buttons[button];
    if (state !== undefined) state.pressed = pressed;
  };
  Object.assign(window, { pad: { hold: (button: number) => set(button, true), release: (button: number) => set(button, false), readCount: () => reads.count } });
}

/** While no pad is known the page looks for one now and then; from there on, in each frame. */
export async function padIsRead(page: Page): Promise<void> {
  await page.waitForFunction(() => (window as unknown as FakePadWindow).pad.readCount() > 2);
}

/** Held until the page has drawn a few times, as a thumb does it, however slow the machine is. */
export async function pressPad(page: Page, ...names: readonly PadButton[]): Promise<void> {
  for (const name of names) {
    await page.evaluate(async (button) => {
      const { pad } = window as unknown as FakePadWindow;
      const frames = async (count: number): Promise<void> => {
        for (let frame = 0; frame < count; frame += 1) await new Promise((done) => requestAnimationFrame(done));
      };
      pad.hold(button);
      await frames(3);
      pad.release(button);
      await frames(3);
    }, padButtons[name]);
  }
}

export async function focusKey(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['focusKey'] ?? '') : ''));
}
