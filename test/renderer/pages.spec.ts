// The pages in a real browser on a fake main process: search, form, actions, questions, news that arrives.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { BuiltRenderer, type OpenWindow } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

async function inWindow(scene: string, act: (page: Page) => Promise<void>): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened: OpenWindow = await context.renderer.open(scene);
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

interface RecordedCall {
  readonly channel: string;
  readonly args: unknown;
}

async function lastCall(page: Page, channel: string): Promise<RecordedCall | undefined> {
  const calls = await page.evaluate(() => (window as unknown as { athena: { calls: RecordedCall[] } }).athena.calls);
  return calls.filter((call) => call.channel === channel).at(-1);
}

const openSession = async (page: Page): Promise<void> => page.locator('.sidebar__item', { hasText: 'Factorio' }).click();
const tileNames = async (page: Page): Promise<string[]> => page.locator('.tile__name:visible').allTextContents();

describe('the library', { timeout: 30_000 }, () => {
  it('finds by name with a slip, by host, and says when nothing is found', async () => {
    await inWindow('full', async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('fctorio');
      await expect.poll(() => tileNames(page)).toEqual(['Factorio']);
      await page.locator('.search__box').fill('attic');
      await expect.poll(async () => (await tileNames(page)).sort()).toEqual(['SuperTux', 'Windows desktop', 'سطح المكتب']);
      await page.locator('.search__box').fill('zzzz');
      await expect.poll(() => page.locator('.page__lead').textContent()).toContain('Nothing is called “zzzz”');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.section__title').allTextContents()).toEqual(['Continue', 'Favourites', 'All entries']);
    });
  });

  it('tells host, reach, session state and a missing client in words', async () => {
    await inWindow('full', async (page) => {
      const tile = (name: string) => page.locator('section[aria-label="All entries"] .tile:visible', { hasText: name });
      expect(await tile('Factorio').textContent()).toMatch(/VNC.*Streaming.*Workshop.*Online, 1\.\d ms/);
      expect(await tile('SuperTux').textContent()).toContain('Paused, reconnecting');
      expect(await tile('Bookkeeping').textContent()).toContain('Offline');
      expect(await tile('Render farm').textContent()).toContain('FreeRDP is missing. Install it with “sudo apt install freerdp2-x11”.');
    });
  });

  it('makes a favourite with F and waits for main to say so', async () => {
    await inWindow('full', async (page) => {
      await page.locator('[data-focus-key="all:openttd"]').focus();
      await page.keyboard.press('f');
      await expect.poll(() => page.locator('[data-focus-key="favourites:openttd"]').count()).toBe(1);
      expect((await lastCall(page, 'library:set-favourite'))?.args).toEqual({ entryId: 'openttd', favourite: true });
    });
  });

  it('shows a refused launch as a toast with its advice, and no modal', async () => {
    await inWindow('full', async (page) => {
      await page.locator('[data-focus-key="all:render-farm"]').click();
      expect(await page.locator('.toast').textContent()).toContain('FreeRDP is not installed.Install it with');
      expect(await page.locator('dialog, [role="dialog"]').count()).toBe(0);
    });
  });

  it('launches an entry and shows its session', async () => {
    await inWindow('full', async (page) => {
      await page.locator('[data-focus-key="all:openttd"]').press('Enter');
      await expect.poll(() => page.locator('.hero__title').textContent()).toBe('Connecting');
      expect(await page.locator('.hero__name').textContent()).toBe('OpenTTD');
    });
  });

  it('tells where a broken config was kept', async () => {
    await inWindow('trouble', async (page) => {
      const text = await page.locator('.banner').textContent();
      expect(text).toContain('library.json, line 17');
      expect(text).toContain('kept as /home/mira/.config/athena/library.json.broken-2026-11-22');
    });
  });
});

describe('the form', { timeout: 30_000 }, () => {
  it('shows an error at each wrong field, moves to the first, and follows the mending', async () => {
    await inWindow('empty', async (page) => {
      await page.getByRole('button', { name: 'Add an entry' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Desk');
      await page.getByLabel('Host', { exact: true }).fill('vnc://desk');
      await page.getByLabel('Port', { exact: true }).fill('99999');
      await page.getByRole('button', { name: 'Add to library' }).click();
      await expect.poll(() => page.locator('.field .field__error').allTextContents()).toEqual([
        ' Type only a name or an address, without “vnc://”, path or spaces.',
        ' A port is a number from 1 to 65535.',
      ]);
      await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset['focusKey'])).toBe('field-address');
      expect(await lastCall(page, 'library:add')).toBeUndefined();
      await page.getByLabel('Host', { exact: true }).fill('desk.lan');
      await page.getByLabel('Port', { exact: true }).fill('5901');
      expect(await page.locator('.field__error').count()).toBe(0);
      await page.getByRole('button', { name: 'Add to library' }).click();
      await expect.poll(() => tileNames(page)).toEqual(['Desk']);
      expect((await lastCall(page, 'library:add'))?.args).toEqual({
        name: 'Desk',
        protocol: 'vnc',
        address: 'desk.lan',
        port: 5901,
        fullScreen: false,
        resumeCountdownS: 3,
      });
    });
  });
});

describe('the session page', { timeout: 30_000 }, () => {
  it('follows what main pushes, and says it to screen readers', async () => {
    await inWindow('session-streaming-running', async (page) => {
      await openSession(page);
      const title = page.locator('.hero__title');
      expect(await title.textContent()).toBe('Streaming');
      await page.evaluate(() => {
        const { athena } = window as unknown as { athena: { sessions: { id: string }[]; changeSession(id: string, part: unknown): void } };
        const nowMs = Date.now();
        athena.changeSession(athena.sessions[0]?.id ?? '', {
          link: { kind: 'waiting', attempt: 2, nextAtMs: nowMs + 5000, interruption: { kind: 'crash', end: { kind: 'crashed', signal: 'SIGKILL' }, atMs: nowMs } },
          app: { kind: 'paused', by: 'interruption', method: 'sigstop', processes: 2, atMs: nowMs },
        });
      });
      await expect.poll(() => title.textContent()).toBe('Paused, reconnecting');
      expect(await page.locator('.hero').textContent()).toMatch(/The client crashed \(SIGKILL\)\.App paused.*verified on the host.*Attempt 2, next try in [345]\.\d s/);
      expect(await page.locator('[data-voice]').textContent()).toBe('Factorio: Paused, reconnecting');
      await page.getByRole('button', { name: 'Reconnect now' }).click();
      await expect.poll(() => title.textContent()).toBe('Streaming, app paused');
    });
  });

  it('gives the count-down its focus and its two answers', async () => {
    await inWindow('session-streaming-counting', async (page) => {
      await openSession(page);
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Resume now');
      await page.getByRole('button', { name: 'Stay paused' }).press('Enter');
      await expect.poll(() => page.locator('.hero__title').textContent()).toBe('Streaming, app paused');
      expect((await lastCall(page, 'session:stay-paused'))?.args).toEqual({ sessionId: 'session-1' });
    });
  });

  it('asks for a password in place and sends it once', async () => {
    await inWindow('session-asking-qpassword', async (page) => {
      await openSession(page);
      await page.keyboard.type('let me in');
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await lastCall(page, 'session:give-password'))?.args).toEqual({
        sessionId: 'session-1',
        password: 'let me in',
        remember: true,
      });
    });
  });

  it('says why the app cannot be paused, and does not call', async () => {
    await inWindow('session-streaming-unmanaged', async (page) => {
      await openSession(page);
      const button = page.getByRole('button', { name: 'Pause app' });
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      expect(await button.getAttribute('title')).toContain('no SSH access');
      await button.press('Enter');
      expect(await lastCall(page, 'session:pause')).toBeUndefined();
    });
  });

  it('stops, and on closing goes back to the library', async () => {
    await inWindow('session-streaming-running', async (page) => {
      await openSession(page);
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect.poll(() => page.locator('.hero__title').textContent()).toBe('Stopped');
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await page.waitForSelector('[data-page="library"]');
    });
  });
});

describe('hosts', { timeout: 30_000 }, () => {
  it('asks about an SSH key without stopping anybody, and is done with one answer', async () => {
    await inWindow('questions', async (page) => {
      expect(await page.locator('.window__bars .banner').textContent()).toContain('Attic PC shows an SSH key');
      await page.getByRole('button', { name: 'Look at the key' }).click();
      expect(await page.locator('main .banner').textContent()).toContain('SHA256:uNiVztksCsDhcc0u9e8BrFx4zUIKJQpKzGPbGNQh1hI');
      expect(await page.locator('.window__bars .banner').count()).toBe(0);
      await page.getByRole('button', { name: 'Trust this key' }).click();
      await expect.poll(() => page.locator('.banner').count()).toBe(0);
      expect(await lastCall(page, 'host:trust-key')).toBeDefined();
    });
  });

  it('asks a host whether it is there', async () => {
    await inWindow('full', async (page) => {
      await page.locator('.sidebar__item', { hasText: 'Workshop' }).click();
      await page.getByRole('button', { name: 'Check now' }).click();
      await expect.poll(() => page.locator('.host__check').textContent()).toBe('It answers, in 1.3 ms. Address: 192.168.1.20.');
    });
  });
});
