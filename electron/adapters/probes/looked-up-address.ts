// A host's numeric address, looked up anew now and then, so that a lookup is never part of a measured time.
import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import type { Clock } from '../../domain/clock';

/** So that a changed address is noticed: soon where nobody answers at the one that was known. */
const freshMs = { answering: 30_000, silent: 3_000 } as const;
const againMs = 1_000;

export class LookedUpAddress {
  /** null: not looked up yet, or nobody knows the name. With the resolver gone, the address known last is still the best guess. */
  numeric: string | null;
  /** False once the name was looked up in vain. */
  isKnown = true;
  private lookedUpAt = Number.NEGATIVE_INFINITY;
  private lookingUp = false;

  constructor(
    private readonly address: string,
    private readonly clock: Clock,
    private readonly onUnknown: (message: string) => void,
  ) {
    this.numeric = isIP(address) === 0 ? null : address;
  }

  /**
   * To be called before each question; returns at once.
   * @param isSilent the last question had no answer
   */
  refresh(isSilent = false): void {
    const lastsMs = this.isKnown ? freshMs[isSilent ? 'silent' : 'answering'] : againMs;
    if (isIP(this.address) !== 0 || this.lookingUp || this.clock.monotonicMs() - this.lookedUpAt < lastsMs) return;
    this.lookingUp = true;
    lookup(this.address, (error, numeric) => {
      this.lookingUp = false;
      this.lookedUpAt = this.clock.monotonicMs();
      this.isKnown = error === null;
      if (error === null) this.numeric = numeric;
      else if (this.numeric === null) this.onUnknown(`the name ${this.address} is not known: check its spelling and the DNS server`);
    });
  }
}
