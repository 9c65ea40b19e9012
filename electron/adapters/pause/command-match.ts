// Finds the command lines a pattern fits, within a time limit: some patterns take years on some lines.
import { createContext, Script } from 'node:vm';

/** V8 ends a regular expression that runs too long only for code that was started with a time limit, as `vm` does. */
const matchAll = new Script('commands.map((command) => pattern.test(command))');

/** vm counts time by the clock on the wall. */
const mostTurns = 4;

export class CommandMatcher {
  /** Kept, because making one takes half a millisecond. */
  readonly #room: { commands: readonly string[]; pattern: RegExp | null } = { commands: [], pattern: null };
  readonly #context = createContext(this.#room);

  /** @param limitMs of processor time: on a busy machine a plain pattern may wait that long for its turn */
  constructor(private readonly limitMs = 250) {}

  /**
   * @param pattern regular expression, searched anywhere in the command line, with the flag `u`
   * @returns an answer for each command; null when the pattern is no regular expression or takes longer than the limit
   */
  match(pattern: string, commands: readonly string[]): boolean[] | null {
    for (let turn = 1; ; turn += 1) {
      const used = process.cpuUsage();
      try {
        this.#room.pattern = new RegExp(pattern, 'u');
        this.#room.commands = commands;
        return matchAll.runInContext(this.#context, { timeout: this.limitMs }) as boolean[];
      } catch (error) {
        if (error instanceof SyntaxError) return null;
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        const { user, system } = process.cpuUsage(used);
        const wasStarved = (user + system) / 1_000 < this.limitMs / 2;
        if (!wasStarved || turn === mostTurns) return null;
      }
    }
  }
}
