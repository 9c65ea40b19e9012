// The ways to a stream's settings and to its pause, for shots and tests alike.
import type { Page } from 'playwright-core';

/** From the library to the settings of "Desktop" on "Rig", through the menu of its tile. */
export async function openProfile(page: Page): Promise<void> {
  await page.locator('[data-focus-key$=":rig-app-1"]').first().focus();
  await page.keyboard.press('o');
  await page.getByRole('menuitem', { name: 'Stream settings' }).click();
  await page.waitForSelector('[data-page="profile/rig-app-1"] .setting');
}

/** From the library to what happens when the stream of "Desktop" on "Rig" breaks. */
export async function openPauseForm(page: Page): Promise<void> {
  await page.locator('[data-focus-key$=":rig-app-1"]').first().focus();
  await page.keyboard.press('o');
  await page.getByRole('menuitem', { name: 'When the stream breaks' }).click();
  await page.waitForSelector('[data-page="pause-form/rig-app-1"]');
}

export async function chooseLevel(page: Page, name: 'All of Athena' | 'This host' | 'This entry' | 'This network'): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Where a change is kept' }).getByRole('radio', { name }).click();
}
