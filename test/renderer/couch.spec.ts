// The couch in a real browser: Home, an entry's page and the power page, walked with a gamepad alone.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { focusKey, installFakePad, padIsRead, pressPad } from './fake-pad';
import { BuiltRenderer, type OpenWindow } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

async function openWithPad(scene: string): Promise<OpenWindow> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, { width: 1920, height: 1080 }, { reducedMotion: 'reduce', before: installFakePad });
  await padIsRead(opened.page);
  return opened;
}

const shownPage = (page: Page): Promise<string | null> => page.locator('main').getAttribute('data-page');
const calls = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate((wanted) => (window as unknown as { athena: { calls: { channel: string; args: unknown }[] } }).athena.calls.filter((call) => call.channel === wanted).map((call) => call.args), channel);

describe('Home', () => {
  it('is where the couch begins, and the library where the desk does', async () => {
    const { page, context: opened } = await openWithPad('couch-full');
    expect(await shownPage(page)).toBe('home');
    await page.keyboard.press('F11');
    await expect.poll(() => shownPage(page)).toBe('library');
    await expect.poll(() => page.locator('[data-focus-key="nav:home"]').count()).toBe(0);
    await page.keyboard.press('F11');
    await expect.poll(() => shownPage(page)).toBe('home');
    await opened.close();
  }, 30_000);

  it('comes back to what streams with one press, and finds the focus where it was', async () => {
    const { page, context: opened, problems } = await openWithPad('couch-full');
    expect(await focusKey(page)).toBe('continue:factorio');
    await pressPad(page, 'right');
    await expect.poll(() => focusKey(page)).toBe('continue:super-tux');
    await pressPad(page, 'south');
    await expect.poll(() => shownPage(page)).toBe('session/session-2');
    await pressPad(page, 'east');
    await expect.poll(() => focusKey(page)).toBe('continue:super-tux');
    expect(problems).toEqual([]);
    await opened.close();
  }, 30_000);

  it('comes back to what was left behind, and forgets it by its menu', async () => {
    const { page, context: opened } = await openWithPad('couch-left');
    expect(await focusKey(page)).toBe('continue:factorio');
    await pressPad(page, 'west');
    await page.getByRole('menuitem', { name: 'Forget where it was left' }).click();
    await expect.poll(() => page.locator('[data-focus-key^="continue:"]').count()).toBe(0);
    expect(await calls(page, 'session:forget-left')).toEqual([{ entryId: 'factorio' }]);
    await opened.close();
    const second = await openWithPad('couch-left');
    await pressPad(second.page, 'south');
    await expect.poll(() => shownPage(second.page)).toBe('session/session-of-factorio');
    await second.context.close();
  }, 30_000);

  it('joins an app that runs on a host', async () => {
    const { page, context: opened } = await openWithPad('couch-host-busy');
    expect(await focusKey(page)).toBe('continue:rig-app-0');
    await pressPad(page, 'south');
    await expect.poll(() => calls(page, 'session:launch')).toEqual([{ entryId: 'rig-app-0' }]);
    await opened.close();
  }, 30_000);

  it('remembers in each row which tile was last', async () => {
    const { page, context: opened } = await openWithPad('couch-full');
    await pressPad(page, 'down', 'right', 'right');
    await expect.poll(() => focusKey(page)).toBe('favourites:super-tux');
    await pressPad(page, 'up');
    await expect.poll(() => focusKey(page)).toBe('continue:factorio');
    await pressPad(page, 'right', 'down');
    await expect.poll(() => focusKey(page)).toBe('favourites:super-tux');
    await opened.close();
  }, 30_000);

  it('shows the focused tile whole, with the title of its row, down to the hosts', async () => {
    const { page, context: opened } = await openWithPad('couch-many-100');
    for (const row of ['favourites', 'recent', 'host']) {
      await pressPad(page, 'down');
      await expect.poll(() => focusKey(page)).toMatch(new RegExp(`^${row}:`));
      for (let step = 0; step < 3; step += 1) await pressPad(page, 'right');
      const box = await page.evaluate(() => {
        const tile = document.activeElement;
        const head = tile?.closest('section')?.querySelector('h2');
        if (!tile || !head) throw new Error('no tile in a row');
        const { left, right, bottom } = tile.getBoundingClientRect();
        return { left, right, bottom, headTop: head.getBoundingClientRect().top, hintsTop: document.querySelector('.hints')?.getBoundingClientRect().top ?? 0, sidebar: document.querySelector('.sidebar')?.getBoundingClientRect().right ?? 0, width: innerWidth };
      });
      expect(box.left).toBeGreaterThanOrEqual(box.sidebar);
      expect(box.right).toBeLessThanOrEqual(box.width);
      expect(box.bottom).toBeLessThanOrEqual(box.hintsTop);
      expect(box.headTop).toBeGreaterThanOrEqual(0);
    }
    await opened.close();
  }, 60_000);

  it('marks a favourite with North, and keeps the focus', async () => {
    const { page, context: opened } = await openWithPad('couch-full');
    await pressPad(page, 'north');
    await expect.poll(() => calls(page, 'library:set-favourite')).toEqual([{ entryId: 'factorio', favourite: false }]);
    await expect.poll(() => page.locator('[data-focus-key="favourites:factorio"]').count()).toBe(0);
    expect(await focusKey(page)).toBe('continue:factorio');
    await opened.close();
  }, 30_000);

  it('offers hosts and the practice run when there is nothing yet', async () => {
    const { page, context: opened } = await openWithPad('couch-empty');
    expect(await focusKey(page)).toBe('first-add-host');
    await pressPad(page, 'down', 'south');
    await expect.poll(() => shownPage(page)).toBe('practice');
    await pressPad(page, 'east');
    await expect.poll(() => focusKey(page)).toBe('first-practice');
    await pressPad(page, 'up', 'left');
    await expect.poll(() => focusKey(page)).toBe('first-add-host');
    await pressPad(page, 'south');
    await expect.poll(() => shownPage(page)).toBe('add-host');
    await opened.close();
  }, 30_000);
});

describe('an entry’s page', () => {
  const openDetails = async (page: Page): Promise<void> => {
    await pressPad(page, 'west');
    await page.waitForSelector('.menu');
    await pressPad(page, 'down', 'south');
    await page.waitForSelector('.entry');
  };

  it('opens from the menu with the focus on what is most likely wanted', async () => {
    const { page, context: opened } = await openWithPad('couch-full');
    await openDetails(page);
    await expect.poll(() => focusKey(page)).toBe('entry-launch');
    expect(await page.locator('[data-focus-key="entry-launch"]').textContent()).toBe('Open session');
    await expect.poll(() => page.locator('.entry__lower').textContent()).toContain('Its stream broke off or stood still twice in 30 days.');
    await pressPad(page, 'south');
    await expect.poll(() => shownPage(page)).toBe('session/session-1');
    await opened.close();
  }, 30_000);

  it('quits the app on its host after a question, and stays where the focus has a place', async () => {
    const { page, context: opened } = await openWithPad('couch-host-busy');
    await openDetails(page);
    expect(await page.locator('[data-focus-key="entry-launch"]').textContent()).toBe('Join it');
    await pressPad(page, 'right', 'south');
    await expect.poll(() => focusKey(page)).toBe('quit-keep');
    await pressPad(page, 'east');
    await expect.poll(() => focusKey(page)).toBe('entry-quit');
    expect(await calls(page, 'host:quit-app')).toEqual([]);
    await pressPad(page, 'south');
    await expect.poll(() => focusKey(page)).toBe('quit-keep');
    await pressPad(page, 'right', 'south');
    await expect.poll(() => page.locator('[data-focus-key="entry-quit"]').count()).toBe(0);
    await expect.poll(() => focusKey(page)).toBe('entry-launch');
    expect(await page.locator('[data-focus-key="entry-launch"]').textContent()).toBe('Launch');
    await opened.close();
  }, 30_000);

  it('tells how it streams and leads to where that is changed', async () => {
    const { page, context: opened } = await openWithPad('couch-host-busy');
    await openDetails(page);
    await expect.poll(async () => (await page.locator('.entry__lower').textContent())?.replaceAll('\u00a0', ' ')).toContain('1280 × 720 at 120 fps');
    await pressPad(page, 'down');
    await expect.poll(() => focusKey(page)).toBe('entry-change');
    await pressPad(page, 'south');
    await expect.poll(() => shownPage(page)).toBe('profile/rig-app-0');
    await pressPad(page, 'east');
    await expect.poll(() => focusKey(page)).toBe('entry-change');
    await opened.close();
  }, 30_000);
});

describe('the power page', () => {
  const openPower = async (page: Page): Promise<void> => {
    await page.locator('[data-focus-key="nav:power"]').focus();
    await pressPad(page, 'south');
    await expect.poll(() => focusKey(page)).toBe('power-couch');
  };

  it('wakes a host that sleeps, and only such a one', async () => {
    const { page, context: opened } = await openWithPad('couch-host-asleep');
    await openPower(page);
    await pressPad(page, 'down', 'south');
    await expect.poll(() => calls(page, 'host:wake')).toEqual([{ hostId: 'rig' }]);
    await opened.close();
    const awake = await openWithPad('couch-host-online');
    await openPower(awake.page);
    await pressPad(awake.page, 'down', 'south');
    expect(await calls(awake.page, 'host:wake')).toEqual([]);
    await awake.context.close();
  }, 30_000);

  it('quits Athena after a question', async () => {
    const { page, context: opened } = await openWithPad('couch-full');
    await openPower(page);
    await pressPad(page, 'right', 'south');
    await expect.poll(() => focusKey(page)).toBe('power-stay');
    await pressPad(page, 'east');
    await expect.poll(() => focusKey(page)).toBe('power-quit');
    expect(await calls(page, 'window:quit')).toEqual([]);
    await pressPad(page, 'south', 'right', 'south');
    await expect.poll(() => calls(page, 'window:quit')).toHaveLength(1);
    await opened.close();
  }, 30_000);

  it('leaves the couch for the desk', async () => {
    const { page, context: opened } = await openWithPad('couch-full');
    await openPower(page);
    await pressPad(page, 'south');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['view'])).toBe('desk');
    await expect.poll(() => focusKey(page)).not.toBe('');
    await opened.close();
  }, 30_000);
});
