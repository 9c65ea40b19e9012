// The practice client's page: draws the test picture and the game's count, and tells when the count stands still.
import type { PracticePicture, PracticeWindowBridge } from '../electron/common/practice-window';

declare global {
  interface Window {
    readonly practice: PracticeWindowBridge;
  }
}

/** 75 % colour bars from left to right, as in SMPTE ECR 1-1978. */
const bars = ['#bfbfbf', '#bfbf00', '#00bfbf', '#00bf00', '#bf00bf', '#bf0000', '#0000bf'];
const barShare = 0.72;
const blockSizePx = 48;
/** Longer than a hiccup of a busy machine, short enough to be seen as "at once". */
const stillAfterMs = 400;

interface Page {
  readonly canvas: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D;
  readonly ticks: HTMLElement;
  readonly state: HTMLElement;
}

function findPage(): Page {
  const canvas = document.getElementById('picture');
  const ticks = document.getElementById('ticks');
  const state = document.getElementById('state');
  const pen = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
  if (!(canvas instanceof HTMLCanvasElement) || pen === null || ticks === null || state === null) {
    throw new Error('practice-client.html lacks an element that its script draws to');
  }
  return { canvas, pen, ticks, state };
}

function draw({ canvas, pen }: Page, picture: PracticePicture): void {
  const { widthPx, heightPx } = picture;
  if (canvas.width !== widthPx || canvas.height !== heightPx) {
    canvas.width = widthPx;
    canvas.height = heightPx;
  }
  const barWidthPx = widthPx / bars.length;
  const barHeightPx = heightPx * barShare;
  bars.forEach((colour, index) => {
    pen.fillStyle = colour;
    pen.fillRect(Math.floor(index * barWidthPx), 0, Math.ceil(barWidthPx), barHeightPx);
  });
  const ramp = pen.createLinearGradient(0, 0, widthPx, 0);
  ramp.addColorStop(0, '#000');
  ramp.addColorStop(1, '#fff');
  pen.fillStyle = ramp;
  pen.fillRect(0, barHeightPx, widthPx, heightPx - barHeightPx);

  pen.fillStyle = '#f2f2ee';
  pen.fillRect(picture.blockXPx, picture.blockYPx, blockSizePx, blockSizePx);
  pen.lineWidth = 4;
  pen.strokeStyle = '#0b0d10';
  pen.strokeRect(picture.blockXPx + 2, picture.blockYPx + 2, blockSizePx - 4, blockSizePx - 4);
}

function watchPictures(page: Page, bridge: PracticeWindowBridge): void {
  let newest: PracticePicture | null = null;
  let lastMoved = { ticks: -1, atMs: 0 };
  let lastStill: boolean | null = null;

  const show = (picture: PracticePicture): void => {
    draw(page, picture);
    page.ticks.textContent = String(picture.gameTicks);
    const nowMs = performance.now();
    if (picture.gameTicks !== lastMoved.ticks) lastMoved = { ticks: picture.gameTicks, atMs: nowMs };
    const still = nowMs - lastMoved.atMs > stillAfterMs;
    if (still === lastStill) return; // a screen reader says it once
    lastStill = still;
    page.state.textContent = still ? 'The game stands still: it is paused' : 'The game runs';
    page.state.dataset.still = String(still);
  };

  bridge.onPicture((picture) => {
    if (newest === null) requestAnimationFrame(() => {
      const latest = newest;
      newest = null;
      if (latest !== null) show(latest);
    });
    newest = picture;
  });
}

watchPictures(findPage(), window.practice);
