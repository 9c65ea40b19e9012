// Cuts a terminal's output into lines for a reader; bounded, whatever a client prints.
import { stripVTControlCharacters } from 'node:util';

/** Longer lines are cut: no client says anything of interest that late in a line. */
export const longestLine = 8 * 1024;

export class LineSplitter {
  private rest = '';
  /** The line that `rest` belongs to was already handed over, cut. */
  private overlong = false;

  constructor(private readonly onLine: (line: string) => void) {}

  push(chunk: string): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf('\n', start);
      if (end === -1) break;
      this.take(chunk.slice(start, Math.min(end, start + longestLine + 1)));
      this.finish();
      start = end + 1;
    }
    this.take(chunk.slice(start, start + longestLine + 1));
  }

  /** The text after the last line end, without escape sequences. */
  get partial(): string {
    return this.overlong ? '' : stripVTControlCharacters(this.rest);
  }

  /** The client is gone: its last line may lack an end. */
  flush(): void {
    if (this.rest !== '' && !this.overlong) this.finish();
  }

  private take(text: string): void {
    if (this.overlong) return;
    this.rest += text;
    if (this.rest.length <= longestLine) return;
    this.onLine(stripVTControlCharacters(this.rest.slice(0, longestLine)));
    this.rest = '';
    this.overlong = true;
  }

  private finish(): void {
    if (!this.overlong) this.onLine(stripVTControlCharacters(this.rest).replace(/\r/g, ''));
    this.rest = '';
    this.overlong = false;
  }
}
