// The pages that tell why, in a real browser on a fake main process: the network's lanes, changes, the incidents and one of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { BuiltRenderer } from './preview/built-renderer';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

interface RecordedCall {
  readonly channel: string;
  readonly args: unknown;
}
interface FakePage {
  readonly athena: {
    readonly calls: RecordedCall[];
    readonly failures: Map<string, unknown>;
    readonly recorder: { readonly kept: { summary: { id: string; headline: string } }[]; tell(incident: unknown): void };
    push(channel: string, payload: unknown): void;
  };
  readonly stopSamples: () => void;
  readonly commits: { count: number };
  readonly owned?: unknown;
}

async function inWindow(scene: string, act: (page: Page) => Promise<void>, before?: () => void): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, { width: 1280, height: 800 }, before === undefined ? {} : { before });
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

async function calls(page: Page, channel: string): Promise<RecordedCall[]> {
  const all = await page.evaluate(() => (window as unknown as FakePage).athena.calls);
  return all.filter((call) => call.channel === channel);
}

const open = async (page: Page, name: string): Promise<void> => page.locator('.sidebar__item', { hasText: name }).click();
const openNetwork = async (page: Page): Promise<void> => {
  await open(page, 'Network');
  await page.waitForSelector('[data-board-lane] [data-read="value"]');
};
const lane = (page: Page, key: string) => page.locator(`[data-board-lane="${key}"]`);
const value = (page: Page, key: string): Promise<string | null> => lane(page, key).locator('[data-read="value"]').textContent();
const chosenRange = async (page: Page): Promise<string[]> => page.locator('.network__head [role="radio"][aria-checked="true"]').allTextContents();
const focusKey = (page: Page): Promise<string | undefined> => page.evaluate(() => (document.activeElement as HTMLElement).dataset['focusKey']);
/** In how many columns of a lane's canvas there is something of the line's colour. */
const drawnColumns = (page: Page, key: string): Promise<number> =>
  lane(page, key)
    .locator('canvas')
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      const columns = new Set<number>();
      for (let index = 0; index < pixels.length; index += 4) {
        if ((pixels[index + 2] ?? 0) > 200 && (pixels[index] ?? 0) < 190 && (pixels[index + 3] ?? 0) > 90) columns.add((index / 4) % width);
      }
      return columns.size;
    });

function countCommits(): void {
  const commits = { count: 0 };
  Object.assign(window, {
    commits,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: { supportsFiber: true, inject: () => 1, onCommitFiberRoot: () => (commits.count += 1), onCommitFiberUnmount: () => undefined },
  });
}

describe('the network page', { timeout: 30_000 }, () => {
  it('draws every vantage point from near to far, with its figures, from what was recorded and what arrives', async () => {
    await inWindow('full', async (page) => {
      await openNetwork(page);
      expect(await page.locator('.board__title').allTextContents()).toEqual(['This machine', 'Gateway', 'nas', "Workshop's VM host", 'Workshop']);
      await expect.poll(() => value(page, 'gateway')).toMatch(/^\d+(\.\d+)? ms$/);
      await expect.poll(() => drawnColumns(page, 'host/workshop')).toBeGreaterThan(200);
      expect(await lane(page, 'gateway').locator('[data-read="rest"]').textContent()).toMatch(/^p95 [\d.]+ {2}p99 [\d.]+$/);
    });
  });

  it('draws new samples without React', async () => {
    await inWindow(
      'full',
      async (page) => {
        await openNetwork(page);
        await page.getByRole('radio', { name: '1 min', exact: true }).click();
        await page.evaluate(() => (window as unknown as FakePage).stopSamples());
        await page.waitForTimeout(1_000);
        const count = (): Promise<number> => page.evaluate(() => (window as unknown as FakePage).commits.count);
        const before = await count();
        expect(before).toBeGreaterThan(2);
        await page.evaluate(async () => {
          const { athena } = window as unknown as FakePage;
          for (let push = 0; push < 30; push += 1) {
            athena.push('latency:sampled', [{ vantage: 'gateway', probe: 'icmp', atMs: [Date.now()], rttMs: [700 + push] }]);
            await new Promise((done) => setTimeout(done, 30));
          }
        });
        expect(await count()).toBe(before);
        await expect.poll(() => lane(page, 'gateway').locator('[data-read="last"]').textContent(), { timeout: 5_000 }).toContain('max 729');
      },
      countCommits,
    );
  });

  it('zooms by a drag, moves along by keys, and goes back', async () => {
    await inWindow('full', async (page) => {
      await openNetwork(page);
      const surface = page.locator('[data-focus-key="network-board"]');
      const box = await surface.boundingBox();
      if (box === null) throw new Error('there is no graph');
      await page.mouse.move(box.x + box.width * 0.5, box.y + 80);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.7, box.y + 90, { steps: 3 });
      await page.mouse.up();
      await expect.poll(() => chosenRange(page)).toEqual([]);
      const cursorTime = page.locator('[data-board="cursor-time"]');
      await page.mouse.move(box.x + box.width * 0.6, box.y + 80);
      const zoomed = await cursorTime.textContent();
      await surface.focus();
      await page.keyboard.press('.');
      await page.mouse.move(box.x + box.width * 0.6, box.y + 82);
      await expect.poll(() => cursorTime.textContent()).not.toBe(zoomed);
      await page.keyboard.press('0');
      await expect.poll(() => chosenRange(page)).toEqual(['5 min']);
      await page.keyboard.press('+');
      await expect.poll(() => chosenRange(page)).toEqual([]);
      await page.getByRole('button', { name: 'Reset zoom' }).click();
      await expect.poll(() => chosenRange(page)).toEqual(['5 min']);
    });
  });

  it('is one stop for the arrows until it is entered, and Escape leaves it and not the page', async () => {
    await inWindow('full', async (page) => {
      await openNetwork(page);
      await page.locator('[data-focus-key="network-board"]').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowLeft');
      expect(await focusKey(page)).toBe('network-board');
      await expect.poll(() => chosenRange(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await page.locator('[data-page="network"]').count()).toBe(1);
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => focusKey(page)).not.toBe('network-board');
    });
  });

  it('asks the recorder for the range that is chosen, and for what is moved to', async () => {
    await inWindow('full', async (page) => {
      await openNetwork(page);
      await page.getByRole('radio', { name: '24 h' }).click();
      const spans = async (): Promise<number[]> =>
        (await calls(page, 'latency:read-recorded')).map(({ args }) => {
          const { fromMs, toMs } = args as { fromMs: number; toMs: number };
          return Math.round((toMs - fromMs) / 3_600_000);
        });
      await expect.poll(spans).toContain(36);
      await expect.poll(() => value(page, 'gateway')).toMatch(/ ms$/);
      const before = (await calls(page, 'latency:read-recorded')).length;
      await page.getByRole('button', { name: 'Earlier', exact: true }).click();
      await expect.poll(async () => (await calls(page, 'latency:read-recorded')).length).toBeGreaterThan(before);
      const [last] = (await calls(page, 'latency:read-recorded')).slice(-1);
      expect((last?.args as { toMs: number }).toMs).toBeLessThan(Date.now() + 3_600_000);
    });
  });

  it('marks a change, compares before and after in words, and forgets only when asked twice', async () => {
    await inWindow('full', async (page) => {
      await openNetwork(page);
      await page.getByLabel('What did you change?').fill('  New cable "fast" <b>  ');
      await page.getByRole('button', { name: 'Mark it now' }).click();
      await expect.poll(() => page.locator('.change__text').allTextContents()).toEqual(['New cable "fast" <b>', 'Pinned the VM to two cores', 'New switch in the attic']);
      expect((await calls(page, 'change:mark')).at(-1)?.args).toEqual({ text: 'New cable "fast" <b>' });
      await page.getByRole('button', { name: 'Before and after' }).nth(1).click();
      await expect.poll(() => page.locator('.compared__overall').textContent()).toMatch(/^Better at \d/);
      expect(await page.locator('.compared__one').first().textContent()).toMatch(/Spikes come less often: 5\.0 spikes an hour before, 1\.2 after\. That is 0\.24 times as many \(95 % confidence: 0\.12 to 0\.47\)/);
      await page.getByRole('button', { name: 'Forget' }).first().click();
      expect(await calls(page, 'change:forget')).toEqual([]);
      await page.getByRole('button', { name: 'Really forget it?' }).click();
      await expect.poll(() => page.locator('.change').count()).toBe(2);
    });
  });

  it('says what to do when nothing is measured, and when the recorder fails', async () => {
    await inWindow('empty', async (page) => {
      await open(page, 'Network');
      await page.getByRole('heading', { name: 'Nothing is measured yet' }).waitFor();
      await expect.poll(() => focusKey(page)).toBe('network-add');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-page="add-host"]');
    });
    await inWindow('full', async (page) => {
      await page.evaluate(() => (window as unknown as FakePage).athena.failures.set('latency:list-vantages', { kind: 'io', message: 'The recorder’s file can’t be read.', advice: 'Look at the disk.' }));
      await open(page, 'Network');
      await expect.poll(() => page.locator('.banner').last().textContent()).toContain('Look at the disk.');
      await page.evaluate(() => (window as unknown as FakePage).athena.failures.clear());
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForSelector('[data-board-lane]');
    });
  });
});

describe('the incidents', { timeout: 30_000 }, () => {
  it('tell by days what happened and why, in words, and count the new ones', async () => {
    await inWindow('full', async (page) => {
      await page.evaluate(() => {
        const { recorder } = (window as unknown as FakePage).athena;
        const [model] = recorder.kept;
        recorder.tell({ ...model, summary: { ...model?.summary, id: '20261123-111111-abcd', headline: 'A new one' } });
      });
      await expect.poll(() => page.locator('.sidebar__item', { hasText: 'Incidents' }).textContent()).toBe('Incidents1 new');
      await open(page, 'Incidents');
      await expect.poll(() => page.locator('.incident-row').count()).toBe(5);
      const rows = await page.locator('.incident-row').allTextContents();
      expect(rows.join('\n')).toMatch(/A new oneNew/);
      expect(rows.join('\n')).toMatch(/Workshop did not answer for 6\.2 sInterruption · Workshop · FactorioThe VM host had no processor time to spare, very likely6\.20 s/);
      expect((await page.locator('.incidents .section__title').allTextContents()).at(-1)).toMatch(/day/);
      await expect.poll(() => page.locator('.sidebar__item', { hasText: 'Incidents' }).textContent()).toBe('Incidents');
    });
  });

  it('are filtered by host and cause, and hundreds come in parts', async () => {
    await inWindow('incidents-many', async (page) => {
      await open(page, 'Incidents');
      await expect.poll(() => page.locator('.incident-row').count()).toBe(40);
      await page.getByRole('button', { name: 'Show 80 more' }).click();
      await expect.poll(() => page.locator('.incident-row').count()).toBe(120);
      await page.getByRole('radiogroup', { name: 'Host' }).getByRole('radio', { name: 'Attic PC' }).click();
      await page.getByRole('radiogroup', { name: 'Cause' }).getByRole('radio', { name: 'The router froze' }).click();
      await expect.poll(() => page.locator('.incident-row').count()).toBe(30);
      expect(await page.locator('.incident-row', { hasText: 'Workshop' }).count()).toBe(0);
    });
  });

  it('are none at first, and say that nothing needs to be switched on', async () => {
    await inWindow('empty', async (page) => {
      await open(page, 'Incidents');
      await page.getByRole('heading', { name: 'No incidents so far' }).waitFor();
      expect(await focusKey(page)).toBe('incidents-network');
    });
  });
});

describe('an incident', { timeout: 30_000 }, () => {
  it('gives its verdict first, folds the other causes, and tells the steps', async () => {
    await inWindow('incidents-one', async (page) => {
      await open(page, 'Incidents');
      await page.locator('.incident-row').click();
      await page.waitForSelector('.verdict');
      const verdict = page.locator('.verdict');
      expect(await verdict.textContent()).toMatch(/^The VM host had no processor time to spareVery likely.*rose from 4 % to 71 %.*What speaks against it.*steal time.*To be sure.*To mend it.*CPU pinning/);
      expect(await verdict.textContent()).not.toContain('A network card was full');
      await page.getByRole('button', { name: '2 other causes were weighed' }).click();
      expect(await verdict.textContent()).toMatch(/A network card was full.*hardly more than a guess/);
      expect(await page.locator('.step-figure').allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/^Noticed5\.4 ms/), expect.stringMatching(/^App paused21 ms/)]) as string[]);
      await expect.poll(() => page.locator('[data-board-lane]').count()).toBe(9);
      await expect.poll(() => drawnColumns(page, '4 host/workshop/icmp')).toBeGreaterThan(200);
    });
  });

  it('has one cursor for all lanes: the host is lost where the gateway answers', async () => {
    await inWindow('incidents-one', async (page) => {
      await open(page, 'Incidents');
      await page.locator('.incident-row').click();
      const surface = page.locator('[data-focus-key="incident-board"]');
      await surface.scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      const box = await surface.boundingBox();
      if (box === null) throw new Error('there is no time line');
      // The trouble lasts 6.2 s from the 60th of 126 s on; the words at the left take some sixty pixels.
      const gutter = 60;
      await page.mouse.move(box.x + gutter + (box.width - gutter) * (62.5 / 126.2), box.y + 60);
      await expect.poll(() => value(page, '4 host/workshop/icmp')).toBe('lost');
      expect(await value(page, '1 gateway/icmp')).toMatch(/^\d.* ms$/);
      expect(await value(page, 'figure 2')).toMatch(/^[5-9]\d %$/);
    });
  });

  it('is exported, and its id copied', async () => {
    await inWindow('incidents-one', async (page) => {
      await open(page, 'Incidents');
      await page.locator('.incident-row').click();
      await page.getByRole('button', { name: 'Save as page' }).press('Enter');
      await expect.poll(() => page.locator('.toast').textContent()).toContain('/home/mira/Documents/athena-incident-');
      await page.getByRole('button', { name: 'Save as trace' }).click();
      await page.getByRole('button', { name: 'Save as JSON' }).click();
      await expect.poll(async () => (await calls(page, 'incident:export')).map(({ args }) => (args as { format: string }).format)).toEqual(['html', 'trace', 'json']);
      await page.getByRole('button', { name: 'Copy id' }).press('Enter');
      await page.getByRole('button', { name: 'Copied' }).waitFor();
    });
  });

  it('that nobody can explain says so, and what to measure next', async () => {
    await inWindow('incidents-unknown', async (page) => {
      await open(page, 'Incidents');
      expect(await page.locator('.incident-row .chip').textContent()).toBe('The cause is not known');
      await page.locator('.incident-row').click();
      await page.waitForSelector('.verdict');
      expect(await page.locator('.verdict').textContent()).toMatch(/^The cause is not knownAthena has not enough to name a cause.*What to measure next.*pressure, steal/);
    });
  });

  it('keeps hostile names as text, on one line, and in its place', async () => {
    await inWindow('incidents-hostile', async (page) => {
      await open(page, 'Incidents');
      await page.waitForSelector('.incident-row');
      const overflow = (): Promise<number> => page.evaluate(() => Math.max(...[...document.querySelectorAll('.page, .page__inner, .card')].map((part) => part.scrollWidth - part.clientWidth)));
      expect(await overflow()).toBeLessThanOrEqual(1);
      await page.locator('.incident-row').nth(1).click();
      await page.waitForSelector('.verdict');
      await page.waitForTimeout(200);
      expect(await overflow()).toBeLessThanOrEqual(1);
      expect(await page.locator('.incident__title').textContent()).not.toContain('\u202e');
      await open(page, 'Network');
      await page.waitForSelector('[data-board-lane]');
      await page.waitForTimeout(200);
      expect(await overflow()).toBeLessThanOrEqual(1);
      expect(await page.evaluate(() => (window as unknown as FakePage).owned)).toBeUndefined();
    });
  });

  it('that is gone leads back to the list', async () => {
    await inWindow('incidents-one', async (page) => {
      await open(page, 'Incidents');
      await page.waitForSelector('.incident-row');
      await page.evaluate(() => (window as unknown as FakePage).athena.recorder.kept.splice(0));
      await page.locator('.incident-row').click();
      await page.getByRole('heading', { name: 'This incident is not there any more' }).waitFor();
      await page.getByRole('button', { name: 'All incidents' }).click();
      await page.waitForSelector('[data-page="incidents"]');
    });
  });
});
