// Draws every page in every state at several window sizes into a folder, to be looked at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BuiltRenderer } from './built-renderer';
import { chooseLevel, openProfile } from './profile-steps';

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

const openForm = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Desktop by VNC or RDP' }).click();
};

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
  'asking-qpair',
  'asking-qother',
  'asking-qloop',
  'stalled-paused',
  'ended-running',
];

const press =
  (item: string, button: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await openItem(item)(page);
    await page.getByRole('button', { name: button }).click();
  };

const hostStates = ['unknown', 'asleep', 'asleep-without-mac', 'booting', 'online', 'busy', 'paused', 'address-in-doubt', 'certificate-changed', 'unpaired', 'pin-waiting', 'web-waiting', 'pairing-failed'];

const hostShots: readonly Shot[] = [
  { name: 'hosts-sidebar', scene: 'hosts' },
  { name: 'add-host', scene: 'found', prepare: openItem('Add host') },
  { name: 'add-host-none', scene: 'empty', prepare: openItem('Add host') },
  {
    name: 'add-host-failed',
    scene: 'found',
    prepare: async (page) => {
      await openItem('Add host')(page);
      await page.getByLabel('Name or address', { exact: true }).fill('nobody.lan');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.banner');
    },
  },
  {
    name: 'add-host-errors',
    scene: 'found',
    prepare: async (page) => {
      await openItem('Add host')(page);
      await page.getByLabel('Name or address', { exact: true }).fill('https://rig.lan/');
      await page.getByLabel('Port', { exact: true }).fill('99999');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'add-host-hostile', scene: 'host-hostile', prepare: openItem('Add host') },
  ...hostStates.map((state): Shot => ({ name: `gamestream-${state}`, scene: `host-${state}`, prepare: openItem('Rig') })),
  { name: 'gamestream-web-form', scene: 'host-unpaired', prepare: press('Rig', 'Use the web log-in') },
  {
    name: 'gamestream-paired',
    scene: 'host-pin-waiting',
    prepare: async (page) => {
      await openItem('Rig')(page);
      await page.evaluate(() => (window as unknown as { athena: { hosts: { typePin(id: string, pin: string): void } } }).athena.hosts.typePin('rig', '4071'));
    },
  },
  { name: 'gamestream-quit', scene: 'host-busy', prepare: press('Rig', 'Quit Cyberpunk 2077') },
  {
    name: 'gamestream-quit-by-web',
    scene: 'host-older',
    prepare: async (page) => {
      await press('Older rig', 'Quit Cyberpunk 2077')(page);
      await page.getByRole('button', { name: 'Yes, quit Cyberpunk 2077' }).click();
      await page.waitForSelector('.web-log-in');
    },
  },
  {
    name: 'gamestream-explained',
    scene: 'host-asleep',
    prepare: async (page) => {
      await press('Rig', 'Why is it offline?')(page);
      await page.waitForSelector('[data-state="bad"]');
    },
  },
  {
    name: 'gamestream-explained-good',
    scene: 'host-online',
    prepare: async (page) => {
      await press('Rig', 'Check it step by step')(page);
      await page.waitForSelector('[data-state="good"]');
    },
  },
  {
    name: 'gamestream-forget',
    scene: 'host-online',
    prepare: press('Rig', 'Forget this host'),
  },
  { name: 'gamestream-hostile', scene: 'host-hostile', prepare: openItem('Evil') },
  { name: 'gamestream-hostile-quit', scene: 'host-hostile', prepare: press('Evil', /^Quit/) },
];

const profileAt =
  (level: Parameters<typeof chooseLevel>[1]) =>
  async (page: Page): Promise<void> => {
    await openProfile(page);
    await chooseLevel(page, level);
  };
const profileShots: readonly Shot[] = [
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
async function openImport(page: Page): Promise<void> {
  await page.locator('[data-focus-key="first-source:remmina"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-page="import"]');
}

const couchShots: readonly Shot[] = [
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
  { name: 'couch-first-run', scene: 'couch-first-run' },
  { name: 'couch-import', scene: 'couch-first-run', prepare: openImport },
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

const couch = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { athena: { push(channel: string, payload: unknown): void } }).athena.push('window:couch-changed', { couch: true }));
const openSettings = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+,');
  await page.waitForSelector('.page--settings');
};
const settingsScenes = ['settings', 'settings-light', 'settings-high-contrast', 'settings-zoomed', 'settings-changed', 'settings-trouble'];
const settingsShots: readonly Shot[] = [
  ...settingsScenes.flatMap((scene): Shot[] => [
    { name: scene, scene, prepare: openSettings },
    {
      name: `couch-${scene}`,
      scene,
      prepare: async (page) => {
        await couch(page);
        await openSettings(page);
      },
    },
  ]),
  { name: 'settings-search', scene: 'settings', prepare: async (page) => openSettings(page).then(() => page.locator('.search__box').fill('held')) },
  {
    name: 'settings-nothing-found',
    scene: 'settings',
    prepare: async (page) => openSettings(page).then(() => page.locator('.search__box').fill('xyzzy')),
  },
  // The pages that have most colours, in each theme; and those with most in them, at twice their size.
  ...['settings-light', 'settings-high-contrast', 'settings-zoomed'].flatMap((scene): Shot[] => [
    { name: `themed-library-${scene}`, scene },
    { name: `themed-network-${scene}`, scene, prepare: openItem('Network') },
    { name: `themed-host-${scene}`, scene, prepare: openItem('Attic PC') },
    { name: `themed-practice-${scene}`, scene, prepare: openItem('Practice') },
    {
      name: `themed-incident-${scene}`,
      scene,
      prepare: async (page) => {
        await openItem('Incidents')(page);
        await page.locator('.incident-row').first().click();
        await page.waitForSelector('.board');
      },
    },
    { name: `themed-form-${scene}`, scene, prepare: openForm },
  ]),
];

const shots: readonly Shot[] = [
  ...couchShots,
  ...settingsShots,
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
  { name: 'first-run', scene: 'first-run' },
  { name: 'import', scene: 'first-run', prepare: openImport },
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
  { name: 'host', scene: 'full', prepare: openItem('Attic PC') },
  { name: 'host-question', scene: 'questions', prepare: openItem('Attic PC') },
  ...hostShots,
  ...profileShots,
  { name: 'practice', scene: 'full', prepare: openItem('Practice') },
  { name: 'practice-running', scene: 'practice-running', prepare: openItem('Practice') },
  { name: 'practice-finished', scene: 'practice-finished', prepare: openItem('Practice') },
  ...sessionScenes.map((scene): Shot => ({ name: `session-${scene}`, scene: `session-${scene}`, prepare: openSession })),
];

/**
 * @param only draws those whose name contains it
 * @param onlySize and at this size alone, such as 1280x800
 */
export async function takeScreens(folder: string, only = '', onlySize = ''): Promise<void> {
  await mkdir(folder, { recursive: true });
  const renderer = await BuiltRenderer.start();
  try {
    for (const shot of shots.filter(({ name }) => name.includes(only))) {
      for (const size of sizes.filter(({ width, height }) => `${width}x${height}`.includes(onlySize))) {
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
