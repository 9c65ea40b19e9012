// Draws every page in every state at several window sizes into a folder, to be looked at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BuiltRenderer } from './built-renderer';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 900, height: 600 },
] as const;

interface Shot {
  readonly name: string;
  readonly scene: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const openSession = async (page: Page): Promise<void> => page.locator('.sidebar__item[data-tone]').first().click();
const openItem =
  (text: string) =>
  async (page: Page): Promise<void> =>
    page.locator('.sidebar__item', { hasText: text }).first().click();

const sessionScenes = [
  'connecting-running',
  'streaming-running',
  'streaming-unmanaged',
  'waiting-paused',
  'waiting-uncertain',
  'gating-paused',
  'reconnecting-paused',
  'streaming-counting',
  'streaming-user',
  'asking-qpassword',
  'asking-qrefused',
  'asking-qcertificate',
  'asking-qchanged',
  'asking-qname',
  'ended-running',
];

const shots: readonly Shot[] = [
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
  { name: 'form', scene: 'full', prepare: async (page) => page.getByRole('button', { name: 'Add entry' }).click() },
  {
    name: 'form-errors',
    scene: 'full',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Add entry' }).click();
      await page.getByRole('switch', { name: 'Pause the app over SSH' }).click();
      await page.getByRole('button', { name: 'Add to library' }).click();
    },
  },
  { name: 'host', scene: 'full', prepare: openItem('Attic PC') },
  { name: 'host-question', scene: 'questions', prepare: openItem('Attic PC') },
  { name: 'practice', scene: 'full', prepare: openItem('Practice') },
  { name: 'practice-running', scene: 'practice-running', prepare: openItem('Practice') },
  { name: 'practice-finished', scene: 'practice-finished', prepare: openItem('Practice') },
  ...sessionScenes.map((scene): Shot => ({ name: `session-${scene}`, scene: `session-${scene}`, prepare: openSession })),
];

/** @param only draws those whose name contains it */
export async function takeScreens(folder: string, only = ''): Promise<void> {
  await mkdir(folder, { recursive: true });
  const renderer = await BuiltRenderer.start();
  try {
    for (const shot of shots.filter(({ name }) => name.includes(only))) {
      for (const size of sizes) {
        const { page, context, problems } = await renderer.open(shot.scene, size);
        await shot.prepare?.(page);
        await page.waitForTimeout(700);
        await page.screenshot({ path: join(folder, `${shot.name}-${size.width}x${size.height}.png`) });
        if (problems.length > 0) console.error(shot.name, problems);
        await context.close();
      }
    }
  } finally {
    await renderer.stop();
  }
}
