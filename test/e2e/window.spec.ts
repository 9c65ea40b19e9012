// The window in a real Electron: opens, shows the library, and nothing of Node reaches the page.
import { afterEach, describe, expect, it } from 'vitest';
import { launchAthena, type RunningAthena } from './electron-app';

const running: RunningAthena[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((athena) => athena.stop()));
});

async function start(options: Parameters<typeof launchAthena>[0] = {}): Promise<RunningAthena> {
  const athena = await launchAthena(options);
  running.push(athena);
  return athena;
}

describe('the window', () => {
  it('opens with an empty library and offers to try without a host', async () => {
    const athena = await start();
    await athena.window.getByText('Try it without a host').first().waitFor();
    await athena.screenshot('library-empty');
    expect(await athena.window.title()).toContain('Athena');
  });

  it('stands full screen for the couch, with text that is read from three metres, and goes back on the desk', async () => {
    const { window } = await start({ args: ['--couch'] });
    await window.getByText('Try it without a host').first().waitFor();
    const view = (): Promise<string | undefined> => window.evaluate(() => document.documentElement.dataset['view']);
    await expect.poll(view).toBe('couch');
    const smallest = await window.evaluate(() => {
      const sizes = [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== ''))
        .map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
      return { px: Math.min(...sizes), count: sizes.length, heightPx: innerHeight };
    });
    expect(smallest.count).toBeGreaterThan(10);
    // 26 px at 1080p (Xbox Accessibility Guideline 101).
    expect(smallest.px / smallest.heightPx).toBeGreaterThanOrEqual(26 / 1080 - 0.0005);
    await window.keyboard.press('F11');
    await expect.poll(view).toBe('desk');
  });

  it('gives the page the contract and nothing else', async () => {
    const { window } = await start();
    const seen = await window.evaluate(() => ({
      bridge: Object.keys((globalThis as { athena?: object }).athena ?? {}).sort(),
      node: typeof (globalThis as { require?: unknown }).require + typeof (globalThis as { process?: unknown }).process,
    }));
    expect(seen).toEqual({ bridge: ['invoke', 'on'], node: 'undefinedundefined' });
  });
});
