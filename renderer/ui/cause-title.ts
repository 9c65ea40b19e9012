// What the causes of incidents are called in the language of the window.
import type { CauseId } from '../../electron/common/trace';
import { wordsOf } from '../language/language';

const words = wordsOf('ui');

export function causeTitle(cause: CauseId): string {
  return words(`causes.${cause}`);
}
