// The stream settings, at every level and with every kind of value.
import type { Page } from 'playwright-core';
import { chooseLevel, openPauseForm, openProfile } from '../renderer/preview/profile-steps';
import type { Shot } from './shot';

const profileAt =
  (level: Parameters<typeof chooseLevel>[1]) =>
  async (page: Page): Promise<void> => {
    await openProfile(page);
    await chooseLevel(page, level);
  };
export const profileShots: readonly Shot[] = [
  { name: 'profile', scene: 'profile', prepare: openProfile },
  { name: 'profile-global', scene: 'profile', prepare: profileAt('All of Athena') },
  { name: 'profile-at-host', scene: 'profile', prepare: profileAt('This host') },
  { name: 'profile-network', scene: 'profile-network', prepare: profileAt('This network') },
  ...['profile-tight', 'profile-no', 'profile-unknown', 'profile-hostile'].map((scene): Shot => ({ name: scene, scene, prepare: openProfile })),
  {
    name: 'profile-custom',
    scene: 'profile',
    prepare: async (page) => {
      await openProfile(page);
      await page.getByRole('group', { name: 'Resolution' }).getByRole('radio', { name: 'Other' }).click();
      await page.getByRole('group', { name: 'Frame rate' }).getByRole('radio', { name: 'Other' }).click();
      await page.getByRole('textbox', { name: 'Frame rate' }).fill('999');
    },
  },
  {
    name: 'profile-lower',
    scene: 'profile',
    prepare: async (page) => {
      await openProfile(page);
      await page.getByRole('group', { name: 'Packet size' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'pause-form', scene: 'profile', prepare: openPauseForm },
  {
    name: 'pause-form-errors',
    scene: 'profile',
    prepare: async (page) => {
      await openPauseForm(page);
      const usesSsh = page.getByRole('switch', { name: 'Pause the app over SSH' });
      if ((await usesSsh.getAttribute('aria-checked')) === 'false') await usesSsh.click();
      await page.getByRole('radio', { name: 'By command' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
    },
  },
  {
    name: 'profile-cleared',
    scene: 'profile',
    prepare: async (page) => {
      await openProfile(page);
      await page.getByRole('button', { name: 'Inherit everything' }).click();
      await page.waitForSelector('.toast');
    },
  },
];
