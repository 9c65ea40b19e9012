// The settings page: as it is, changed, searched, refused by the desktop, and with a file that can't be used.
import type { Page } from 'playwright-core';
import type { Shot } from './shot';

const openSettings = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+,');
  await page.waitForSelector('.page--settings');
};

export const settingsShots: readonly Shot[] = [
  ...['settings', 'settings-changed', 'settings-trouble'].map((scene): Shot => ({ name: scene, scene, prepare: openSettings })),
  { name: 'settings-search', scene: 'settings', prepare: async (page) => openSettings(page).then(() => page.locator('.search__box').fill('held')) },
  { name: 'settings-refused', scene: 'settings-changed', prepare: async (page) => openSettings(page).then(() => page.locator('.search__box').fill('shortcut')) },
  { name: 'settings-nothing-found', scene: 'settings', prepare: async (page) => openSettings(page).then(() => page.locator('.search__box').fill('xyzzy')) },
];
