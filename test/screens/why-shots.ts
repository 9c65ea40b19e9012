// The pages that tell why: the network, the incidents, one of them.
import { openItem, type Shot } from './shot';

export const whyShots: readonly Shot[] = [
  { name: 'network', scene: 'full', prepare: openItem('Network') },
  { name: 'network-empty', scene: 'empty', prepare: openItem('Network') },
  { name: 'incidents', scene: 'full', prepare: openItem('Incidents') },
  { name: 'incidents-empty', scene: 'empty', prepare: openItem('Incidents') },
  {
    name: 'incident',
    scene: 'full',
    prepare: async (page) => {
      await openItem('Incidents')(page);
      await page.locator('.incident-row').nth(1).click();
      await page.waitForSelector('.board');
    },
  },
];
