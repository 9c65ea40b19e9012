// Writes on the on-screen keyboard by pad, key by key.
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { pressPad } from './fake-pad';

/** The text on the key with the focus; exactly one key has it. */
export async function keyInFocus(page: Page): Promise<string> {
  const focused = await page.locator('.writing .hg-button:focus').allTextContents();
  expect(focused).toHaveLength(1);
  return focused[0] ?? '';
}

/** Walks by rows and columns, as a thumb does. */
async function pressKey(page: Page, wanted: string): Promise<void> {
  const placeOf = async (selector: string): Promise<readonly [number, number]> => {
    const key = await page.locator(selector).first().getAttribute('data-focus-key');
    const [, row = '', column = ''] = /^write:(\d+)-(\d+)$/.exec(key ?? '') ?? [];
    return [Number(row), Number(column)];
  };
  const [row] = await placeOf(`.writing .hg-button[data-skbtn="${wanted}"]`);
  for (let [at] = await placeOf('.writing .hg-button:focus'); at !== row; [at] = await placeOf('.writing .hg-button:focus')) await pressPad(page, at < row ? 'down' : 'up');
  const [, column] = await placeOf(`.writing .hg-button[data-skbtn="${wanted}"]`);
  for (let [, at] = await placeOf('.writing .hg-button:focus'); at !== column; [, at] = await placeOf('.writing .hg-button:focus')) await pressPad(page, at < column ? 'right' : 'left');
  await pressPad(page, 'south');
}

/** @param keys letters, and `{shift}`, `{signs}`, `{letters}`, `{back}`, `{done}` */
export async function write(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await pressKey(page, key);
}

