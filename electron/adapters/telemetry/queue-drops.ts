// Asks one long-lived `tc` once a second how many packets a card's queue has dropped: no process for each question.
import { spawn, type ChildProcess } from 'node:child_process';
import { queueDropsOf } from './machine-files';

/** Names that the kernel gives and takes (dev_valid_name), less what `tc` would read as the end of a word. */
const deviceName = /^[^\s/:#"'\\]{1,15}$/;
const againAfterMs = 60_000;

export class QueueDrops {
  private child: ChildProcess | null = null;
  private text = '';
  private endedAt = Number.NEGATIVE_INFINITY;
  private isOver = false;

  /** @param now monotonic milliseconds; after an end, `tc` is started again a minute later */
  constructor(private readonly now: () => number) {}

  /**
   * Sends the next question.
   * @returns the answer to the last one; absent: no `tc`, no such card, or none yet
   */
  ask(card: string): number | undefined {
    const drops = queueDropsOf(this.text);
    this.text = '';
    if (!this.isOver && deviceName.test(card)) this.running()?.stdin?.write(`qdisc show dev ${card}\n`);
    return drops;
  }

  /** Without its input it ends by itself, also when nobody is left to call this. */
  dispose(): void {
    this.isOver = true;
    this.child?.stdin?.end();
    this.child?.kill();
  }

  private running(): ChildProcess | null {
    if (this.child || this.now() - this.endedAt < againAfterMs) return this.child;
    // -force: a card that is gone is an error of that question only.
    const child = spawn('tc', ['-s', '-force', '-batch', '-'], { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' } });
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      this.text = (this.text + text).slice(-16_384);
    });
    child.stdin.on('error', () => undefined); // it has ended, which is told below
    for (const event of ['error', 'close']) {
      child.once(event, () => {
        if (this.child === child) this.endedAt = this.now();
        this.child = null;
      });
    }
    this.child = child;
    return child;
  }
}
