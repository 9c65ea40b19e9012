// What the hand has just done, for those who answer it with a sound: a move that arrived, a press, a way back.

export type Feedback = 'move' | 'select' | 'back';

export class FeedbackBell {
  readonly #listeners = new Set<(feedback: Feedback) => void>();

  ring(feedback: Feedback): void {
    for (const listener of this.#listeners) listener(feedback);
  }

  /** Rings when the focus has gone elsewhere by the next frame: some moves are found out in between. */
  ringWhenMoved(): void {
    const before = document.activeElement;
    requestAnimationFrame(() => {
      if (document.activeElement !== before) this.ring('move');
    });
  }

  /** Returns the way to stop listening. */
  listen(listener: (feedback: Feedback) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
