// The time of day in the corner of the couch view: nobody there sees another clock.
import type { ReactNode } from 'react';
import { formatMinute } from './language/locale';
import { useNow } from './ui/use-now';

const lookEveryMs = 5_000;

export function CouchClock(): ReactNode {
  return <time className="couch-clock figures">{formatMinute(useNow(lookEveryMs))}</time>;
}
