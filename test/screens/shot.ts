// A page in a state, and the steps that lead there from a window's first page.
import type { Page } from 'playwright-core';

export interface Shot {
  /** Tells what it shows; part of the file's name. */
  readonly name: string;
  /** Of test/fakes/fake-scenes.ts. */
  readonly scene: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

export const openSession = async (page: Page): Promise<void> => page.locator('.sidebar__item[data-tone]').first().click();
export const openItem =
  (text: string) =>
  async (page: Page): Promise<void> =>
    page.locator('.sidebar__item', { hasText: text }).first().click();

export const openForm = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Desktop by VNC or RDP' }).click();
};

export const press =
  (item: string, button: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await openItem(item)(page);
    await page.getByRole('button', { name: button }).click();
  };
