// The limits of the numbers, read from the schema that main checks them by, so that the two can't disagree.
import { profileSchema } from '../../../electron/common/profile';
import type { NumberLimits } from '../../ui/number-text';

type NumberKey = 'widthPx' | 'heightPx' | 'fps' | 'bitrateKbps' | 'packetSize';

function limitsOf(key: NumberKey): NumberLimits {
  const { minValue, maxValue } = profileSchema.shape[key].unwrap();
  if (minValue === null || maxValue === null) throw new Error(`${key} has no limits`);
  return { min: minValue, max: maxValue, whole: true };
}

export const limits: Readonly<Record<NumberKey, NumberLimits>> = {
  widthPx: limitsOf('widthPx'),
  heightPx: limitsOf('heightPx'),
  fps: limitsOf('fps'),
  bitrateKbps: limitsOf('bitrateKbps'),
  packetSize: limitsOf('packetSize'),
};
