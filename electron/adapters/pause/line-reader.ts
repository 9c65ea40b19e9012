// Cuts what a channel brings into lines, and remembers a little of what is not ours, for a message.

export interface LineEvents {
  line(text: string): void;
  /** Once. @param isTooMuch a line grew beyond the limit */
  ended(isTooMuch: boolean): void;
}

const strayKept = 400;

export class LineReader {
  readonly #pieces: string[] = [];
  #length = 0;
  #isOver = false;
  #last = '';

  /** @param longestLine in characters */
  constructor(
    channel: NodeJS.ReadableStream,
    private readonly longestLine: number,
    private readonly events: LineEvents,
  ) {
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => this.#take(text));
    for (const event of ['end', 'close', 'error']) channel.on(event, () => this.#end(false));
  }

  /** The last that was said without the mark, in one line without control characters. */
  stray(mark: string): string {
    const rest = [this.#last, this.#pieces.join('').slice(0, strayKept)].filter((text) => !text.startsWith(mark)).join(' ');
    return rest.replace(/[\p{Cc}\p{Cf}\uFFFD]+/gu, ' ').replace(/\s+/g, ' ').trim().slice(-strayKept);
  }

  #take(text: string): void {
    if (this.#isOver) return;
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      const whole = this.#pieces.splice(0).join('') + line;
      this.#length = 0;
      this.#last = whole.slice(0, strayKept);
      this.events.line(whole.replace(/\r$/, ''));
    }
    this.#pieces.push(rest);
    this.#length += rest.length;
    if (this.#length > this.longestLine) this.#end(true);
  }

  #end(isTooMuch: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.events.ended(isTooMuch);
  }
}
