// How the window stands: on a desk, or full screen for people three metres away.

export interface WindowView {
  readonly isCouch: boolean;
  setCouch(isCouch: boolean): void;
  /** Ends the whole program, in order. */
  quit(): void;
}
