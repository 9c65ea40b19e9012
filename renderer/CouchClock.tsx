// The time of day in the corner of the couch view: nobody there sees another clock.
import type { ReactNode } from 'react';
import { useNow } from './ui/use-now';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const lookEveryMs = 5_000;

export function CouchClock(): ReactNode {
  return <time className="couch-clock figures">{clock.format(useNow(lookEveryMs))}</time>;
}
