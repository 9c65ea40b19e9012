// How sure a cause is, in words: the figure alone would look more exact than it is.
import type { Cause } from '../../../electron/common/trace';
import { wordsOf } from '../../language/language';
import type { Tone } from '../../ui/tone';

const words = wordsOf('incidents');

/** From here on it is confident enough to be wrong about. */
const confidentFrom = 0.7;

export function confidenceWords({ cause, confidence }: Pick<Cause, 'cause' | 'confidence'>): string {
  if (cause === 'unknown') return words('confidence.open');
  if (confidence >= 0.9) return words('confidence.certain');
  if (confidence >= confidentFrom) return words('confidence.veryLikely');
  if (confidence >= 0.5) return words('confidence.likely');
  return confidence >= 0.25 ? words('confidence.possible') : words('confidence.guess');
}

/** A tone is for what is known. */
export function causeTone({ cause, confidence }: Pick<Cause, 'cause' | 'confidence'>): Tone {
  return cause !== 'unknown' && confidence >= confidentFrom ? 'warn' : 'neutral';
}
