// The pages of hosts: found, paired, asleep, refused, and with hostile names.
import { openItem, press, type Shot } from './shot';

const hostStates = ['unknown', 'asleep', 'asleep-without-mac', 'booting', 'online', 'busy', 'paused', 'address-in-doubt', 'certificate-changed', 'unpaired', 'pin-waiting', 'web-waiting', 'pairing-failed'];

export const hostShots: readonly Shot[] = [
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
