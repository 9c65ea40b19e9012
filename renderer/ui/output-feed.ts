// Where a terminal gets its text from.

/** Starts to hand over text and returns the way to stop. */
export type OutputFeed = (write: (text: string) => void) => () => void;
