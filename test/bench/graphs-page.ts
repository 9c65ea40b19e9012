// What is measured inside a page with graphs: its frames, and that something was drawn in them.
import type { Page } from 'playwright-core';

/** Milliseconds from frame to frame for so long. */
export function framesFor(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(
    (wantedMs) =>
      new Promise<number[]>((resolve) => {
        const at: number[] = [];
        const tick = (ms: number): void => {
          at.push(ms);
          if (ms - (at[0] ?? ms) < wantedMs) requestAnimationFrame(tick);
          else resolve(at.slice(1).map((time, index) => time - (at[index] ?? time)));
        };
        requestAnimationFrame(tick);
      }),
    forMs,
  );
}

interface CountingPage {
  arrivedSamples: number;
  readonly athena: { on(channel: string, listener: (text: unknown) => void): unknown };
}

/** Counts the samples that arrive from now on. */
export async function countSamples(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counting = window as unknown as CountingPage;
    counting.arrivedSamples = 0;
    counting.athena.on('latency:sampled', (given) => {
      const batches = (typeof given === 'string' ? JSON.parse(given) : given) as { vantage: string; probe: string; atMs: number[] }[];
      for (const { vantage, probe, atMs } of batches) if (vantage.startsWith('host/') && probe === 'icmp') counting.arrivedSamples += atMs.length;
    });
  });
}

export function arrivedSamples(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as CountingPage).arrivedSamples);
}

export interface DrawnLane {
  /** Samples of the lane's line, in pixels of its colour across; 0: nothing was drawn. */
  readonly columns: number;
  readonly picture: string;
}

/** What each lane shows: in how many columns of its canvas there is something of the line's colour. */
export function drawnLanes(page: Page): Promise<DrawnLane[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('[data-board-lane] canvas')].map((canvas) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray(0);
      const columns = new Set<number>();
      for (let index = 0; index < pixels.length; index += 4) {
        // The line's blue, also where it is thin.
        if ((pixels[index + 2] ?? 0) > 200 && (pixels[index] ?? 0) < 190 && (pixels[index + 3] ?? 0) > 90) columns.add((index / 4) % width);
      }
      return { columns: columns.size, picture: canvas.toDataURL().slice(-2_000) };
    }),
  );
}
