// Tasks for which the newest wish counts most: covers that have been scrolled past wait behind those that are looked at.

interface Lane {
  running: number;
  /** Oldest first. */
  readonly waiting: ((turn: 'yours' | 'dropped') => void)[];
}

export class NewestFirst {
  readonly #lanes = new Map<string, Lane>();

  /**
   * @param atATime tasks of one lane that run together
   * @param mostWaiting of one lane; beyond that the oldest is dropped
   */
  constructor(
    private readonly atATime: number,
    private readonly mostWaiting: number,
  ) {}

  /** @returns null when newer wishes have pushed it out before its turn */
  async run<T>(laneName: string, task: () => Promise<T>): Promise<T | null> {
    const lane = this.#lanes.get(laneName) ?? { running: 0, waiting: [] };
    this.#lanes.set(laneName, lane);
    if (lane.running < this.atATime) lane.running++;
    else if ((await this.#wait(lane)) === 'dropped') return null;
    try {
      return await task();
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = lane.waiting.pop();
      if (next) next('yours');
      else if (--lane.running === 0) this.#lanes.delete(laneName);
    }
  }

  #wait(lane: Lane): Promise<'yours' | 'dropped'> {
    return new Promise((resolve) => {
      lane.waiting.push(resolve);
      if (lane.waiting.length > this.mostWaiting) lane.waiting.shift()?.('dropped');
    });
  }
}
