// Who answers a command (back, options, search ...): the newest part of the page that wants it, like a stack of open things.

export type Command = 'back' | 'options' | 'favourite' | 'search' | 'couch' | 'settings';

/** Returns false to let an older handler answer. */
export type CommandHandler = () => boolean | undefined;

export type CommandOrder = 'newest-first' | 'fallback';

export class CommandStack {
  readonly #handlers: { readonly command: Command; readonly handler: CommandHandler }[] = [];

  /**
   * @param order `fallback` is asked after all others: a window mounts after the pages in it, and would else come before them
   * @returns the way to take the handler out again
   */
  add(command: Command, handler: CommandHandler, order: CommandOrder = 'newest-first'): () => void {
    const entry = { command, handler };
    if (order === 'fallback') this.#handlers.unshift(entry);
    else this.#handlers.push(entry);
    return () => {
      const index = this.#handlers.indexOf(entry);
      if (index >= 0) this.#handlers.splice(index, 1);
    };
  }

  /** Returns whether anybody answered. */
  run(command: Command): boolean {
    for (const entry of [...this.#handlers].reverse()) {
      if (entry.command === command && entry.handler() !== false) return true;
    }
    return false;
  }
}
