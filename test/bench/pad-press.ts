// How long the focus takes to follow a gamepad, measured in the page.
import type { Page } from 'playwright-core';
import { loaderNames } from './loader-names';

/** While no pad is there, the page looks for one each second. */
const foundAfterMs = 1_300;
const frameMs = 1_000 / 60;

/** From each press of the pad's left or right until another control has the focus; in frames of a display of 60 a second. */
export async function padPressFrames(page: Page, presses: number): Promise<number[]> {
  await page.evaluate(loaderNames);
  await page.evaluate(() => {
    const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }));
    const pad = { connected: true, id: 'Bench pad', index: 0, mapping: 'standard', axes: [0, 0, 0, 0], buttons, timestamp: 0 };
    Object.assign(globalThis, { benchPad: pad });
    navigator.getGamepads = () => [pad as unknown as Gamepad, null, null, null];
  });
  await page.waitForTimeout(foundAfterMs);
  const delaysMs = await page.evaluate(async (count) => {
    const { buttons } = (globalThis as unknown as { benchPad: { buttons: { pressed: boolean }[] } }).benchPad;
    const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
    const delays: number[] = [];
    for (let number = 0; number < count; number += 1) {
      // Left and right of the standard mapping (https://w3c.github.io/gamepad/#remapping).
      const button = buttons[number % 2 === 0 ? 15 : 14];
      if (button === undefined) throw new Error('the pad has no such button');
      // Not in step with the frames, as a thumb is not.
      await pause(150 + ((number * 7) % 17));
      const moved = new Promise<number>((resolve) => {
        const giveUp = setTimeout(() => resolve(Number.NaN), 1_000);
        document.addEventListener('focusin', () => (clearTimeout(giveUp), resolve(performance.now())), { once: true });
      });
      const pressedMs = performance.now();
      button.pressed = true;
      delays.push((await moved) - pressedMs);
      button.pressed = false;
    }
    return delays;
  }, presses);
  return delaysMs.map((delayMs) => delayMs / frameMs);
}
