// The port of the network around this machine: its gateway, and who else is there.
export interface Neighbour {
  /** An IPv4 address, or an IPv6 address with its zone where it needs one. */
  readonly address: string;
  /** Lower-case pairs joined by colons; null: not known. */
  readonly mac: string | null;
}

/** How somebody answered a few echo questions. */
export interface Answering {
  readonly asked: number;
  readonly answered: number;
  /** Milliseconds; null: nothing was answered. */
  readonly slowestMs: number | null;
}

export interface Neighbourhood {
  /** null: this machine has no way out. */
  gateway(): Promise<Neighbour | null>;
  /** Who was heard of within the last minutes, the newest first; only those, because a question wakes machines that sleep. */
  neighbours(): Promise<readonly Neighbour[]>;
  /** Takes about a second. */
  ask(address: string): Promise<Answering>;
}
