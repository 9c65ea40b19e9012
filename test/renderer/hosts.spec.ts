// GameStream hosts in a real browser on a fake main process: adding, pairing, waking, quitting, asking why; by keys alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { PairingState } from '../../electron/common/gamestream';
import { fakeWebLogIn } from '../fakes/fake-hosts';
import { deadEnds, walkFocus } from './focus-walk';
import { BuiltRenderer, type WindowSize } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

const usual: WindowSize = { width: 1280, height: 800 };

async function inWindow(scene: string, act: (page: Page) => Promise<void>, size: WindowSize = usual): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, size, { reducedMotion: 'reduce' });
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

interface FakeWindow {
  readonly athena: {
    readonly calls: readonly { readonly channel: string; readonly args: unknown }[];
    readonly hosts: {
      change(hostId: string, part: object): void;
      typePin(hostId: string, pin: string): void;
      tellPairing(pairing: PairingState): void;
    };
  };
}

async function callsTo(page: Page, channel: string): Promise<unknown[]> {
  const calls = await page.evaluate(() => (window as unknown as FakeWindow).athena.calls.map(({ channel, args }) => ({ channel, args })));
  return calls.filter((call) => call.channel === channel).map(({ args }) => args);
}

const openItem = async (page: Page, text: string): Promise<void> => page.locator('.sidebar__item', { hasText: text }).first().click();
const typePin = async (page: Page, pin: string): Promise<void> => page.evaluate((typed) => (window as unknown as FakeWindow).athena.hosts.typePin('rig', typed), pin);
const focusKey = async (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['focusKey'] ?? '') : ''));
const pairingText = async (page: Page): Promise<string> => (await page.locator('.pairing').textContent()) ?? '';

describe('adding a host', { timeout: 30_000 }, () => {
  it('adds a found one with one press, and its page offers to pair', async () => {
    await inWindow('found', async (page) => {
      expect(await page.locator('.sidebar__item', { hasText: 'Add host' }).textContent()).toContain('2 found');
      await openItem(page, 'Add host');
      await expect.poll(() => focusKey(page)).toBe('found:192.168.1.44:47989');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('h1').textContent()).toBe('LIVING-ROOM');
      expect(await callsTo(page, 'host:add')).toEqual([{ address: '192.168.1.44', httpPort: 47989 }]);
      await expect.poll(() => focusKey(page)).toBe('pairing-begin');
      expect(await page.locator('.sidebar__item', { hasText: 'Add host' }).textContent()).toContain('1 found');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-page="library"]');
    });
  });

  it('adds one by its address, with errors at the fields and a refusal in place', async () => {
    await inWindow('empty', async (page) => {
      await openItem(page, 'Add host');
      await expect.poll(() => focusKey(page)).toBe('add-host-address');
      await page.keyboard.type('https://rig');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.field__error').textContent()).toContain('without “https://”');
      expect(await callsTo(page, 'host:add')).toEqual([]);
      const field = page.getByLabel('Name or address', { exact: true });
      await field.fill('nobody.lan');
      await field.press('Enter');
      await expect.poll(() => page.locator('main .banner').textContent()).toBe('Nothing answers at nobody.lan.Check the address, and that Sunshine runs there.');
      await field.fill('rig.lan:48989');
      expect(await page.locator('main .banner').count()).toBe(0);
      await field.press('Enter');
      await expect.poll(() => page.locator('h1').textContent()).toBe('rig.lan');
      expect(await callsTo(page, 'host:add')).toEqual([
        { address: 'nobody.lan', httpPort: 47989 },
        { address: 'rig.lan', httpPort: 48989 },
      ]);
    });
  });

  it('points to the form for VNC and RDP', async () => {
    await inWindow('empty', async (page) => {
      await openItem(page, 'Add host');
      await page.getByRole('button', { name: 'Add a VNC or RDP desktop' }).click();
      await page.waitForSelector('[data-page="entry-form/new"]');
    });
  });
});

describe('pairing', { timeout: 30_000 }, () => {
  it('shows four digits and where they go, tells screen readers, and ends with the apps', async () => {
    await inWindow('host-unpaired', async (page) => {
      await openItem(page, 'Rig');
      await expect.poll(() => focusKey(page)).toBe('pairing-begin');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.pin__digit').allTextContents()).toEqual(['4', '0', '7', '1']);
      expect(await pairingText(page)).toContain('https://192.168.1.30:47990');
      expect(await page.locator('[data-voice="pairing"]').textContent()).toBe('The PIN is 4 0 7 1. Type it at https://192.168.1.30:47990, tab PIN. Waiting.');
      await expect.poll(() => focusKey(page)).toBe('pairing-cancel');
      await typePin(page, '4071');
      await expect.poll(() => pairingText(page)).toContain('Paired with RigIts 42 apps are in the library now.');
      await expect.poll(() => focusKey(page)).toBe('pairing-library');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-page="library"]');
      await openItem(page, 'Rig');
      expect(await page.locator('.pairing').count()).toBe(0);
    });
  });

  it('is cancelled with one press, and offered again', async () => {
    await inWindow('host-pin-waiting', async (page) => {
      await openItem(page, 'Rig');
      await expect.poll(() => focusKey(page)).toBe('pairing-cancel');
      await page.keyboard.press('Enter');
      await expect.poll(() => focusKey(page)).toBe('pairing-begin');
      expect(await callsTo(page, 'host:cancel-pairing')).toEqual([{ hostId: 'rig' }]);
      expect(await page.locator('.pin').count()).toBe(0);
    });
  });

  it('says what went wrong and what to do, and tries again', async () => {
    await inWindow('host-pin-waiting', async (page) => {
      await openItem(page, 'Rig');
      await typePin(page, '0000');
      await expect.poll(() => pairingText(page)).toContain('Another PIN was typed at this host.Pair again, and type the new PIN exactly as it is shown.');
      expect(await page.locator('[data-voice="pairing"]').textContent()).toContain('Another PIN was typed');
      await expect.poll(() => focusKey(page)).toBe('pairing-begin');
      await page.getByRole('button', { name: 'Try again' }).press('Enter');
      await expect.poll(() => page.locator('.pin__digit').count()).toBe(4);
      expect(await page.locator('.pairing .banner').count()).toBe(0);
    });
  });

  it('tells in place why it could not even begin', async () => {
    await inWindow('host-unpaired', async (page) => {
      await page.evaluate(() => {
        const { failures } = (window as unknown as { athena: { failures: Map<string, object> } }).athena;
        failures.set('host:pair', { kind: 'host-unreachable', message: 'Rig does not answer.', advice: 'Wake it first.' });
      });
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Show a PIN' }).click();
      await expect.poll(() => pairingText(page)).toContain('Rig does not answer.Wake it first.');
      expect(await page.locator('.toast').count()).toBe(0);
    });
  });

  it('lets Athena type it: the web log-in is sent once, and is nowhere on the page afterwards', async () => {
    await inWindow('host-unpaired', async (page) => {
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Use the web log-in' }).press('Enter');
      await expect.poll(() => focusKey(page)).toBe('pairing-web-username');
      await page.keyboard.type(fakeWebLogIn.username);
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => focusKey(page)).toBe('pairing-web-password');
      expect(await page.getByLabel('Web password').getAttribute('type')).toBe('password');
      await page.keyboard.type(fakeWebLogIn.password);
      await page.keyboard.press('Enter');
      await expect.poll(() => pairingText(page)).toContain('Athena types the PIN');
      expect(await page.locator('.pin').count()).toBe(0);
      expect(await callsTo(page, 'host:pair')).toEqual([{ hostId: 'rig', web: fakeWebLogIn }]);
      await expect.poll(() => pairingText(page)).toContain('Its 42 apps are in the library now.');
      const left = await page.evaluate(() => `${document.documentElement.outerHTML} ${[...document.querySelectorAll('input')].map(({ value }) => value).join(' ')} ${JSON.stringify({ ...localStorage, ...sessionStorage })}`);
      expect(left).not.toContain(fakeWebLogIn.password);
      expect((await callsTo(page, 'host:pair')).length).toBe(1);
    });
  });

  it('asks for the password anew when the web page refused it', async () => {
    await inWindow('host-unpaired', async (page) => {
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Use the web log-in' }).click();
      await page.getByLabel('Web user name').fill('sunshine');
      await page.getByLabel('Web password').fill('wrong');
      await page.getByLabel('Web password').press('Enter');
      await expect.poll(() => pairingText(page)).toContain('refused this user name or password');
      await page.getByRole('button', { name: 'Use the web log-in' }).click();
      expect(await page.getByLabel('Web password').inputValue()).toBe('');
    });
  });

  it('copies the address of the web page', async () => {
    await inWindow('host-pin-waiting', async (page) => {
      await page.context().grantPermissions(['clipboard-read']);
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Copy the address' }).click();
      await expect.poll(() => pairingText(page)).toContain('Copied');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://192.168.1.30:47990');
    });
  });

  it('warns before it pairs again with a host whose certificate has changed', async () => {
    await inWindow('host-certificate-changed', async (page) => {
      await openItem(page, 'Rig');
      expect(await pairingText(page)).toContain('somebody may be between you and it');
      expect(await focusKey(page)).not.toBe('pairing-begin');
      await page.getByRole('button', { name: 'Pair again with a PIN' }).click();
      await expect.poll(() => page.locator('.pin__digit').count()).toBe(4);
    });
  });
});

describe('the host page', { timeout: 30_000 }, () => {
  it.each([
    ['unknown', 'Not checked yet'],
    ['asleep', 'Asleep or off'],
    ['booting', 'Starting'],
    ['online', 'Online'],
    ['busy', 'Cyberpunk 2077 is running'],
    ['paused', 'Cyberpunk 2077 is paused'],
    ['address-in-doubt', 'Another host answers here'],
    ['certificate-changed', 'Its certificate has changed'],
  ])('tells %s in words, with since', async (state, title) => {
    await inWindow(`host-${state}`, async (page) => {
      await openItem(page, 'Rig');
      expect(await page.locator('.host-state__title').textContent()).toBe(title);
      expect(await page.locator('.host-state').textContent()).toMatch(/Since .*\d\d:\d\d, (just now|\d+ (min|h) ago)/);
    });
  });

  it('wakes, and follows what main pushes', async () => {
    await inWindow('host-asleep', async (page) => {
      await openItem(page, 'Rig');
      await expect.poll(() => focusKey(page)).toBe('host-wake');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.host-state__title').textContent()).toBe('Starting');
      expect(await callsTo(page, 'host:wake')).toEqual([{ hostId: 'rig' }]);
      await page.evaluate(() => (window as unknown as FakeWindow).athena.hosts.change('rig', { state: 'online' }));
      await expect.poll(() => page.locator('.host-state__title').textContent()).toBe('Online');
      expect(await focusKey(page)).toBe('host-wake');
      await page.keyboard.press('Enter');
      expect((await callsTo(page, 'host:wake')).length).toBe(1);
    });
  });

  it('says why it cannot be woken', async () => {
    await inWindow('host-asleep-without-mac', async (page) => {
      await openItem(page, 'Rig');
      expect(await page.getByRole('button', { name: 'Wake' }).getAttribute('title')).toContain('hardware address is not known');
      expect(await page.locator('.facts').textContent()).toContain('Not known: it cannot be woken');
    });
  });

  it('quits only at the second press, and names the app and the loss', async () => {
    await inWindow('host-busy', async (page) => {
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Quit Cyberpunk 2077' }).press('Enter');
      await expect.poll(() => focusKey(page)).toBe('quit-keep');
      expect(await page.locator('.question').textContent()).toContain('Quit Cyberpunk 2077 on Rig?What is not saved in it is lost');
      await page.keyboard.press('Enter');
      await expect.poll(() => focusKey(page)).toBe('host-quit');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.question').count()).toBe(0);
      expect(await callsTo(page, 'host:quit-app')).toEqual([]);
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => focusKey(page)).toBe('quit-yes');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.host-state__title').textContent()).toBe('Online');
      expect(await callsTo(page, 'host:quit-app')).toEqual([{ hostId: 'rig' }]);
      await expect.poll(() => focusKey(page)).toBe('host-quit');
    });
  });

  it('takes back its question when another app runs meanwhile', async () => {
    await inWindow('host-busy', async (page) => {
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Quit Cyberpunk 2077' }).click();
      await page.evaluate(() => (window as unknown as FakeWindow).athena.hosts.change('rig', { runningApp: 'Desktop' }));
      await expect.poll(() => page.locator('.question').count()).toBe(0);
      await expect.poll(() => focusKey(page)).not.toBe('');
    });
  });

  it('offers the web log-in when an older host does not end a streamed app', async () => {
    await inWindow('host-older', async (page) => {
      await openItem(page, 'Older rig');
      await page.getByRole('button', { name: 'Quit Cyberpunk 2077' }).click();
      await page.getByRole('button', { name: 'Yes, quit Cyberpunk 2077' }).click();
      await expect.poll(() => focusKey(page)).toBe('quit-web-username');
      await page.keyboard.type(fakeWebLogIn.username);
      await page.getByLabel('Web password').fill('wrong');
      await page.getByRole('button', { name: 'Quit by web' }).click();
      await expect.poll(() => page.locator('.question').textContent()).toContain('refused this user name or password');
      await page.getByLabel('Web password').fill(fakeWebLogIn.password);
      await page.getByRole('button', { name: 'Quit by web' }).click();
      await expect.poll(() => page.locator('.host-state__title').textContent()).toBe('Online');
      expect(await callsTo(page, 'host:quit-app')).toEqual([
        { hostId: 'older-rig' },
        { hostId: 'older-rig', web: { ...fakeWebLogIn, password: 'wrong' } },
        { hostId: 'older-rig', web: fakeWebLogIn },
      ]);
    });
  });

  it('explains why a host is offline, step by step', async () => {
    await inWindow('host-asleep', async (page) => {
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Why is it offline?' }).click();
      await expect.poll(() => page.locator('.offline [data-state]').evaluateAll((steps) => steps.map((step) => `${step.getAttribute('data-step')} ${step.getAttribute('data-state')}`))).toEqual([
        'name good',
        'address good',
        'neighbour bad',
        'port unknown',
        'identity unknown',
        'certificate unknown',
      ]);
      expect(await page.locator('[data-step="neighbour"]').textContent()).toBe('NeighbourNobody on the local network has 192.168.1.30.Bad');
      expect(await page.locator('.offline .banner').textContent()).toContain('The host is off or asleep, or has another address now.');
      await page.getByRole('button', { name: 'Close' }).press('Enter');
      await expect.poll(() => page.locator('.offline').count()).toBe(0);
      await expect.poll(() => focusKey(page)).toBe('host-explain');
    });
  });

  it('forgets a host at the second press', async () => {
    await inWindow('host-online', async (page) => {
      await openItem(page, 'Rig');
      await page.getByRole('button', { name: 'Forget this host' }).click();
      await expect.poll(() => focusKey(page)).toBe('forget-keep');
      expect(await page.locator('.question').textContent()).toContain('its 15 apps with it');
      expect(await callsTo(page, 'host:forget')).toEqual([]);
      await page.getByRole('button', { name: 'Yes, forget it' }).click();
      await page.waitForSelector('[data-page="library"]');
      expect(await page.locator('.sidebar__item', { hasText: 'Rig' }).count()).toBe(0);
    });
  });
});

describe('the sidebar', { timeout: 30_000 }, () => {
  it('tells each host’s state, with the app that runs there', async () => {
    await inWindow('hosts', async (page) => {
      const texts = await page.locator('.sidebar__item').allTextContents();
      for (const part of [/^RigCyberpunk 2077, paused/, /^DenNot paired/, /^LoftAsleep or off/, /^Reading nookThe Witcher 3.*, running/, /^LabCertificate changed/]) {
        expect(texts.filter((text) => part.test(text)), String(part)).toHaveLength(1);
      }
    });
  });
});

describe('hostile names', { timeout: 30_000 }, () => {
  it.each([usual, { width: 900, height: 600 }])('break no layout at $width', async (size) => {
    await inWindow(
      'host-hostile',
      async (page) => {
        await openItem(page, 'Evil');
        await page.getByRole('button', { name: /^Quit/ }).click();
        await page.waitForSelector('.question');
        const overflow = await page.evaluate(() => ({
          wide: [...document.querySelectorAll('.sidebar, .window, main .card, main .row, main .button, main .question, main h1, main h2')]
            .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
            .map(({ className }) => className),
          sidebar: [...document.querySelectorAll('.sidebar, .sidebar__item')].filter((element) => element.scrollWidth > element.clientWidth + 1).length,
          tallItems: [...document.querySelectorAll('.sidebar__item, .row, .page__head')].filter((element) => element.getBoundingClientRect().height > 90).map(({ className }) => className),
          marks: /[\u202a-\u202e\u2066-\u2069]/.test(document.querySelector('.sidebar')?.textContent ?? '') || /[\u202a-\u202e\u2066-\u2069]/.test(document.querySelector('.host-state')?.textContent ?? ''),
          images: document.querySelectorAll('img').length,
        }));
        expect(overflow).toEqual({ wide: [], sidebar: 0, tallItems: [], marks: false, images: 0 });
      },
      size,
    );
  });
});

describe('the arrow keys reach everything', () => {
  const press =
    (item: string, ...buttons: readonly (string | RegExp)[]) =>
    async (page: Page): Promise<void> => {
      await openItem(page, item);
      for (const name of buttons) await page.getByRole('button', { name }).click();
    };
  it.each([
    ['adding a host', 'found', press('Add host')],
    ['the offer to pair, with the web log-in open', 'host-unpaired', press('Rig', 'Use the web log-in')],
    ['the PIN that waits', 'host-pin-waiting', press('Rig')],
    ['quitting by web', 'host-older', press('Older rig', 'Quit Cyberpunk 2077', 'Yes, quit Cyberpunk 2077')],
    ['the steps, and forgetting', 'host-asleep', press('Rig', 'Why is it offline?', 'Forget this host')],
  ] as const)(
    '%s',
    async (_name, scene, prepare) => {
      await inWindow(scene, async (page) => {
        await prepare(page);
        await page.waitForTimeout(300);
        await page.keyboard.press('Shift');
        const walk = await walkFocus(page);
        expect(walk.faults).toEqual([]);
        expect(walk.controls.filter((key) => !walk.neighbours.has(key))).toEqual([]);
        expect(deadEnds(walk, 'nav:library')).toEqual([]);
      });
    },
    150_000,
  );
});
