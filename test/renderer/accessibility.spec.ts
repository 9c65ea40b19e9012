// Every page before axe, in dark and light on the desk and in high contrast on the couch, and the sizes that its text is really drawn at.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { everywhereShots, lookedAtTwice } from '../screens/all-shots';
import { couchShots } from '../screens/couch-shots';
import type { Shot } from '../screens/shot';
import { BuiltRenderer } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined, axe: '' };

/** Pixels of text at 1080p on the couch (Xbox Accessibility Guideline 101); what steps back from the body is hardly smaller. */
const couchBodyPx = 28;
const couchLeastPx = 26;
/** Of the root size on the desk: DESIGN.md's smallest. */
const deskLeastRem = 0.8;

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
  context.axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

const deskShots = everywhereShots.filter(({ name }) => lookedAtTwice.includes(name));
const sofaShots: readonly Shot[] = [
  ...couchShots.filter(({ name }) => lookedAtTwice.includes(name)),
  ...deskShots.filter(({ name }) => /^(library-menu|session-|settings|incident|network|import)/.test(name)).map((shot) => ({ ...shot, scene: `couch-${shot.scene}` })),
];

async function onPage({ name, scene, prepare }: Shot, size: { readonly width: number; readonly height: number }, look: (page: Page) => Promise<void>): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const { page, context: opened } = await context.renderer.open(scene, size, { reducedMotion: 'reduce' });
  if (scene.startsWith('couch-') && !name.startsWith('couch-')) {
    await page.locator('[data-focus-key="nav:library"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-page="library"]');
  }
  await prepare?.(page);
  await look(page);
  await opened.close();
}

/** @returns what axe calls serious or critical, with the elements */
async function findings(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map(({ target, any }) => `${target.join(' ')} ${any[0]?.message.slice(0, 140) ?? ''}`).join(' | ')}`);
  });
}

async function inThemes(page: Page, themes: readonly string[]): Promise<string[]> {
  await page.evaluate(context.axe);
  const all: string[] = [];
  for (const theme of themes) {
    await page.evaluate((chosen) => (window as unknown as { athena: { invoke(channel: string, args: unknown): Promise<unknown> } }).athena.invoke('settings:set', { theme: chosen }), theme);
    await page.waitForTimeout(300);
    all.push(...(await findings(page)).map((finding) => `${theme}: ${finding}`));
  }
  return all;
}

/** Every element with text of its own that can be seen: its size in pixels, smallest first. */
async function textSizes(page: Page): Promise<{ readonly px: number; readonly what: string }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== ''))
      .filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('.only-spoken, .xterm, [aria-hidden] .art'))
      .map((element) => ({ px: parseFloat(getComputedStyle(element).fontSize), what: `${element.className} ${element.textContent?.slice(0, 30)}` }))
      .sort((a, b) => a.px - b.px),
  );
}

describe('on the desk', { timeout: 60_000 }, () => {
  it.each(deskShots)('$name has nothing serious, and no text below the smallest size', async (shot) => {
    await onPage(shot, { width: 1280, height: 800 }, async (page) => {
      expect(await inThemes(page, ['dark', 'light'])).toEqual([]);
      const rootPx = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
      expect((await textSizes(page)).filter(({ px }) => px < deskLeastRem * rootPx - 0.01)).toEqual([]);
    });
  });
});

describe('on the couch', { timeout: 60_000 }, () => {
  it.each(sofaShots)('$name has nothing serious, and text for three metres', async (shot) => {
    await onPage(shot, { width: 1920, height: 1080 }, async (page) => {
      expect(await inThemes(page, ['high-contrast'])).toEqual([]);
      expect(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))).toBeGreaterThanOrEqual(couchBodyPx);
      expect((await textSizes(page)).filter(({ px }) => px < couchLeastPx)).toEqual([]);
    });
  });
});

it('a list longer than its place is scrolled by the arrows before they leave it', { timeout: 60_000 }, async () => {
  const shot = deskShots.find(({ name }) => name === 'session-asking-qchanged');
  if (shot === undefined) throw new Error('the shot is gone');
  await onPage(shot, { width: 1280, height: 800 }, async (page) => {
    const list = page.locator('[data-focus-key="journey"]');
    const scrolledPx = (): Promise<number> => list.evaluate(({ scrollTop }) => scrollTop);
    const hasFocus = (): Promise<boolean> => list.evaluate((element) => element === document.activeElement);
    await list.focus();
    await page.keyboard.press('ArrowDown');
    expect([await hasFocus(), (await scrolledPx()) > 0]).toEqual([true, true]);
    await page.keyboard.press('ArrowUp');
    expect([await hasFocus(), await scrolledPx()]).toEqual([true, 0]);
    await page.keyboard.press('ArrowUp');
    await expect.poll(hasFocus).toBe(false);
  });
});
