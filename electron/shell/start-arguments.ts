// What Athena's window can be told at its start, or by a second start that hands its arguments over.
import { entryIdSchema, type EntryId } from '../common/ids';

export interface StartArguments {
  /** Start in the tray. */
  readonly hidden: boolean;
  /** Full screen, for people three metres away. */
  readonly couch: boolean;
  readonly launch: EntryId | null;
}

/** Reads `--hidden`, `--couch` and `--launch=ENTRY`; Chromium adds its own switches, so others are no error. */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const prefix = '--launch=';
  const wanted = argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
  const parsed = entryIdSchema.safeParse(wanted);
  return { hidden: argv.includes('--hidden'), couch: argv.includes('--couch'), launch: parsed.success ? parsed.data : null };
}
