// The on-screen keyboard by pad alone, in a real browser on a fake main process: opened, walked, written with, and left.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { focusKey, installFakePad, padIsRead, pressPad, type PadButton } from './fake-pad';
import { keyInFocus, write } from './pad-writing';
import { BuiltRenderer } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

async function withPad(scene: string, act: (page: Page) => Promise<void>): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const { page, context: opened, problems } = await context.renderer.open(scene, { width: 1920, height: 1080 }, { before: installFakePad });
  await padIsRead(page);
  await act(page);
  expect(problems).toEqual([]);
  await opened.close();
}

const keyboard = (page: Page) => page.locator('.writing');
const written = async (page: Page): Promise<string | null> => page.locator('.writing__value').textContent();

async function openSearch(page: Page): Promise<void> {
  await page.locator('.search__box').focus();
  await pressPad(page, 'south');
  await keyboard(page).waitFor();
}

describe('the on-screen keyboard', { timeout: 60_000 }, () => {
  it('opens at a press on a text field, writes into it, and gives the focus back', async () => {
    await withPad('full', async (page) => {
      await openSearch(page);
      expect(await keyInFocus(page)).toBe('q');
      await write(page, ['f', 'a', 'c']);
      await expect.poll(() => written(page)).toBe('fac');
      await expect.poll(() => page.locator('.tile__name:visible').allTextContents()).toEqual(['Factorio']);
      await pressPad(page, 'east');
      await expect.poll(() => keyboard(page).count()).toBe(0);
      expect(await focusKey(page)).toBe('library-search');
      expect(await page.locator('.search__box').inputValue()).toBe('fac');
    });
  });

  it('has capitals for one letter, signs, a caret and a way to take back', async () => {
    await withPad('full', async (page) => {
      await openSearch(page);
      await write(page, ['{shift}', 'A', 'b', '{left}', '{back}', '{signs}', '@', '{letters}', '{space}', 'x', '{right}', 'y', '{done}']);
      await expect.poll(() => keyboard(page).count()).toBe(0);
      expect(await page.locator('.search__box').inputValue()).toBe('@ xby');
    });
  });

  it('keeps the focus among its keys, whatever direction is pressed', async () => {
    await withPad('full', async (page) => {
      await openSearch(page);
      for (const direction of ['up', 'up', 'up', 'left', 'left', 'down', 'down', 'down', 'down', 'down', 'right', 'right', 'right', 'right', 'right'] satisfies PadButton[]) {
        await pressPad(page, direction);
        await keyInFocus(page);
      }
      expect(await keyInFocus(page)).toBe('Done');
    });
  });

  it('shows nothing of a password, and has digits alone where only digits belong', async () => {
    await withPad('session-asking-qpassword', async (page) => {
      await page.locator('.sidebar__item', { hasText: 'Factorio' }).first().click();
      await page.locator('input[type="password"]').focus();
      await pressPad(page, 'south');
      await write(page, ['p', 'w']);
      await expect.poll(() => written(page)).toBe('••');
      expect(await page.locator('input[type="password"]').inputValue()).toBe('pw');
    });
    await withPad('found', async (page) => {
      await page.locator('.sidebar__item', { hasText: 'Add host' }).first().click();
      await page.getByLabel('Port', { exact: true }).focus();
      await pressPad(page, 'south');
      await keyboard(page).waitFor();
      expect(await page.locator('.writing .hg-button').allTextContents()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', 'Delete', '0', 'Done']);
      await write(page, ['4', '7']);
      await expect.poll(() => page.getByLabel('Port', { exact: true }).inputValue()).toMatch(/47$/);
    });
  });

  it('lets a keyboard that is there after all write, too', async () => {
    await withPad('full', async (page) => {
      await openSearch(page);
      await page.keyboard.type('of');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('f f');
      await expect.poll(() => written(page)).toBe('of f');
      await page.keyboard.press('Escape');
      await expect.poll(() => keyboard(page).count()).toBe(0);
      expect(await focusKey(page)).toBe('library-search');
    });
  });

  it('goes with the page that its field was on', async () => {
    await withPad('full', async (page) => {
      await openSearch(page);
      // As main does it when somebody launches from the tray.
      await page.evaluate(() => (document.querySelector('[data-focus-key="nav:network"]') as HTMLElement).click());
      await page.waitForSelector('[data-page="network"]');
      await expect.poll(() => keyboard(page).count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.closest('[data-page]') !== null)).toBe(true);
    });
  });
});
