// How sure a cause is, in words: the figure alone would look more exact than it is.
import type { Cause } from '../../../electron/common/trace';
import type { Tone } from '../../ui/tone';

/** From here on it is confident enough to be wrong about. */
const confidentFrom = 0.7;

export function confidenceWords({ cause, confidence }: Pick<Cause, 'cause' | 'confidence'>): string {
  if (cause === 'unknown') return 'open';
  if (confidence >= 0.9) return 'almost certain';
  if (confidence >= confidentFrom) return 'very likely';
  if (confidence >= 0.5) return 'likely';
  return confidence >= 0.25 ? 'possible' : 'hardly more than a guess';
}

/** A tone is for what is known. */
export function causeTone({ cause, confidence }: Pick<Cause, 'cause' | 'confidence'>): Tone {
  return cause !== 'unknown' && confidence >= confidentFrom ? 'warn' : 'neutral';
}
