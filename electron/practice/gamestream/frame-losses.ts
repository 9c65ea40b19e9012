// When the practice Moonlight calls a connection poor, and okay again: from the share of frames it missed, as the real one does.

/** Sampled this often; milliseconds. */
const windowMs = 3_000;
/** Shares of frames lost in one window, in each of two windows, and at most for "okay". */
const [badOnce, badTwice, fine] = [0.3, 0.15, 0.05];

export class FrameLosses {
  #seen = 0;
  #missed = 0;
  #before = 0;
  #poor = false;
  readonly #timer: NodeJS.Timeout;

  constructor(timeScale: number, tell: (status: 'poor' | 'okay') => void) {
    this.#timer = setInterval(() => this.#sample(tell), windowMs * timeScale);
  }

  /** A frame came. @param missed how many before it didn't */
  count(missed: number): void {
    this.#seen += 1;
    this.#missed += Math.max(0, missed);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A window without any frame says nothing: a picture that stands still is never noticed. */
  #sample(tell: (status: 'poor' | 'okay') => void): void {
    if (this.#seen === 0) return;
    const share = this.#missed / (this.#seen + this.#missed);
    const isPoor = share >= badOnce || (share >= badTwice && this.#before >= badTwice);
    [this.#seen, this.#missed, this.#before] = [0, 0, share];
    if (this.#poor ? share > fine : !isPoor) return;
    this.#poor = !this.#poor;
    tell(this.#poor ? 'poor' : 'okay');
  }
}
