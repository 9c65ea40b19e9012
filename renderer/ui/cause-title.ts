// What the causes of incidents are called in the language of the window.
import { causeTitles } from '../../electron/common/cause-words';
import type { CauseId } from '../../electron/common/trace';
import { say } from '../language/told';

export function causeTitle(cause: CauseId): string {
  return say(causeTitles[cause]);
}
