// What the command line's exit codes mean; the README's table is this list.

export const exitCodes = {
  done: 0,
  /** The command ran, and its answer is no: the host doesn't answer, a step of the demo did not happen. */
  negative: 1,
  /** Wrong arguments, or something by this name isn't there. */
  badInput: 2,
  /** The program that shows the stream isn't installed. */
  clientMissing: 3,
  /** Only a person can go on: a password, a certificate, a name that isn't known. */
  askUser: 4,
  /** The session ended by Ctrl+C or a stop. */
  stopped: 130,
} as const;
