// The library with ten thousand entries in a real browser: little of it is drawn, and all of it is reached.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { BuiltRenderer, type OpenOptions } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

async function inWindow(scene: string, act: (page: Page) => Promise<void>, options: OpenOptions = {}): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, { width: 1280, height: 800 }, { reducedMotion: 'reduce', ...options });
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

const focusKey = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['focusKey'] ?? '') : ''));
const drawnTiles = (page: Page): Promise<number> => page.locator('.tile').count();

/** Whether the focused tile lies whole between the bar above it and the lower edge of the page. */
const isFocusInSight = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const tile = document.activeElement?.getBoundingClientRect();
    const bar = document.querySelector('.library__bar')?.getBoundingClientRect();
    const view = document.querySelector('.page')?.getBoundingClientRect();
    return tile !== undefined && bar !== undefined && view !== undefined && tile.top >= bar.bottom - 1 && tile.bottom <= view.bottom + 1;
  });

interface Fake {
  readonly athena: {
    readonly scene: { readonly snapshot: { readonly library: { readonly entries: readonly Entry[] } } };
    changeLibrary(part: { readonly entries: readonly Entry[] }): void;
    push(channel: string, payload: unknown): void;
    readonly calls: readonly { readonly channel: string; readonly args: unknown }[];
  };
}
interface Entry {
  readonly entry: { readonly id: string; readonly name: string; readonly hidden: boolean };
}

describe('ten thousand entries', { timeout: 120_000 }, () => {
  it('are walked from the first to the last by the down key alone, the focus always one and in sight, with few tiles drawn', async () => {
    await inWindow('many-10000-bare', async (page) => {
      // Pressed inside the page, as fast as it takes them: a person holding the key is slower.
      const walk = await page.evaluate(async () => {
        const seen = new Set<string>();
        const faults: string[] = [];
        let most = 0;
        for (let step = 0; step < 4_000; step += 1) {
          const key = document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['focusKey'] ?? '') : '';
          if (seen.has(key)) break;
          seen.add(key);
          window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
          if (step % 50 === 0) {
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const tile = document.activeElement?.getBoundingClientRect();
            const view = document.querySelector('.page')?.getBoundingClientRect();
            if (tile === undefined || view === undefined || tile.top < view.top || tile.bottom > view.bottom + 1) faults.push(`${key} out of sight`);
            most = Math.max(most, document.querySelectorAll('.tile').length);
          }
        }
        const scroller = document.querySelector('.page');
        const end = scroller === null ? -1 : scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
        return { steps: seen.size, faults, most, end };
      });
      expect(walk.faults).toEqual([]);
      expect(walk.steps).toBeGreaterThan(2_400);
      expect(walk.most).toBeLessThan(60);
      expect(walk.end).toBeLessThan(80);
      await expect.poll(() => isFocusInSight(page)).toBe(true);
    });
  });

  it('are walked to the end of each row and down its side', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.keyboard.press('End');
      await expect.poll(() => isFocusInSight(page)).toBe(true);
      const last = await focusKey(page);
      await page.keyboard.press('ArrowDown');
      expect(await focusKey(page)).toBe(last);
      await page.keyboard.press('ArrowUp');
      expect(await focusKey(page)).not.toBe(last);
      await page.keyboard.press('PageUp');
      await expect.poll(() => isFocusInSight(page)).toBe(true);
      await page.keyboard.press('Home');
      await expect.poll(() => page.evaluate(() => document.querySelector('.page')?.scrollTop)).toBe(0);
      const first = await focusKey(page);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const end = await focusKey(page);
      await page.keyboard.press('ArrowRight');
      expect(await focusKey(page)).toBe(end);
      // The column is kept over a shorter row, and the side leads to the sidebar.
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      expect(await focusKey(page)).toBe(end);
      await page.keyboard.press('Home');
      expect(await focusKey(page)).toBe(first);
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => focusKey(page)).toMatch(/^nav:/);
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => focusKey(page)).toBe(first);
    });
  });

  it('are left upwards to the search from far below, and entered again where they were left', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.keyboard.press('End');
      for (let step = 0; step < 6; step += 1) await page.keyboard.press('PageUp');
      const left = await focusKey(page);
      await page.keyboard.press('/');
      expect(await focusKey(page)).toBe('library-search');
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => focusKey(page)).toBe(left);
      await expect.poll(() => isFocusInSight(page)).toBe(true);
    });
  });

  it('keep the focus on its entry, at its height, when entries come and go above it', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.keyboard.press('End');
      for (let step = 0; step < 6; step += 1) await page.keyboard.press('PageUp');
      const key = await focusKey(page);
      const top = (): Promise<number> => page.evaluate(() => Math.round(document.activeElement?.getBoundingClientRect().top ?? -1));
      await page.waitForTimeout(100);
      const before = await top();
      await page.evaluate(() => {
        const { athena } = window as unknown as Fake;
        const { entries } = athena.scene.snapshot.library;
        const [model] = entries;
        if (model === undefined) throw new Error('no entries');
        const added = Array.from({ length: 37 }, (_, index) => ({ ...model, entry: { ...model.entry, id: `new-${index}`, name: `0000 ${index}`, favourite: true } }));
        athena.changeLibrary({ entries: [...added, ...entries] });
      });
      await page.waitForTimeout(100);
      expect(await focusKey(page)).toBe(key);
      expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
    });
  });

  it('hand the focus on to the neighbour when the focused entry goes', async () => {
    await inWindow('many-10000-bare', async (page) => {
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('PageDown');
      const key = await focusKey(page);
      await page.keyboard.press('ArrowRight');
      const next = await focusKey(page);
      await page.keyboard.press('ArrowLeft');
      expect(await focusKey(page)).toBe(key);
      await page.evaluate((id) => {
        const { athena } = window as unknown as Fake;
        athena.changeLibrary({ entries: athena.scene.snapshot.library.entries.filter(({ entry }) => entry.id !== id) });
      }, key.split(':')[1] ?? '');
      await expect.poll(() => focusKey(page)).toBe(next);
      await page.waitForTimeout(500);
      expect(await focusKey(page)).toBe(next);
      await page.keyboard.press('ArrowDown');
      expect(await focusKey(page)).not.toBe(next);
    });
  });

  it('are found again at the same place after another page was seen', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.keyboard.press('End');
      for (let step = 0; step < 6; step += 1) await page.keyboard.press('PageUp');
      const key = await focusKey(page);
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-page^="session"]');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-page="library"]');
      await expect.poll(() => focusKey(page)).toBe(key);
      await expect.poll(() => isFocusInSight(page)).toBe(true);
    });
  });

  it('keep the focused tile while the wheel turns far away from it', async () => {
    await inWindow('many-10000-bare', async (page) => {
      const key = await focusKey(page);
      await page.mouse.move(700, 500);
      await page.mouse.wheel(0, 90_000);
      await expect.poll(() => page.evaluate(() => document.querySelector('.page')?.scrollTop ?? 0)).toBeGreaterThan(80_000);
      expect(await drawnTiles(page)).toBeGreaterThan(10);
      expect(await focusKey(page)).toBe(key);
      await page.keyboard.press('ArrowRight');
      expect(await focusKey(page)).not.toBe(key);
      await expect.poll(() => isFocusInSight(page)).toBe(true);
    });
  });

  it('are reached by the Tab key beyond what was drawn', async () => {
    await inWindow('many-10000-bare', async (page) => {
      for (let step = 0; step < 80; step += 1) {
        await page.keyboard.press('Tab');
        // As a thumb that holds it: the next row is drawn meanwhile, however busy the machine is.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      }
      await expect.poll(() => focusKey(page)).toMatch(/^(favourites|all|recent):/);
      await expect.poll(() => isFocusInSight(page)).toBe(true);
    });
  });

  it('draw every key that is typed, and only what can be seen of what is found', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('h');
      await expect.poll(() => page.locator('.section__title:visible').allTextContents()).toEqual(['Found']);
      await expect.poll(() => page.locator('.section__note:visible').textContent()).toMatch(/^the first 200 of [1-9],\d{3}$/);
      expect(await page.locator('.tile:visible').count()).toBeLessThan(40);
      await page.keyboard.type('ollow knigt');
      await expect.poll(() => page.locator('.tile__name:visible').first().textContent()).toMatch(/Hollow.*Knight|Knight.*Hollow/);
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => focusKey(page)).toMatch(/^found:/);
      const found = (await focusKey(page)).replace('found:', '');
      await page.keyboard.press('Escape');
      await expect.poll(() => focusKey(page)).toBe(`all:${found}`);
      await expect.poll(() => isFocusInSight(page)).toBe(true);
    });
  });

  it('that are not found leave the focus on the search, and the next key finds them in one step down', async () => {
    await inWindow('many-100', async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('dqqq');
      await expect.poll(() => page.locator('.page__lead').textContent()).toContain('dqqq');
      expect(await page.locator('.tile:visible').count()).toBe(0);
      await page.keyboard.press('ArrowDown');
      expect(await focusKey(page)).toBe('library-search');
      for (let typed = 0; typed < 3; typed += 1) await page.keyboard.press('Backspace');
      await expect.poll(() => page.locator('.tile:visible').count()).toBeGreaterThan(0);
      expect(await page.locator('.page__lead').count()).toBe(0);
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => focusKey(page)).toMatch(/^found:/);
      expect(await isFocusInSight(page)).toBe(true);
    });
  });

  it('in other scripts are found in them', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.locator('.search__box').fill('Ведмак');
      await expect.poll(() => page.locator('.tile__name:visible').first().textContent()).toBe('Ведьмак 3: Дикая Охота');
      await page.locator('.search__box').fill('المكتب');
      await expect.poll(() => page.locator('.tile__name:visible').first().textContent()).toBe('سطح المكتب البعيد');
      await page.locator('.search__box').fill('pokemon legendes');
      await expect.poll(() => page.locator('.tile__name:visible').first().textContent()).toContain('Pokémon Légendes');
    });
  });

  it('are shown by plain names: none turns around what stands beside it', async () => {
    await inWindow('many-10000-bare', async (page) => {
      await page.locator('.search__box').fill('gnp exe');
      await expect.poll(() => page.locator('.tile__name:visible').first().textContent()).toBe('Doom gnp.exe');
    });
  });
});

describe('what an entry tells', { timeout: 60_000 }, () => {
  it('that its app runs on its host, and that it was left paused', async () => {
    await inWindow('many-100', async (page) => {
      const states = await page.locator('section[aria-label="Continue"] .tile__state').allTextContents();
      expect(states).toContain('Running now on Rig 1');
      expect(states).toContain('Running now on Rig 2, paused');
      await page.evaluate(() => (window as unknown as Fake).athena.push('host:states-changed', []));
      await expect.poll(() => page.locator('section[aria-label="Continue"] .tile__state').count()).toBe(0);
    });
  });

  it('how long it was played and when last', async () => {
    await inWindow('many-100', async (page) => {
      await page.keyboard.press('o');
      await expect.poll(() => page.locator('.menu__note').textContent()).toBe('39 h played. Last used just now');
    });
  });

  it('its cover when it comes, and drawn art when it does not', async () => {
    const before = (): void => {
      Object.defineProperty(window, 'coverErrors', { value: [] });
      window.addEventListener('error', ({ target }) => target instanceof HTMLImageElement && (window as unknown as { coverErrors: string[] }).coverErrors.push(target.src), true);
    };
    await inWindow(
      'many-100',
      async (page) => {
        await expect.poll(() => page.locator('.art__cover').count()).toBeGreaterThan(5);
        const covers = await page.locator('.art__cover').count();
        await page.evaluate(() => {
          const { athena } = window as unknown as Fake;
          const { entries } = athena.scene.snapshot.library;
          athena.changeLibrary({ entries: entries.map((item) => ({ ...item, artUrl: 'data:image/png;base64,AAAA' })) });
        });
        await expect.poll(() => page.evaluate(() => (window as unknown as { coverErrors: string[] }).coverErrors.length)).toBeGreaterThan(covers - 1);
        await expect.poll(() => page.locator('.art__cover').count()).toBe(0);
        expect(await page.locator('.tile .art').count()).toBe(await drawnTiles(page));
      },
      { before },
    );
  });
});

describe('hidden entries', { timeout: 60_000 }, () => {
  it('are out of sight and out of the search until they are asked for', async () => {
    await inWindow('many-100', async (page) => {
      const hidden = await page.evaluate(() =>
        (window as unknown as Fake).athena.scene.snapshot.library.entries.filter(({ entry }) => entry.hidden).map(({ entry }) => entry.id),
      );
      const count = page.locator('section[aria-label="All entries"] .section__note');
      expect(await count.textContent()).toBe(String(100 - hidden.length));
      await page.getByRole('button', { name: `Show hidden (${hidden.length})` }).click();
      await expect.poll(() => count.textContent()).toBe('100');
      await page.getByRole('button', { name: 'Leave out hidden' }).click();
      await expect.poll(() => count.textContent()).toBe(String(100 - hidden.length));
    });
  });

  it('are hidden from the menu, with a way back', async () => {
    await inWindow('full', async (page) => {
      expect(await page.getByRole('button', { name: /hidden/ }).count()).toBe(0);
      await page.locator('[data-focus-key="all:openttd"]').focus();
      await page.keyboard.press('o');
      await page.getByRole('menuitem', { name: 'Hide', exact: true }).press('Enter');
      await expect.poll(() => page.locator('[data-focus-key="all:openttd"]').count()).toBe(0);
      await expect.poll(() => focusKey(page)).toMatch(/^all:/);
      expect(await page.locator('.toast').textContent()).toContain('OpenTTD is hidden');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => page.locator('[data-focus-key="all:openttd"]').count()).toBe(1);
      const calls = await page.evaluate(() => (window as unknown as Fake).athena.calls.filter(({ channel }) => channel === 'library:set-hidden'));
      expect(calls.map(({ args }) => args)).toEqual([
        { entryId: 'openttd', hidden: true },
        { entryId: 'openttd', hidden: false },
      ]);
    });
  });

  it('say so when they are all there is', async () => {
    await inWindow('full', async (page) => {
      await page.evaluate(() => {
        const { athena } = window as unknown as Fake;
        const { entries } = athena.scene.snapshot.library;
        athena.changeLibrary({ entries: entries.map((item) => ({ ...item, entry: { ...item.entry, hidden: true } })) });
      });
      await expect.poll(() => page.locator('.page__lead').textContent()).toContain('Every entry is hidden');
      await expect.poll(() => focusKey(page)).not.toBe('');
      await page.getByRole('button', { name: 'Show hidden (9)' }).click();
      await expect.poll(() => drawnTiles(page)).toBeGreaterThan(8);
    });
  });
});

describe('adding', { timeout: 60_000 }, () => {
  it('offers each way in a menu', async () => {
    await inWindow('full', async (page) => {
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Streaming host', 'Desktop by VNC or RDP', 'Import']);
      await page.getByRole('menuitem', { name: 'Streaming host' }).click();
      await page.waitForSelector('[data-page="add-host"]');
    });
  });

  it('is what an empty library offers first', async () => {
    await inWindow('empty', async (page) => {
      expect(await page.locator('.first-run button').allTextContents()).toEqual(['Add a streaming host', 'Choose files', 'Try it without a host', 'Add an entry']);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Add a streaming host');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-page="add-host"]');
    });
  });
});
