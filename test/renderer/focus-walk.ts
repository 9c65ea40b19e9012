// Walks a page by the arrow keys alone, from control to control, and notes what is reached from where.
import type { Page } from 'playwright-core';

const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

export interface FocusWalk {
  /** Every control on the page. */
  readonly controls: readonly string[];
  /** For each control that was reached: where its four arrows lead (itself: nowhere). */
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
  /** What was wrong with the focus on the way: none, two, or one that can't be seen. */
  readonly faults: readonly string[];
}

/** The focused control's key; a fault when there is not exactly one that is visible with a ring of at least 3 px. */
async function readFocus(page: Page): Promise<{ readonly key: string; readonly fault: string | null }> {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ringed = [...document.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3;
    });
    const [only] = ringed;
    const key = only?.dataset['focusKey'] ?? '';
    const isSeen = only !== undefined && only.getClientRects().length > 0;
    const fault = ringed.length === 1 && isSeen && only === document.activeElement ? null : `${ringed.length} rings, the focus on ${document.activeElement?.tagName}`;
    return { key, fault };
  });
}

/** Breadth first: each control is given the focus again before its next arrow is tried. */
export async function walkFocus(page: Page): Promise<FocusWalk> {
  const controls = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-focus-key]')].map(({ dataset }) => dataset['focusKey'] ?? ''));
  const faults: string[] = [];
  const start = await readFocus(page);
  if (start.fault !== null) faults.push(`at the start: ${start.fault}`);
  const neighbours = new Map<string, string[]>();
  const open = [start.key];
  for (let from = open.shift(); from !== undefined; from = open.shift()) {
    if (neighbours.has(from)) continue;
    const reached: string[] = [];
    neighbours.set(from, reached);
    for (const arrow of arrows) {
      await page.locator(`[data-focus-key="${from}"]`).focus();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      await page.keyboard.press(arrow);
      const { key, fault } = await readFocus(page);
      if (fault !== null) faults.push(`${from} ${arrow}: ${fault}`);
      reached.push(key);
      open.push(key);
    }
  }
  return { controls, neighbours, faults };
}

/** Controls from which the arrows never lead back to `home`. */
export function deadEnds({ neighbours }: FocusWalk, home: string): string[] {
  const leadsHome = new Set([home]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [from, reached] of neighbours) {
      if (leadsHome.has(from) || !reached.some((key) => leadsHome.has(key))) continue;
      leadsHome.add(from);
      grew = true;
    }
  }
  return [...neighbours.keys()].filter((key) => !leadsHome.has(key));
}
