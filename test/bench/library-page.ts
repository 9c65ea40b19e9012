// What is measured inside the library's page: when its grid was painted, what a key costs, and how even the frames come.
import type { CDPSession, Page } from 'playwright-core';

interface MeasuredPage {
  /** What a key changes is watched for: that is work of its own, which its cost must not hold. */
  watchesKeys: boolean;
  gridPaintedMs?: number;
  /** The last section tells how many it holds only when all have come. */
  wholePaintedMs?: number;
  keyToFrameMs: number[];
}

/** Runs in the page before everything else. */
export function installMarks(): void {
  const marks = window as unknown as MeasuredPage;
  marks.watchesKeys = false;
  marks.keyToFrameMs = [];
  /** A message that is sent while a frame is made arrives when it is done. */
  const afterFrame = (call: () => void): void => {
    const channel = new MessageChannel();
    channel.port1.onmessage = call;
    channel.port2.postMessage(null);
  };
  const look = (): void => {
    if (document.querySelector('.tile') === null) requestAnimationFrame(look);
    else afterFrame(() => (marks.gridPaintedMs = performance.now()));
  };
  requestAnimationFrame(look);
  const lookForAll = (): void => {
    const counts = [...document.querySelectorAll('.section__note')];
    if (counts.length === 0 || counts.some(({ textContent }) => textContent === '')) requestAnimationFrame(lookForAll);
    else afterFrame(() => (marks.wholePaintedMs = performance.now()));
  };
  requestAnimationFrame(lookForAll);
  window.addEventListener(
    'keydown',
    (event) => {
      if (!marks.watchesKeys) return;
      const state = { frameMs: 0 };
      const settle = (): void => {
        requestAnimationFrame(() => afterFrame(() => (state.frameMs = performance.now())));
      };
      const observer = new MutationObserver(settle);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      settle();
      // Nothing that a key causes takes longer, or it is told as this.
      setTimeout(() => {
        observer.disconnect();
        marks.keyToFrameMs.push(state.frameMs - event.timeStamp);
      }, keyWatchMs);
    },
    { capture: true },
  );
  const keyWatchMs = 120;
}

/** From the beginning of the navigation until the frame was done with the first tiles, and the one with the whole library; milliseconds. */
export async function loadMs(page: Page): Promise<{ readonly firstMs: number; readonly wholeMs: number }> {
  await page.reload();
  await page.waitForFunction(() => (window as unknown as MeasuredPage).wholePaintedMs !== undefined, undefined, { timeout: 30_000 });
  return page.evaluate(() => {
    const { gridPaintedMs = Number.NaN, wholePaintedMs = Number.NaN } = window as unknown as MeasuredPage;
    return { firstMs: gridPaintedMs, wholeMs: wholePaintedMs };
  });
}

export interface KeyCost {
  readonly query: string;
  /** Processor milliseconds of the page's scripts (search, drawing, what is pushed meanwhile), from the key until nothing is left to do. */
  readonly scriptMs: number;
  /** The same with styles and layout. */
  readonly workMs: number;
  /** The same with painting and everything else that the main thread did. */
  readonly busyMs: number;
}

/** Types each query key by key, and clears the field in between (which is not measured). */
export async function typeQueries(page: Page, cdp: CDPSession, queries: readonly string[], signal: AbortSignal): Promise<KeyCost[]> {
  // Of the processor's time, so that a machine that does something else meanwhile counts less.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const costs: KeyCost[] = [];
  await page.locator('.search__box').focus();
  for (const query of queries) {
    for (let length = 1; length <= query.length; length += 1) {
      signal.throwIfAborted();
      const before = await mainThread(cdp);
      await page.keyboard.press(query[length - 1] === ' ' ? 'Space' : (query[length - 1] ?? ''));
      await page.waitForTimeout(keyEveryMs);
      const after = await mainThread(cdp);
      costs.push({ query: query.slice(0, length), scriptMs: after.scriptMs - before.scriptMs, workMs: after.workMs - before.workMs, busyMs: after.busyMs - before.busyMs });
    }
    await page.locator('.search__box').fill('');
    await page.waitForTimeout(keyEveryMs);
  }
  return costs;
}

const keyEveryMs = 150;

/** Types for the frames alone; the page watches what each key changes. */
export async function typeWatched(page: Page, queries: readonly string[], signal: AbortSignal): Promise<void> {
  await page.evaluate(() => ((window as unknown as MeasuredPage).watchesKeys = true));
  for (const query of queries) {
    for (const letter of query) {
      signal.throwIfAborted();
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await page.waitForTimeout(keyEveryMs);
    }
    await page.locator('.search__box').fill('');
    await page.waitForTimeout(keyEveryMs);
  }
}

/** From the key until the frame that shows the last of what it changed was done; milliseconds. */
export function keyToFrameMs(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as MeasuredPage).keyToFrameMs);
}

/** What the main thread has done so far, by Chromium's own count; milliseconds. */
async function mainThread(cdp: CDPSession): Promise<Omit<KeyCost, 'query'>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const ms = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1_000;
  const scriptMs = ms('ScriptDuration');
  return { scriptMs, workMs: scriptMs + ms('LayoutDuration') + ms('RecalcStyleDuration'), busyMs: ms('TaskDuration') };
}

/** Milliseconds from frame to frame while nothing happens: what this machine does at best. */
export function idleFrames(page: Page, frames: number): Promise<number[]> {
  return page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const at: number[] = [];
        const tick = (ms: number): void => {
          at.push(ms);
          if (at.length <= count) requestAnimationFrame(tick);
          else resolve(at.slice(1).map((time, index) => time - (at[index] ?? time)));
        };
        requestAnimationFrame(tick);
      }),
    frames,
  );
}

/** Milliseconds from frame to frame while the whole page scrolls by, from its top to its end. */
export function scrollFrames(page: Page, stepPx: number): Promise<number[]> {
  return page.evaluate(
    (step) =>
      new Promise<number[]>((resolve) => {
        const scroller = document.querySelector('.page');
        if (scroller === null) throw new Error('nothing scrolls');
        scroller.scrollTop = 0;
        const at: number[] = [];
        const tick = (ms: number): void => {
          at.push(ms);
          const isEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
          if (isEnd) return resolve(at.slice(1).map((time, index) => time - (at[index] ?? time)));
          scroller.scrollTop += step;
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    stepPx,
  );
}
