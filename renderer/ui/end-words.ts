// How a stream ended, in the language of the window.
import { wordsForEnd } from '../../electron/common/end-words';
import type { ClientEnd } from '../../electron/common/session';
import { say } from '../language/told';

/** Without a full stop. */
export function endWords(end: ClientEnd): string {
  return say(wordsForEnd(end));
}
