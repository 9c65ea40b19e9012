// The focus engine in a real browser: every control of every page is reached by arrows, with exactly one focus to be seen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { focusKey, installFakePad, type FakePadWindow } from './fake-pad';
import { deadEnds, walkFocus } from './focus-walk';
import { BuiltRenderer, type WindowSize } from './preview/built-renderer';
import { openPauseForm } from './preview/profile-steps';

const context = { renderer: undefined as BuiltRenderer | undefined };

function renderer(): BuiltRenderer {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  return context.renderer;
}

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

type Prepare = (page: Page) => Promise<void>;
const sidebar =
  (text: string): Prepare =>
  async (page) =>
    page.locator('.sidebar__item', { hasText: text }).first().click();
const openForm: Prepare = async (page) => {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Desktop by VNC or RDP' }).click();
  await page.getByRole('switch', { name: 'Pause the app over SSH' }).click();
};
const openIncident: Prepare = async (page) => {
  await sidebar('Incidents')(page);
  await page.locator('.incident-row').first().click();
  await page.waitForSelector('.board');
};
const nothing: Prepare = async () => undefined;
const small: WindowSize = { width: 900, height: 600 };
const usual: WindowSize = { width: 1280, height: 800 };

const openPower: Prepare = async (page) => {
  await page.locator('[data-focus-key="nav:power"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-page="power"]');
};
const openDetails: Prepare = async (page) => {
  await page.keyboard.press('o');
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.waitForSelector('.entry');
};
const openImport: Prepare = async (page) => {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Import', exact: true }).click();
  await page.waitForSelector('.import__row');
};
const large: WindowSize = { width: 1920, height: 1080 };

describe('every control is reached by the arrow keys', () => {
  it.each([
    ['Home', 'couch-full', nothing, large],
    ['Home with many tiles', 'couch-many-100', nothing, usual],
    ['Home with nothing in it', 'couch-empty', nothing, usual],
    ['the first run on the couch', 'couch-first-run', nothing, large],
    ['Home with what was left behind', 'couch-left', nothing, usual],
    ['an entry', 'couch-full', openDetails, usual],
    ['an entry that runs on its host', 'couch-host-busy', openDetails, usual],
    ['the power page', 'couch-hosts', openPower, usual],
    ['the library', 'full', nothing, usual],
    ['the library in a small window', 'full', nothing, small],
    ['the empty library', 'empty', nothing, usual],
    ['the first run', 'first-run', nothing, usual],
    ['the first run in a small window', 'first-run', nothing, small],
    ['the import page', 'imports', openImport, usual],
    ['the library with a bar above it', 'questions', nothing, usual],
    ['the form', 'full', openForm, usual],
    ['the form of a pause', 'profile', openPauseForm, usual],
    ['a host', 'full', sidebar('Attic PC'), usual],
    ['a host with a key question', 'questions', sidebar('Attic PC'), usual],
    ['the network', 'full', sidebar('Network'), usual],
    ['the incidents', 'full', sidebar('Incidents'), usual],
    ['an incident', 'incidents-one', openIncident, small],
    ['practice', 'full', sidebar('Practice'), usual],
    ['a streaming session', 'session-streaming-running', sidebar('Factorio'), usual],
    ['a lost session', 'session-waiting-paused', sidebar('Factorio'), usual],
    ['a count-down', 'session-streaming-counting', sidebar('Factorio'), usual],
    ['a password question', 'session-asking-qpassword', sidebar('Factorio'), small],
    ['a certificate question', 'session-asking-qcertificate', sidebar('Factorio'), usual],
    ['an ended session', 'session-ended-running', sidebar('Factorio'), usual],
  ] as const)(
    '%s',
    async (_name, scene, prepare, size) => {
      const { page, problems, context: opened } = await renderer().open(scene, size, { reducedMotion: 'reduce' });
      await prepare(page);
      if (scene.startsWith('session-')) await page.waitForSelector('.terminal[data-focus-key]');
      await page.waitForTimeout(150);
      await page.keyboard.press('Shift');
      const walk = await walkFocus(page);
      expect(walk.faults).toEqual([]);
      expect(walk.controls.filter((key) => !walk.neighbours.has(key))).toEqual([]);
      expect(deadEnds(walk, 'nav:library')).toEqual([]);
      expect(problems).toEqual([]);
      await opened.close();
    },
    120_000,
  );
});

describe('the keyboard', () => {
  it('moves the caret inside a field, and leaves it up, down and at its ends', async () => {
    const { page, context: opened } = await renderer().open('full');
    await openForm(page);
    await page.locator('[data-focus-key="field-address"]').fill('ab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('x');
    expect(await page.locator('[data-focus-key="field-address"]').inputValue()).toBe('axb');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focusKey(page)).toBe('field-port');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focusKey(page)).toBe('field-name');
    await opened.close();
  }, 30_000);

  it('goes back with Escape and finds the focus where it was', async () => {
    const { page, context: opened } = await renderer().open('full');
    await page.keyboard.press('ArrowRight');
    const left = await focusKey(page);
    await page.locator('[data-focus-key="nav:practice"]').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focusKey(page)).toBe('practice-action');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusKey(page)).toBe(left);
    await opened.close();
  }, 30_000);

  it('keeps a focus when the pointer presses beside every control, and when the focused control goes away', async () => {
    const { page, context: opened } = await renderer().open('full');
    await page.mouse.click(1270, 560);
    await expect.poll(() => focusKey(page)).not.toBe('');
    await page.locator('[data-focus-key="all:openttd"]').focus();
    await page.keyboard.press('o');
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).press('Enter');
    await page.waitForSelector('.toast');
    await expect.poll(() => focusKey(page)).not.toBe('');
    expect(await page.locator('[data-focus-key="all:openttd"]').count()).toBe(0);
    await opened.close();
  }, 30_000);

  it('reaches the toast over the edge of the page, and comes back', async () => {
    const { page, context: opened } = await renderer().open('full');
    await page.keyboard.press('o');
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).press('Enter');
    await page.waitForSelector('.toast');
    await expect.poll(() => focusKey(page)).toMatch(/:/);
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(40);
      if (await page.evaluate(() => document.activeElement?.closest('.toast') !== null)) break;
    }
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-focus-key="all:factorio"]').count()).toBe(1);
    await expect.poll(() => focusKey(page)).not.toBe('');
    await opened.close();
  }, 30_000);
});

describe('the gamepad', () => {
  const press = async (page: Page, index: number, forMs: number): Promise<void> => {
    await page.evaluate((button) => (window as unknown as FakePadWindow).pad.hold(button), index);
    await page.waitForTimeout(forMs);
    await page.evaluate((button) => (window as unknown as FakePadWindow).pad.release(button), index);
    await page.waitForTimeout(60);
  };
  const openWithPad = async (scene: string): Promise<Awaited<ReturnType<BuiltRenderer['open']>>> => {
    const opened = await renderer().open(scene);
    await opened.page.evaluate(installFakePad);
    await opened.page.waitForTimeout(1100);
    return opened;
  };

  it('walks, selects and goes back, and the hint bar follows', async () => {
    const { page, context: opened } = await openWithPad('full');
    expect(await focusKey(page)).toBe('continue:factorio');
    await press(page, 15, 60);
    await expect.poll(() => focusKey(page)).toBe('continue:super-tux');
    expect(await page.locator('.hints svg').count()).toBeGreaterThan(1);
    await press(page, 0, 60);
    await expect.poll(() => page.locator('.hero__title').textContent()).toBe('Paused, reconnecting');
    await expect.poll(() => focusKey(page)).toBe('session-reconnect');
    await press(page, 1, 60);
    await expect.poll(() => focusKey(page)).toBe('continue:super-tux');
    await opened.close();
  }, 30_000);

  it('opens the options with West and stays inside them', async () => {
    const { page, context: opened } = await openWithPad('full');
    await press(page, 2, 60);
    await page.waitForSelector('.menu');
    for (let step = 0; step < 8; step += 1) await press(page, 13, 40);
    expect(await page.evaluate(() => document.activeElement?.closest('.menu') !== null)).toBe(true);
    await press(page, 1, 60);
    await expect.poll(() => page.locator('.menu').count()).toBe(0);
    await expect.poll(() => focusKey(page)).toBe('continue:factorio');
    await opened.close();
  }, 30_000);

  it('is ignored without the window’s focus, and what is held on return is swallowed', async () => {
    const { page, context: opened } = await openWithPad('full');
    await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true }));
    await press(page, 15, 100);
    expect(await focusKey(page)).toBe('continue:factorio');
    await page.evaluate(() => (window as unknown as FakePadWindow).pad.hold(15));
    await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => true, configurable: true }));
    await page.waitForTimeout(700);
    expect(await focusKey(page)).toBe('continue:factorio');
    await page.evaluate(() => (window as unknown as FakePadWindow).pad.release(15));
    await page.waitForTimeout(60);
    await press(page, 15, 60);
    await expect.poll(() => focusKey(page)).toBe('continue:super-tux');
    await opened.close();
  }, 30_000);
});
