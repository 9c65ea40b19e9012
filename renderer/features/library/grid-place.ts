// Where the grid stands in its page, measured whenever the window, the text size or what stands above it changes.
import { useCallback, useRef, useState, type RefCallback } from 'react';
import type { GridSize } from './grid-layout';

export interface GridPlace extends GridSize {
  /** What scrolls: the page. */
  readonly scroller: HTMLElement;
  /** From the top of what scrolls to the top of the grid. */
  readonly marginPx: number;
  /** Of the page that can be seen. */
  readonly viewPx: number;
  /** Of the bar that stays at the top and covers what scrolls under it. */
  readonly barPx: number;
}

/** null until the grid's place is on the page. */
export function useGridPlace(): readonly [ref: RefCallback<HTMLElement>, place: GridPlace | null] {
  const [place, setPlace] = useState<GridPlace | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((node: HTMLElement | null) => {
    observer.current?.disconnect();
    const scroller = node?.closest<HTMLElement>('.page') ?? null;
    if (node === null || scroller === null) return;
    const look = (): void => {
      const next = measure(node, scroller);
      setPlace((before) => (before !== null && isSame(before, next) ? before : next));
    };
    observer.current = new ResizeObserver(look);
    // The page's content grows when a bar appears above the grid, and moves the grid down.
    for (const element of [scroller, node, node.parentElement]) if (element !== null) observer.current.observe(element);
    look();
  }, []);
  return [ref, place];
}

function measure(node: HTMLElement, scroller: HTMLElement): GridPlace {
  const grid = node.getBoundingClientRect();
  const bar = scroller.querySelector('.library__bar')?.getBoundingClientRect().height ?? 0;
  return {
    scroller,
    widthPx: grid.width,
    remPx: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    marginPx: Math.round(grid.top - scroller.getBoundingClientRect().top + scroller.scrollTop),
    viewPx: scroller.clientHeight,
    barPx: bar,
  };
}

function isSame(a: GridPlace, b: GridPlace): boolean {
  const keys = ['scroller', 'widthPx', 'remPx', 'marginPx', 'viewPx', 'barPx'] as const;
  return keys.every((key) => a[key] === b[key]);
}
