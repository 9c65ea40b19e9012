// The settings page in a real browser on a fake main process: what it shows, that each setting takes effect at once, and the focus.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { settingNames } from '../../electron/common/settings';
import type { FakeBridge } from '../fakes/fake-bridge';
import { deadEnds, walkFocus } from './focus-walk';
import { BuiltRenderer, type OpenOptions, type WindowSize } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

const usual: WindowSize = { width: 1280, height: 800 };

type Athena = Window & { readonly athena: FakeBridge };

async function onScene(scene: string, act: (page: Page) => Promise<void>, size = usual, options: OpenOptions = {}): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, size, options);
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

async function onPage(scene: string, act: (page: Page) => Promise<void>, size = usual, options: OpenOptions = {}): Promise<void> {
  await onScene(
    scene,
    async (page) => {
      await page.keyboard.press('Control+,');
      await page.waitForSelector('.page--settings');
      await act(page);
    },
    size,
    options,
  );
}

const row = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });
const ground = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const rootPx = (page: Page): Promise<number> => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
const calls = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => (window as unknown as Athena).athena.calls.filter(({ channel }) => channel.startsWith('settings:')).map(({ channel, args }) => [channel, args]));

/** Pads are read once a frame. */
const frames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())))));

describe('the settings page', { timeout: 60_000 }, () => {
  it('shows every setting with its sentence, and the file', async () => {
    await onPage('settings', async (page) => {
      expect(await page.locator('.setting').count()).toBe(settingNames.length);
      expect(await page.locator('.setting__does').allTextContents()).toHaveLength(settingNames.length + 1);
      expect(await page.locator('.settings-file__path').textContent()).toBe('/home/mira/.config/athena/settings.json');
      expect(await page.getByRole('button', { name: /^Back to default/ }).count()).toBe(0);
      expect(await page.locator('[aria-current=page]').textContent()).toBe('Settings');
    });
  });

  it('is reached from the sidebar, and Back leads away from it', async () => {
    await onScene('settings', async (page) => {
      await page.locator('.sidebar__item', { hasText: 'Settings' }).click();
      await page.waitForSelector('.page--settings');
      await page.keyboard.press('Escape');
      await page.waitForSelector('.page--library');
    });
  });

  it('finds settings by other words, empties its search with Back, and says when nothing is found', async () => {
    await onPage('settings', async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('animation');
      expect(await page.locator('.setting__label').allTextContents()).toEqual(['Motion']);
      await page.keyboard.press('Escape');
      expect(await page.locator('.setting').count()).toBe(settingNames.length);
      await page.keyboard.type('xyzzy');
      await page.getByText('No setting is called that.').waitFor();
      await page.getByRole('button', { name: 'Show all settings' }).click();
      expect(await page.locator('.setting').count()).toBe(settingNames.length);
    });
  });

  it('goes back to a default from the row, keeps the focus there, and that can be undone', async () => {
    await onPage('settings-changed', async (page) => {
      await page.keyboard.press('Shift');
      await page.getByRole('button', { name: 'Back to default: 120 ms' }).click();
      await page.getByText('Time between repeats is back at its default').waitFor();
      const field = page.getByRole('textbox', { name: 'Time between repeats' });
      expect(await field.inputValue()).toBe('120');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-focus-key'))).toBe('setting-repeatEveryMs');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => field.inputValue()).toBe('80');
      expect(await calls(page)).toEqual([
        ['settings:reset', { names: ['repeatEveryMs'] }],
        ['settings:set', { repeatEveryMs: 80 }],
      ]);
    });
  });

  it('tells what is wrong with the file and where its copy lies', async () => {
    await onPage('settings-trouble', async (page) => {
      const banner = page.locator('.banner');
      expect(await banner.textContent()).toMatch(/JSON from line 3.*settings\.broken-/);
    });
  });

  it('tells what the desktop does not grant: a tray to close into, and the keys', async () => {
    await onPage('settings-changed', async (page) => {
      await row(page, 'Close to the tray').getByText('no tray icon now').waitFor();
      await row(page, 'Reconnect from anywhere').getByText('does not hand these keys').waitFor();
    });
    await onPage('settings', async (page) => {
      expect(await row(page, 'Close to the tray').textContent()).not.toContain('no tray');
      expect(await row(page, 'Reconnect from anywhere').textContent()).not.toContain('does not hand');
    });
  });

  it.each([
    ['settings-changed', usual],
    ['settings-zoomed', usual],
    ['settings-changed', { width: 900, height: 600 }],
  ] as const)('is walked by arrows alone (%s, %o)', async (scene, size) => {
    await onPage(
      scene,
      async (page) => {
        await page.waitForTimeout(150);
        await page.keyboard.press('Shift');
        const walk = await walkFocus(page);
        expect(walk.faults).toEqual([]);
        expect(walk.controls.filter((key) => !walk.neighbours.has(key))).toEqual([]);
        expect(deadEnds(walk, 'nav:library')).toEqual([]);
      },
      size,
      { reducedMotion: 'reduce' },
    );
  }, 120_000);
});

describe('a setting takes effect at once', { timeout: 60_000 }, () => {
  it('the theme, by keyboard, graphs included', async () => {
    await onPage('settings', async (page) => {
      expect(await ground(page)).toBe('rgb(10, 12, 17)');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => ground(page)).toBe('rgb(238, 241, 246)');
      await page.locator('.sidebar__item', { hasText: 'Attic PC' }).click();
      await page.waitForSelector('.graph__canvas canvas');
      const lineIs = (colour: readonly number[]): Promise<boolean> =>
        page.evaluate(([red, green, blue]) => {
          const canvas = document.querySelector<HTMLCanvasElement>('.graph__canvas canvas');
          const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue && pixels[at + 3] === 255) return true;
          return false;
        }, colour);
      await expect.poll(() => lineIs([28, 88, 196])).toBe(true);
      // And while a graph is on the page.
      await page.evaluate(() => void (window as unknown as Athena).athena.invoke('settings:set', { theme: 'high-contrast' }));
      await expect.poll(() => lineIs([156, 200, 255])).toBe(true);
      expect(await lineIs([28, 88, 196])).toBe(false);
    });
  });

  it('the size, on the desk and on the couch, with nothing cut off at the side', async () => {
    await onPage('settings', async (page) => {
      const before = await rootPx(page);
      await page.getByRole('button', { name: 'More: Size of everything' }).click();
      await expect.poll(() => rootPx(page)).toBeCloseTo(before * 1.1, 1);
      await page.getByRole('textbox', { name: 'Size of everything' }).fill('200');
      await page.keyboard.press('Enter');
      await expect.poll(() => rootPx(page)).toBeCloseTo(before * 2, 1);
      const cutOff = (): Promise<string[]> =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('main *')]
            .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => element.className),
        );
      expect(await cutOff()).toEqual([]);
      await page.evaluate(() => (window as unknown as Athena).athena.push('window:couch-changed', { couch: true }));
      await expect.poll(() => rootPx(page)).toBeGreaterThan(before * 2);
      const onCouch = await rootPx(page);
      expect(await cutOff()).toEqual([]);
      await page.getByRole('textbox', { name: 'Size of everything' }).fill('80');
      await page.keyboard.press('Enter');
      await expect.poll(() => rootPx(page)).toBeCloseTo(onCouch * 0.4, 1);
    });
  });

  it.each([
    [undefined, 'Reduced', 'none'],
    ['reduce', 'Full', 'fade'],
    ['reduce', 'As the desktop', 'none'],
    [undefined, 'As the desktop', 'fade'],
  ] as const)('motion: the desktop says %s, the person %s, and a page’s animation is %s', async (reducedMotion, choice, animation) => {
    await onPage(
      'settings',
      async (page) => {
        await row(page, 'Motion').getByRole('radio', { name: choice }).click();
        await expect.poll(() => page.evaluate(() => getComputedStyle(document.querySelector('.page') ?? document.body).animationName)).toBe(animation);
      },
      usual,
      reducedMotion === undefined ? {} : { reducedMotion },
    );
  });

  it('sounds: none while they are off, one for a move and two for a press when they are on', async () => {
    const before = (): void => {
      const heard: string[] = [];
      const real = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
        heard.push(this.type);
        real.call(this, when);
      };
      Object.assign(window, { heard });
    };
    await onPage(
      'settings',
      async (page) => {
        const heard = (): Promise<number> => page.evaluate(() => (window as unknown as { heard: string[] }).heard.length);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowUp');
        await page.waitForTimeout(100);
        expect(await heard()).toBe(0);
        await row(page, 'Sounds').getByRole('switch').click();
        // What was switched on is heard.
        await expect.poll(heard).toBe(2);
        await page.keyboard.press('ArrowDown');
        await expect.poll(heard).toBe(3);
        await page.keyboard.press('Escape');
        await expect.poll(heard).toBe(5);
      },
      usual,
      { before },
    );
  });

  it('a gamepad: how held directions repeat, and which button selects', async () => {
    const before = (): void => {
      const pad = { connected: true, id: 'Pad (Vendor: 045e)', axes: [0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false })) };
      Object.assign(window, { pad });
      navigator.getGamepads = () => [pad as unknown as Gamepad];
    };
    await onPage(
      'settings',
      async (page) => {
        const press = (button: number, pressed: boolean): Promise<void> =>
          page.evaluate(
            ([index, isPressed]) => {
              const held = (window as unknown as { pad: { buttons: { pressed: boolean }[] } }).pad.buttons[Number(index)];
              if (held) held.pressed = Boolean(isPressed);
            },
            [button, pressed],
          );
        const tap = async (button: number): Promise<void> => {
          await press(button, true);
          await frames(page);
          await press(button, false);
          await frames(page);
        };
        await page.waitForTimeout(400);
        await page.evaluate(() => (window as unknown as Athena).athena.invoke('settings:set', { swapSelect: 'always' }));
        // On "Light" now: East selects.
        await tap(15);
        await tap(1);
        await expect.poll(() => ground(page)).toBe('rgb(238, 241, 246)');
        expect(await page.locator('.hint').first().locator('.glyph--lit').getAttribute('cx')).toBe('19');
        await page.evaluate(() => (window as unknown as Athena).athena.invoke('settings:set', { repeatDelayMs: 1_500 }));
        const moves = page.evaluate(
          () =>
            new Promise<number>((done) => {
              const seen = { moves: 0 };
              document.addEventListener('focusin', () => (seen.moves += 1));
              setTimeout(() => done(seen.moves), 1_000);
            }),
        );
        await press(13, true);
        // Held for most of a second: one move, and no repeat yet.
        expect(await moves).toBe(1);
        await press(13, false);
      },
      usual,
      { before },
    );
  });
});
