// The window in a real browser in German, by choice and by the desktop, and the change from one language to the other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { BuiltRenderer, type OpenOptions } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

async function onSettings(act: (page: Page) => Promise<void>, options: OpenOptions = {}): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open('settings', { width: 1280, height: 800 }, options);
  const { page } = opened;
  await page.keyboard.press('Control+,');
  await page.waitForSelector('.page--settings');
  await act(page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

const title = (page: Page): Promise<string | null> => page.locator('.page__title').textContent();
const spoken = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);
const focused = (page: Page): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('data-focus-key'));

describe('the language of the window', { timeout: 60_000 }, () => {
  it('is English on an English desktop', async () => {
    await onSettings(async (page) => {
      expect([await title(page), await spoken(page)]).toEqual(['Settings', 'en']);
    });
  });

  it('is German on a German desktop, with nothing set', async () => {
    await onSettings(
      async (page) => {
        expect([await title(page), await spoken(page)]).toEqual(['Einstellungen', 'de']);
        expect(await page.locator('[aria-current=page]').textContent()).toBe('Einstellungen');
      },
      { locale: 'de-AT' },
    );
  });

  it('changes at once, there and back, and the focus stays on what was chosen', async () => {
    await onSettings(async (page) => {
      await page.keyboard.press('Shift');
      for (const [choice, language, words] of [
        ['Deutsch', 'de', 'Einstellungen'],
        ['English', 'en', 'Settings'],
        ['Deutsch', 'de', 'Einstellungen'],
      ] as const) {
        const radio = page.getByRole('radio', { name: choice });
        await radio.focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => title(page)).toBe(words);
        expect(await spoken(page)).toBe(language);
        // Longer than anything that might take the focus to it a moment later.
        await page.waitForTimeout(500);
        expect(await focused(page)).toBe(`setting-language:${language}`);
        expect(await radio.getAttribute('aria-checked')).toBe('true');
        expect(await page.locator('.window').count()).toBe(1);
      }
      // The arrows go on from there.
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => focused(page)).toBe('setting-language:en');
    });
  });

  it('holds on every page that is opened afterwards', async () => {
    await onSettings(async (page) => {
      await page.getByRole('radio', { name: 'Deutsch' }).click();
      await expect.poll(() => title(page)).toBe('Einstellungen');
      await page.keyboard.press('Escape');
      await page.waitForSelector('.page--library');
      expect(await title(page)).toBe('Bibliothek');
    });
  });
});
