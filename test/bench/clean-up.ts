// Ends everything a measurement started, the newest first, once.

export class CleanUp {
  readonly #steps: (() => Promise<unknown> | void)[] = [];

  add(step: () => Promise<unknown> | void): void {
    this.#steps.push(step);
  }

  /** One that fails is told on stderr and does not keep the others from being done. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        process.stderr.write(`cleaning up: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
}
