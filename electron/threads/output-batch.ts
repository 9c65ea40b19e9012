// Collects what a client prints until it is handed over; a flood costs neither memory nor time.

export class OutputBatch {
  private chunks: string[] = [];
  private length = 0;
  private skipped = 0;

  /** @param limit characters that are handed over at most; older ones are counted as skipped */
  constructor(private readonly limit: number) {}

  add(chunk: string): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    // Joined only now and then: pieces of a pty are small, and copying the whole for each would hold the thread up.
    if (this.length > 2 * this.limit) this.chunks = [this.cut()];
  }

  /** @returns null when nothing came since the last time */
  take(): { readonly text: string; readonly skipped: number } | null {
    if (this.length === 0) return null;
    const text = this.cut();
    const batch = { text, skipped: this.skipped };
    this.chunks = [];
    this.length = 0;
    this.skipped = 0;
    return batch;
  }

  private cut(): string {
    const text = this.chunks.join('');
    const surplus = Math.max(0, text.length - this.limit);
    this.skipped += surplus;
    this.length = text.length - surplus;
    return text.slice(surplus);
  }
}
