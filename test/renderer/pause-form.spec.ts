// What happens when a stream breaks, set in a real browser on a fake main process: what is shown, what is refused, what is sent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { FakeBridge } from '../fakes/fake-bridge';
import { BuiltRenderer } from './preview/built-renderer';
import { openPauseForm } from './preview/profile-steps';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

type Athena = Window & { readonly athena: FakeBridge };

async function onForm(act: (page: Page) => Promise<void>): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open('profile', { width: 1280, height: 800 }, { reducedMotion: 'reduce' });
  await openPauseForm(opened.page);
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

const sent = (page: Page): Promise<readonly unknown[]> =>
  page.evaluate(() => (window as unknown as Athena).athena.calls.filter(({ channel }) => channel === 'library:set-pause').map(({ args }) => args));

async function useSsh(page: Page): Promise<void> {
  const usesSsh = page.getByRole('switch', { name: 'Pause the app over SSH' });
  if ((await usesSsh.getAttribute('aria-checked')) === 'false') await usesSsh.click();
}

describe('what happens when a stream breaks', { timeout: 40_000 }, () => {
  it('is asked with nothing of the connection, and an app of a GameStream host can be ended as well', async () => {
    await onForm(async (page) => {
      expect(await page.locator('main h1').textContent()).toBe('Desktop');
      expect(await page.getByLabel('Name', { exact: true }).count()).toBe(0);
      expect(await page.getByRole('radio', { name: 'End it' }).count()).toBe(1);
    });
  });

  it('is refused at the field that is wrong, which has the focus then', async () => {
    await onForm(async (page) => {
      await useSsh(page);
      await page.getByLabel('SSH user').fill('two words');
      await page.getByRole('radio', { name: 'By command' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect.poll(() => page.locator('.field .field__error').allTextContents()).toEqual([
        ' A user name has no spaces and does not begin with a hyphen.',
        ' Type what the app’s command line looks like.',
      ]);
      await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset['focusKey'])).toBe('field-sshUser');
      expect(await sent(page)).toEqual([]);
    });
  });

  it('is sent with the way to the host, and its page says it from then on', async () => {
    await onForm(async (page) => {
      await useSsh(page);
      await page.getByLabel('SSH user').fill('mira');
      await page.getByLabel('SSH port').fill('2222');
      await page.getByRole('radio', { name: 'By command' }).click();
      await page.getByLabel('Command pattern').fill('Cyberpunk2077\\.exe$');
      await page.getByLabel(/Count-down/).fill('5');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.waitForSelector('[data-page="library"]');
      expect(await sent(page)).toEqual([
        { entryId: 'rig-app-1', form: { ssh: { user: 'mira', port: 2222 }, pause: { by: 'command', pattern: 'Cyberpunk2077\\.exe$' }, resumeCountdownS: 5 } },
      ]);
      await page.locator('[data-focus-key$=":rig-app-1"]').first().focus();
      await page.keyboard.press('o');
      await page.getByRole('menuitem', { name: 'Details' }).click();
      await expect.poll(() => page.getByRole('region', { name: 'When the stream breaks' }).textContent()).toContain('Paused when the stream is lost · 5\u00a0s count-down before it runs on');
    });
  });

  it('can be that it is ended instead, which needs no way to the host', async () => {
    await onForm(async (page) => {
      await page.getByRole('radio', { name: 'End it' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.waitForSelector('[data-page="library"]');
      expect(await sent(page)).toMatchObject([{ entryId: 'rig-app-1', form: { pause: { by: 'quit' } } }]);
    });
  });
});
