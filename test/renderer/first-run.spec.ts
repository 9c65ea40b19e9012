// The first run in a real browser on a fake main process: hosts, other programs' connections, the import page; by keys and by pad.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { focusKey, installFakePad, padIsRead, pressPad } from './fake-pad';
import { BuiltRenderer } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

async function inWindow(scene: string, act: (page: Page) => Promise<void>, withPad = false): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, { width: 1280, height: 800 }, { reducedMotion: 'reduce', ...(withPad && { before: installFakePad }) });
  if (withPad) await padIsRead(opened.page);
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

async function callsTo(page: Page, channel: string): Promise<unknown[]> {
  const calls = await page.evaluate(() => (window as unknown as { athena: { calls: readonly { channel: string; args: unknown }[] } }).athena.calls.map(({ channel: name, args }) => ({ channel: name, args })));
  return calls.filter((call) => call.channel === channel).map(({ args }) => args);
}

const tileNames = async (page: Page): Promise<string[]> => (await page.locator('.tile__name:visible').allTextContents()).sort();
const idsOf = async (page: Page): Promise<string[]> => ((await callsTo(page, 'import:add')) as { ids: string[] }[]).flatMap(({ ids }) => ids.map((id) => id.split('/').at(-1) ?? ''));

describe('the first run', { timeout: 30_000 }, () => {
  it('tells what is here: hosts, what other programs know, and which programs show streams', async () => {
    await inWindow('first-run', async (page) => {
      await page.waitForSelector('[data-focus-key="first-import"]');
      const words = async (label: string): Promise<string> => (await page.getByRole('region', { name: label }).textContent()) ?? '';
      expect(await words('Hosts in your network')).toMatch(/LIVING-ROOM.*Pair.*Büro-PC.*Pair/);
      const others = await words('From other programs');
      expect(others).toContain('Remmina2 new, 1 can’t be used');
      expect(others).toContain('(.rdp)1 new, 1 in the library');
      expect(others).toContain('Your own Moonlight1 new');
      expect(await words('Programs that show streams')).toMatch(/Moonlight is missing.*flatpak install.*FreeRDP 2\.11\.7/);
      expect(await focusKey(page)).toBe('first-found:192.168.1.44:47989');
    });
  });

  it('takes everything over with one press, and back', async () => {
    await inWindow('first-run', async (page) => {
      await page.locator('[data-focus-key="first-import"]').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => tileNames(page)).toEqual(['Build server in the cellar, beside the washing machine', 'Office', 'Workbench']);
      expect(await idsOf(page)).toEqual(['workbench.remmina', 'build-server.remmina', 'office.rdp', 'attic.moonlight']);
      expect(await page.locator('.toast').textContent()).toContain('4 connections were added');
      await expect.poll(() => focusKey(page)).not.toBe('');
      await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => page.locator('[data-focus-key="first-import"]').textContent()).toBe('Import all 4');
      await expect.poll(() => focusKey(page)).not.toBe('');
    });
  });

  it('offers to choose files where nothing was found', async () => {
    await inWindow('empty', async (page) => {
      await expect.poll(() => page.getByRole('region', { name: 'From other programs' }).textContent()).toContain('were found here');
      await page.getByRole('button', { name: 'Choose files' }).click();
      await page.getByRole('button', { name: 'Import it' }).waitFor();
      expect(await callsTo(page, 'import:choose-files')).toHaveLength(1);
    });
  });

  it('pairs with a found host by pad', async () => {
    await inWindow(
      'couch-first-run',
      async (page) => {
        await page.waitForSelector('[data-page="home"]');
        await expect.poll(() => focusKey(page)).toBe('first-found:192.168.1.44:47989');
        await pressPad(page, 'south');
        await expect.poll(() => focusKey(page)).toBe('pairing-begin');
        expect(await callsTo(page, 'host:add')).toEqual([{ address: '192.168.1.44', httpPort: 47989 }]);
      },
      true,
    );
  });
});

describe('the import page', { timeout: 30_000 }, () => {
  it('adds what is chosen, by pad', async () => {
    await inWindow(
      'couch-first-run',
      async (page) => {
        await page.locator('[data-focus-key="first-source:remmina"]').focus();
        await pressPad(page, 'south');
        await expect.poll(() => focusKey(page)).toBe('import-add');
        await pressPad(page, 'down');
        expect(await focusKey(page)).toContain('workbench.remmina');
        await pressPad(page, 'south');
        await expect.poll(() => page.locator('[data-focus-key="import-add"]').textContent()).toBe('Import 3');
        // What can't be used may be read, and not chosen.
        await pressPad(page, 'down', 'down', 'south');
        expect(await focusKey(page)).toContain('shell.remmina');
        expect(await page.locator('[data-focus-key="import-add"]').textContent()).toBe('Import 3');
        await pressPad(page, 'up', 'up', 'up', 'south');
        await page.waitForSelector('[data-page="library"]');
        await expect.poll(() => tileNames(page)).toEqual(['Build server in the cellar, beside the washing machine', 'Office']);
        expect(await idsOf(page)).toEqual(['build-server.remmina', 'office.rdp', 'attic.moonlight']);
      },
      true,
    );
  });

  it('is in the library’s menu, chooses all or none, and says what is in the library already', async () => {
    await inWindow('imports', async (page) => {
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Import', exact: true }).click();
      await expect.poll(() => page.locator('[data-focus-key="import-add"]').textContent()).toBe('Import 4');
      await page.getByRole('button', { name: 'Choose none' }).click();
      expect(await page.locator('[data-focus-key="import-add"]').getAttribute('aria-disabled')).toBe('true');
      await page.locator('[data-focus-key="import-add"]').focus();
      await page.keyboard.press('Enter');
      expect(await callsTo(page, 'import:add')).toEqual([]);
      await page.getByRole('button', { name: 'Choose all' }).click();
      expect(await page.getByRole('checkbox', { name: /Copy of Office/ }).textContent()).toContain('In the library as Office');
      expect(await page.getByRole('checkbox', { name: /Shell/ }).textContent()).toContain('Can’t be used');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-page="library"]');
    });
  });
});
