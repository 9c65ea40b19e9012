// What a vantage point is called: its own name, but for the two that every network has.
import type { VantagePoint } from '../../electron/common/vantage';
import { wordsOf } from '../language/language';
import { plainName } from './host-state';

const words = wordsOf('ui');

export function vantageName({ kind, name }: Pick<VantagePoint, 'kind' | 'name'>): string {
  return kind === 'self' || kind === 'gateway' ? words(`vantage.${kind}`) : plainName(name);
}
