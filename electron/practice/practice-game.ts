// What the practice game shows and says: a block that bounces through a small picture, told in lines.
import { framesPerSecond, type PictureFrame } from './practice-protocol';

export const pictureWidthPx = 640;
export const pictureHeightPx = 400;
export const blockSizePx = 48;
/** The block stays above this, where the window shows the count. */
export const groundPx = 272;
export const tickMs = 1000 / framesPerSecond;

export interface Block {
  readonly xPx: number;
  readonly yPx: number;
  /** Pixels a tick. */
  readonly stepXPx: number;
  readonly stepYPx: number;
}

export const firstBlock: Block = { xPx: 0, yPx: 120, stepXPx: 4, stepYPx: 3 };

/** One tick further; the block turns round at the picture's edges and on the ground. */
export function advanceBlock(block: Block): Block {
  const [xPx, stepXPx] = advance(block.xPx, block.stepXPx, pictureWidthPx - blockSizePx);
  const [yPx, stepYPx] = advance(block.yPx, block.stepYPx, groundPx - blockSizePx);
  return { xPx, yPx, stepXPx, stepYPx };
}

function advance(atPx: number, stepPx: number, farthestPx: number): [atPx: number, stepPx: number] {
  const nextPx = atPx + stepPx;
  if (nextPx < 0) return [-nextPx, -stepPx];
  if (nextPx > farthestPx) return [2 * farthestPx - nextPx, -stepPx];
  return [nextPx, stepPx];
}

/** The picture without the stream's own count. */
export type GameState = Omit<PictureFrame, 'sequence'>;

export type GameLine =
  | { readonly kind: 'processes'; readonly gamePid: number; readonly companionPid: number }
  | { readonly kind: 'tick'; readonly state: GameState };

/** @returns null for a line the game doesn't print */
export function readGameLine(line: string): GameLine | null {
  const [word, ...texts] = line.split(' ');
  const numbers = texts.map(Number);
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return null;
  const [first, second, blockXPx, blockYPx] = numbers;
  if (first === undefined || second === undefined) return null;
  if (word === 'processes' && first > 0 && second > 0) return { kind: 'processes', gamePid: first, companionPid: second };
  if (word !== 'tick' || blockXPx === undefined || blockYPx === undefined) return null;
  return { kind: 'tick', state: { gameTicks: first, companionTicks: second, blockXPx, blockYPx } };
}
