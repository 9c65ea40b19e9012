// What the lines of the network page mean, and what the hand can do.
import type { ReactNode } from 'react';
import { texts } from './texts';

export function NetworkLegend({ isLive }: { readonly isLive: boolean }): ReactNode {
  return (
    <div className="network__legend">
      <span className="graph__key graph__key--icmp">{isLive ? texts.live : texts.recorded}</span>
      {isLive && <span className="graph__key graph__key--tcp">{texts.beside}</span>}
      <span className="graph__key graph__key--loss">{texts.lost}</span>
      <span className="network__keys">{texts.keys}</span>
    </div>
  );
}
