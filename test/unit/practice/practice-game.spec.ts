// The practice game's picture and lines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceBlock,
  blockSizePx,
  firstBlock,
  groundPx,
  pictureWidthPx,
  readGameLine,
} from '../../../electron/practice/practice-game';

describe('practice game', () => {
  it('moves its block with every tick and never out of the picture or below the ground', () => {
    let block = firstBlock;
    for (let tick = 0; tick < 5_000; tick++) {
      const next = advanceBlock(block);
      expect([next.xPx, next.yPx]).not.toEqual([block.xPx, block.yPx]);
      expect(next.xPx).toBeGreaterThanOrEqual(0);
      expect(next.yPx).toBeGreaterThanOrEqual(0);
      expect(next.xPx).toBeLessThanOrEqual(pictureWidthPx - blockSizePx);
      expect(next.yPx).toBeLessThanOrEqual(groundPx - blockSizePx);
      block = next;
    }
  });

  it('reads what the game prints', () => {
    expect(readGameLine('processes 120 121')).toEqual({ kind: 'processes', gamePid: 120, companionPid: 121 });
    expect(readGameLine('tick 30 29 400 12')).toEqual({
      kind: 'tick',
      state: { gameTicks: 30, companionTicks: 29, blockXPx: 400, blockYPx: 12 },
    });
  });

  it.each(['', 'tick', 'tick 1 2', 'tick 1 2 3', 'tick 1 2 3 x', 'tick -1 2 3 4', 'processes 0 12', 'processes 12 0', 'hello 1 2 3 4'])(
    'takes "%s" for nothing',
    (line) => {
      expect(readGameLine(line)).toBeNull();
    },
  );

  it('takes no other text for a line of the game', () => {
    fc.assert(fc.property(fc.string(), (text) => readGameLine(text) === null));
  });
});
