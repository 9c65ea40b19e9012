// How the practice programs are started on this runtime: plain Node and Electron do it differently.

export interface PracticeCommand {
  readonly file: string;
  readonly leadingArgs: readonly string[];
  /** Added to the environment; an undefined value removes the variable. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface PracticeCommands {
  /** The practice GameStream host. */
  readonly host: PracticeCommand;
  /** The practice Moonlight. */
  readonly moonlight: PracticeCommand;
  /** The window in which the practice Moonlight shows its picture; null: there is no display, or no Electron. */
  readonly window: PracticeCommand | null;
}
