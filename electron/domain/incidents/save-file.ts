// Asks a person where a file is to go, and writes it there: the window's shell does that, tests answer by themselves.
import type { Result } from '../../common/result';

/** @returns null: the person thought better of it; failure `io`: the disk refuses */
export type SaveFile = (suggestedName: string, text: string) => Promise<Result<{ path: string } | null>>;
