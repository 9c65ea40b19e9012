// The newest part of a long text that only grows: the client's output as it is kept and shown.

export class OutputTail {
  private kept = '';
  private total = 0;

  /** @param limit characters kept */
  constructor(private readonly limit: number) {}

  /** @param skipped characters that were printed before `text` and are not handed over */
  append(text: string, skipped = 0): void {
    this.total += skipped + text.length;
    const joined = skipped > 0 ? text : this.kept + text;
    this.kept = joined.length > this.limit ? joined.slice(joined.length - this.limit) : joined;
  }

  get text(): string {
    return this.kept;
  }

  /** Characters printed in all. */
  get endsAt(): number {
    return this.total;
  }
}

/** What is kept of a client's output, in characters (256 KiB of the ASCII that clients print). */
export const keptOutputLength = 256 * 1024;
