// What the lines and marks of the latency graph mean.
import type { ReactNode } from 'react';

export function GraphLegend(): ReactNode {
  return (
    <figcaption className="graph__legend">
      <span className="graph__key graph__key--icmp">Echo</span>
      <span className="graph__key graph__key--tcp">Service port</span>
      <span className="graph__key graph__key--jitter">Jitter</span>
      <span className="graph__key graph__key--loss">Lost</span>
    </figcaption>
  );
}
