// The pages that only the couch has.
import type { Page } from 'playwright-core';
import type { Shot } from './shot';

const openDetails = async (page: Page): Promise<void> => {
  await page.waitForSelector('[data-page="home"]');
  await page.keyboard.press('o');
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.waitForSelector('.entry');
};
/** By key: the sidebar opens under a pointer that comes to it. */
const openPower = async (page: Page): Promise<void> => {
  await page.locator('[data-focus-key="nav:power"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-page="power"]');
};
export const couchShots: readonly Shot[] = [
  ...['full', 'hosts', 'left', 'empty', 'found', 'host-busy', 'host-hostile', 'many-100'].map((scene): Shot => ({ name: `couch-home-${scene}`, scene: `couch-${scene}` })),
  {
    name: 'couch-home-menu',
    scene: 'couch-full',
    prepare: async (page) => {
      await page.keyboard.press('o');
      await page.waitForSelector('.menu');
    },
  },
  ...['full', 'hosts', 'host-busy', 'left'].map((scene): Shot => ({ name: `couch-entry-${scene}`, scene: `couch-${scene}`, prepare: openDetails })),
  { name: 'couch-power', scene: 'couch-hosts', prepare: openPower },
  {
    name: 'couch-power-quit',
    scene: 'couch-full',
    prepare: async (page) => {
      await openPower(page);
      await page.getByRole('button', { name: 'Quit Athena' }).click();
    },
  },
];
