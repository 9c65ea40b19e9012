// Runs scripts in one POSIX shell at the other end of a channel, and cuts each script's output out of the stream.
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { success, type Result } from '../../common/result';

/** What of an SSH channel a shell needs. */
export interface ShellChannel {
  readonly input: Pick<Writable, 'write'>;
  readonly output: Readable;
  /** Ends the channel and the connection below it; may be called more than once. */
  destroy(): void;
}

/** After one of these the shell is of no use any more: nobody knows where in its input it stands. */
export interface ShellFault {
  readonly kind: 'closed' | 'timed-out' | 'too-much-output';
  /** What the host printed outside of any answer, for the message: "This account is currently not available." */
  readonly stray: string;
}

export interface ShellLimits {
  /** Bytes of one answer. A process table of 10,000 processes has about 5 MB. */
  readonly answerBytes: number;
  /** Bytes outside of answers (greetings of a start-up file). */
  readonly strayBytes: number;
}

export const shellLimits: ShellLimits = { answerBytes: 16_000_000, strayBytes: 1_000_000 };

interface Order {
  readonly marker: string;
  readonly settle: (result: Result<string, ShellFault>) => void;
  readonly timer: NodeJS.Timeout;
  begun: boolean;
}

const nothing: Buffer = Buffer.alloc(0);
const strayKept = 400;

export class RemoteShell {
  readonly #orders: Order[] = [];
  #received: Buffer = nothing;
  /** How far `#received` was searched in vain. */
  #searched = 0;
  #strayBytes = 0;
  #stray = '';
  #fault: ShellFault | null = null;

  constructor(
    private readonly channel: ShellChannel,
    private readonly limits: ShellLimits = shellLimits,
  ) {
    channel.output.on('data', (chunk: Buffer) => this.#take(chunk));
    for (const event of ['end', 'close', 'error']) channel.output.on(event, () => this.#break('closed'));
  }

  isOpen(): boolean {
    return this.#fault === null;
  }

  /**
   * Sends a script at once, also while an earlier one still runs; answers come in order.
   * @param script complete POSIX commands; its standard input is empty and its standard error is dropped
   * @param timeoutMs from now until the whole answer is here
   * @returns what it printed, bytes that are not UTF-8 replaced
   */
  run(script: string, timeoutMs: number): Promise<Result<string, ShellFault>> {
    if (this.#fault) return Promise.resolve({ ok: false, failure: this.#fault });
    return new Promise((settle) => {
      // Unknown to every process of the host until now, so that none can print or be named like it.
      const marker = randomBytes(16).toString('hex');
      const timer = setTimeout(() => this.#break('timed-out'), timeoutMs);
      this.#orders.push({ marker, settle, timer, begun: false });
      this.channel.input.write(`echo ${marker}; {\n${script}\n} </dev/null 2>/dev/null; echo "${marker} $?"\n`);
    });
  }

  close(): void {
    this.#break('closed');
  }

  #take(chunk: Buffer): void {
    if (this.#fault) return;
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    while (this.#cutOut());
    const order = this.#orders[0];
    if (order?.begun === true) {
      if (this.#received.length > this.limits.answerBytes) this.#break('too-much-output');
    } else if (this.#strayBytes + this.#received.length > this.limits.strayBytes) this.#break('too-much-output');
  }

  /** One step through what was received; false when more must come first. */
  #cutOut(): boolean {
    const order = this.#orders[0];
    if (!order) {
      this.#dropStray(this.#received.length);
      return false;
    }
    const mark = order.begun ? `${order.marker} ` : `${order.marker}\n`;
    const at = this.#received.indexOf(mark, this.#searched, 'latin1');
    if (at < 0) {
      // The mark may be here in part.
      this.#searched = Math.max(0, this.#received.length - mark.length);
      return false;
    }
    if (!order.begun) {
      this.#dropStray(at);
      this.#skip(mark.length);
      order.begun = true;
      return true;
    }
    const lineEnd = this.#received.indexOf('\n', at, 'latin1');
    if (lineEnd < 0) {
      this.#searched = at;
      return false;
    }
    const answer = this.#received.toString('utf8', 0, at);
    this.#skip(lineEnd + 1);
    this.#strayBytes = 0;
    this.#stray = '';
    this.#orders.shift();
    clearTimeout(order.timer);
    order.settle(success(answer));
    return true;
  }

  #skip(bytes: number): void {
    this.#received = this.#received.subarray(bytes);
    this.#searched = 0;
  }

  #dropStray(bytes: number): void {
    this.#strayBytes += bytes;
    this.#keepStray(this.#received.subarray(0, bytes));
    this.#skip(bytes);
  }

  #keepStray(bytes: Buffer): void {
    this.#stray = (this.#stray + bytes.subarray(-strayKept).toString('utf8')).slice(-strayKept);
  }

  #break(kind: ShellFault['kind']): void {
    if (this.#fault) return;
    if (this.#orders[0]?.begun !== true) this.#keepStray(this.#received);
    const fault: ShellFault = { kind, stray: printable(this.#stray) };
    this.#fault = fault;
    this.#received = nothing;
    for (const order of this.#orders.splice(0)) {
      clearTimeout(order.timer);
      order.settle({ ok: false, failure: fault });
    }
    this.channel.destroy();
  }
}

/** For a sentence on screen or in a log: one line without control characters. */
function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
