// The way to a stream's settings, for shots and tests alike.
import type { Page } from 'playwright-core';

/** From the library to the settings of "Desktop" on "Rig", through the menu of its tile. */
export async function openProfile(page: Page): Promise<void> {
  await page.locator('[data-focus-key$=":rig-app-1"]').first().focus();
  await page.keyboard.press('o');
  await page.getByRole('menuitem', { name: 'Stream settings' }).click();
  await page.waitForSelector('[data-page="profile/rig-app-1"] .setting');
}

export async function chooseLevel(page: Page, name: 'All of Athena' | 'This host' | 'This entry' | 'This network'): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Where a change is kept' }).getByRole('radio', { name }).click();
}
