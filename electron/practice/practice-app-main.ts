// The "game" of the practice host: two processes that count, so that everybody sees whether they run or stand still.
// Started as `practice-app`; it starts itself once more as `practice-app --companion`. Both end with their stdin.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { advanceBlock, firstBlock, tickMs } from './practice-game';

function endWithStdin(): void {
  process.stdin.resume();
  process.stdin.once('close', () => process.exit(0));
  // Whoever read the lines is gone.
  process.stdout.on('error', () => process.exit(0));
}

// A tick counts what was done, not what time it is: after a pause the count goes on where it stood.
function countTicks(onTick: (ticks: number) => void): void {
  let ticks = 0;
  setInterval(() => onTick(++ticks), tickMs);
}

function runCompanion(): void {
  endWithStdin();
  countTicks((ticks) => process.stdout.write(`${ticks}\n`));
}

/** Prints `processes GAME COMPANION` once, then `tick TICKS COMPANION_TICKS X Y` 30 times a second. */
function runGame(ownFile: string): void {
  endWithStdin();
  const companion = spawn(process.execPath, [ownFile, '--companion'], { stdio: ['pipe', 'pipe', 'inherit'] });
  // A game without its other half is broken: it ends, as real ones do.
  companion.once('exit', () => process.exit(1));
  companion.once('error', () => process.exit(1));

  let companionTicks = 0;
  createInterface({ input: companion.stdout }).on('line', (line) => {
    companionTicks = Number(line);
  });
  companion.once('spawn', () => {
    process.stdout.write(`processes ${process.pid} ${companion.pid ?? 0}\n`);
    let block = firstBlock;
    countTicks((ticks) => {
      block = advanceBlock(block);
      process.stdout.write(`tick ${ticks} ${companionTicks} ${block.xPx} ${block.yPx}\n`);
    });
  });
}

const [, ownFile = '', role] = process.argv;
if (role === '--companion') runCompanion();
else runGame(ownFile);
