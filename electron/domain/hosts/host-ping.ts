// The port that asks for a sign of life without waking anybody.

export interface HostPing {
  /** One ICMP echo question, which takes seconds at most. @returns null when it can't be asked here: no ping program, no permission */
  ping(address: string): Promise<boolean | null>;
}
