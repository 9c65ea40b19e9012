// What the shell functions on a Linux host print after an order or a look.

export interface OrderAnswer {
  /** One letter for each pid that still names the same process. */
  readonly states: ReadonlyMap<number, string>;
  readonly frozen: ReadonlySet<number>;
  /** The host's system refused the signal for these. */
  readonly denied: ReadonlySet<number>;
  /** A process that was not asked about was started by one that was. */
  readonly hasNewborn: boolean;
  /** A control group was frozen until now. */
  readonly thawed: boolean;
}

/** @param text lines of a word and a pid (and a state), printed by the shell functions alone: nothing a process calls itself comes in here. */
export function readAnswer(text: string): OrderAnswer {
  const lines = text.split('\n').map((line) => line.split(' '));
  const pidsAfter = (word: string): Set<number> => new Set(lines.filter(([first]) => first === word).map(([, pid]) => Number(pid)));
  return {
    states: new Map(lines.filter(([first]) => first === 'state').map(([, pid, state]) => [Number(pid), state ?? ''])),
    frozen: pidsAfter('frozen'),
    denied: pidsAfter('denied'),
    hasNewborn: pidsAfter('newborn').size > 0,
    thawed: lines.some(([first]) => first === 'thawed'),
  };
}
