// The library and what is opened from it.
import { openForm, type Shot } from './shot';

export const libraryShots: readonly Shot[] = [
  { name: 'library', scene: 'full' },
  { name: 'library-keys', scene: 'full', prepare: async (page) => page.keyboard.press('ArrowRight') },
  {
    name: 'library-menu',
    scene: 'full',
    prepare: async (page) => {
      await page.keyboard.press('o');
      await page.waitForSelector('.menu');
    },
  },
  { name: 'library-search', scene: 'full', prepare: async (page) => page.locator('.search__box').fill('fctori') },
  { name: 'library-empty', scene: 'empty' },
  { name: 'library-many', scene: 'many-100', prepare: async (page) => page.waitForTimeout(600) },
  {
    name: 'library-many-scrolled',
    scene: 'many-10000',
    prepare: async (page) => {
      await page.locator('.page').evaluate((scroller) => scroller.scrollTo({ top: 400_000 }));
      await page.waitForTimeout(600);
    },
  },
  { name: 'library-many-search', scene: 'many-10000', prepare: async (page) => page.locator('.search__box').fill('hollow knigt') },
  { name: 'library-many-odd', scene: 'many-10000', prepare: async (page) => page.locator('.search__box').fill('doom gnp') },
  { name: 'library-many-rtl', scene: 'many-10000', prepare: async (page) => page.locator('.search__box').fill('المكتب') },
  { name: 'library-hidden', scene: 'many-100', prepare: async (page) => page.getByRole('button', { name: /^Show hidden/ }).click() },
  {
    name: 'library-add',
    scene: 'full',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.waitForSelector('.menu');
    },
  },
  {
    name: 'library-many-menu',
    scene: 'many-100',
    prepare: async (page) => {
      await page.keyboard.press('o');
      await page.waitForSelector('.menu');
    },
  },
  { name: 'library-trouble', scene: 'trouble' },
  { name: 'library-key-question', scene: 'questions' },
  {
    name: 'library-removed',
    scene: 'full',
    prepare: async (page) => {
      await page.keyboard.press('o');
      await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
      await page.waitForSelector('.toast');
    },
  },
  { name: 'form', scene: 'full', prepare: openForm },
  {
    name: 'form-errors',
    scene: 'full',
    prepare: async (page) => {
      await openForm(page);
      await page.getByRole('switch', { name: 'Pause the app over SSH' }).click();
      await page.getByRole('button', { name: 'Add to library' }).click();
    },
  },
];
