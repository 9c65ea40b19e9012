// The window in a real browser in German, by choice and by the desktop, and the change from one language to the other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { english, german } from '../../renderer/language/resources';
import { everywhereShots, lookedAtTwice } from '../screens/all-shots';
import { couchShots } from '../screens/couch-shots';
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

interface Athena extends Window {
  readonly athena: { invoke(channel: string, args: unknown): Promise<unknown> };
}

type Tree = { readonly [key: string]: string | Tree };
const textsOf = (tree: Tree): string[] => Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value.trim()] : textsOf(value)));
/** What only the English window says; a name or a figure stands in none of them. */
const onlyEnglish = new Set(textsOf(english).filter((text) => text.length > 2 && !text.includes('{{') && !textsOf(german).includes(text)));
/** What a scene's person has typed, and what the main process calls the source of a figure: both happen to be words of ours. */
const notOurs = new Set(['New switch in the attic', 'This machine']);

/** Everything that is written or read out, but for what was said before the language changed. */
function everyText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: (string | null)[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest('script, style, .xterm, .toasts') === null) found.push(node.textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (element.closest('.toasts') === null) found.push(...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)));
    }
    return found.flatMap((text) => (text === null || text.trim() === '' ? [] : [text.trim()]));
  });
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

describe('every page', { timeout: 60_000 }, () => {
  const shots = [...everywhereShots, ...couchShots].filter(({ name }) => lookedAtTwice.includes(name));

  it.each(shots.map((shot) => [shot.name, shot] as const))('%s is German as soon as it is asked to be, with one control in focus', async (_, { scene, prepare }) => {
    if (context.renderer === undefined) throw new Error('the renderer is not built');
    const { page, context: opened, problems } = await context.renderer.open(scene, { width: 1280, height: 800 }, { reducedMotion: 'reduce' });
    await prepare?.(page);
    await page.evaluate(() => (window as unknown as Athena).athena.invoke('settings:set', { language: 'de' }));
    await page.waitForFunction(() => document.documentElement.lang === 'de');
    await page.waitForTimeout(350);
    const texts = await everyText(page);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => onlyEnglish.has(text) && !notOurs.has(text))).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.closest('[data-focus-key]') !== null && document.activeElement !== document.body)).toBe(true);
    expect(problems).toEqual([]);
    await opened.close();
  });
});
