// What arrives by the second: samples that must not make React draw, and a client's output that must not do harm.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { BuiltRenderer } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

function renderer(): BuiltRenderer {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  return context.renderer;
}

interface LiveWindow {
  readonly commits: { count: number };
  readonly stopSamples: () => void;
  readonly athena: { push(channel: string, payload: unknown): void };
}

/** Runs in the page before React: counts each time React writes to the page. */
function countCommits(): void {
  const commits = { count: 0 };
  Object.assign(window, {
    commits,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: () => {
        commits.count += 1;
      },
      onCommitFiberUnmount: () => undefined,
    },
  });
}

async function commits(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as LiveWindow).commits.count);
}

/** The picture of the graph as a short text. */
async function graphPicture(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>('.graph canvas')?.toDataURL() ?? '');
}

describe('samples', () => {
  it('reach the graph and never React', async () => {
    const { page, context: opened } = await renderer().open('full', { width: 1280, height: 800 }, { before: countCommits });
    await page.locator('.sidebar__item', { hasText: 'Workshop' }).click();
    await page.waitForSelector('.graph canvas');
    await page.evaluate(() => (window as unknown as LiveWindow).stopSamples());
    await page.waitForTimeout(400);
    const before = await commits(page);
    expect(before).toBeGreaterThan(2);
    const pictureBefore = await graphPicture(page);
    await page.evaluate(async () => {
      const { athena } = window as unknown as LiveWindow;
      for (let push = 0; push < 50; push += 1) {
        athena.push('latency:sampled', [{ vantage: 'host/workshop', probe: 'icmp', atMs: [Date.now()], rttMs: [push % 9 === 0 ? null : 40 + push] }]);
        await new Promise((done) => setTimeout(done, 20));
      }
    });
    expect(await commits(page)).toBe(before);
    expect(await graphPicture(page)).not.toBe(pictureBefore);
    // The counter does count: a summary is a change of the page.
    await page.evaluate(() =>
      (window as unknown as LiveWindow).athena.push('latency:summarised', [
        { vantage: 'host/workshop', probe: 'icmp', windowMs: 60000, sent: 10, lost: 0, lossRatio: 0, lastRttMs: 77, p50Ms: 77, p95Ms: 78, p99Ms: 79, jitterMs: 1 },
      ]),
    );
    await expect.poll(() => commits(page)).toBeGreaterThan(before);
    expect(await page.locator('.host__probe').first().textContent()).toContain('77.0ms');
    await opened.close();
  }, 30_000);
});

/** Escape sequences that ask a terminal for more than text, between random bytes; the same each time. */
function garbage(length: number): string {
  const asks = [
    '\u001b]0;owned\u0007',
    '\u001b]2;owned\u001b\\',
    '\u001b]8;;https://example.org/\u0007click\u001b]8;;\u0007',
    '\u001b]52;c;b3duZWQ=\u0007',
    '\u001b[8;500;500t',
    '\u001b[6n\u001b[c\u001b[>c',
    '\u001b[?1049h\u001b[?1000h\u001b[?2004h',
    '\u001bP+q544e\u001b\\',
    '\u001b[999999999;999999999H',
    '\u001b[99999999S',
    '\u001b]4;1;rgb:ff/ff/ff\u0007',
    '<script>window.owned = true</script><img src=x onerror="window.owned = true">',
    '\u202e\u0000\u0007\ud83d\udca9\ud800',
  ];
  const parts: string[] = [];
  let size = 0;
  let state = 12345;
  while (size < length) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const part = state % 3 === 0 ? (asks[(state >>> 8) % asks.length] ?? '') : String.fromCharCode(...Array.from({ length: 40 }, (_, i) => (state >>> (i % 24)) & 0xff));
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
}

describe('client output', () => {
  it('takes a megabyte of garbage and stays a picture', async () => {
    const { page, problems, context: opened } = await renderer().open('session-streaming-running');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('popup', (popup) => requests.push(`popup ${popup.url()}`));
    await page.locator('.sidebar__item', { hasText: 'Factorio' }).click();
    await page.waitForSelector('.terminal .xterm-rows > div');
    requests.length = 0;
    await page.evaluate(
      async ({ text }) => {
        const { athena } = window as unknown as LiveWindow & { athena: { scene: { output: string } } };
        let startsAt = athena.scene.output.length;
        for (let at = 0; at < text.length; at += 16384) {
          const part = text.slice(at, at + 16384);
          athena.push('session:printed', { sessionId: 'session-1', startsAt, text: part });
          startsAt += part.length;
          await new Promise((done) => setTimeout(done, 0));
        }
        athena.push('session:printed', { sessionId: 'session-1', startsAt, text: '\u001bc\r\nstill here\r\n' });
      },
      { text: garbage(1024 * 1024) },
    );
    await expect.poll(() => page.locator('.terminal .xterm-rows').textContent(), { timeout: 20_000 }).toContain('still here');
    expect(await page.title()).toBe('Athena');
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(requests).toEqual([]);
    expect(problems).toEqual([]);
    await page.locator('[data-focus-key="client-output"]').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.hero__actions') !== null)).toBe(true);
    await opened.close();
  }, 60_000);

  it('writes what it was told once, whether it came by reading or by push', async () => {
    const { page, context: opened } = await renderer().open('session-streaming-running');
    await page.locator('.sidebar__item', { hasText: 'Factorio' }).click();
    const rows = page.locator('.terminal .xterm-rows');
    await expect.poll(() => rows.textContent()).toContain('Enabling continuous updates');
    await page.evaluate(() => {
      const { athena } = window as unknown as LiveWindow & { athena: { scene: { output: string } } };
      const { output } = athena.scene;
      // Overlaps what was read by twenty characters.
      athena.push('session:printed', { sessionId: 'session-1', startsAt: output.length - 20, text: `${output.slice(-20)}first\r\n` });
      athena.push('session:printed', { sessionId: 'session-1', startsAt: output.length + 7, text: 'second\r\n' });
      athena.push('session:printed', { sessionId: 'another', startsAt: 0, text: 'not mine\r\n' });
    });
    await expect.poll(() => rows.textContent()).toContain('second');
    const text = (await rows.textContent()) ?? '';
    expect(text.match(/Enabling continuous updates/g)).toHaveLength(1);
    expect(text).toMatch(/first\s*second/);
    expect(text).not.toContain('not mine');
    await opened.close();
  }, 30_000);
});
