// The beginning: an empty library, what is found here, and what other programs know.
import type { Page } from 'playwright-core';
import type { Shot } from './shot';

async function openImport(page: Page): Promise<void> {
  await page.locator('[data-focus-key="first-source:remmina"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-page="import"]');
}

export const firstRunShots: readonly Shot[] = [
  { name: 'first-run', scene: 'first-run' },
  { name: 'import', scene: 'first-run', prepare: openImport },
];
