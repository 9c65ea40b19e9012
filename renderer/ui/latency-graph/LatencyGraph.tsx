// The live latency graph: uPlot on a canvas, drawn by animation frames straight from the sample rings, never through React.
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, type ReactNode } from 'react';
import type { HostId } from '../../../electron/common/ids';
import type { ProbeKind } from '../../../electron/common/latency';
import type { SampleWindow } from '../../../electron/common/sample-ring';
import type { Mark } from '../../../electron/common/session';
import { hostVantage, type VantageId } from '../../../electron/common/vantage';
import { onAppearance } from '../appearance';
import { GraphPlot } from './graph-plot';
import { GraphLegend } from './GraphLegend';

/** Where the samples come from; asked once a frame. */
export interface SampleSource {
  readonly version: number;
  window(vantage: VantageId, probe: ProbeKind, fromMs: number): SampleWindow;
}

interface LatencyGraphProps {
  readonly source: SampleSource;
  readonly hostId: HostId;
  readonly marks: readonly Mark[];
  readonly windowMs: number;
  readonly label: string;
  readonly size?: 'tall';
  /** A line that the round trip is to stay below, in milliseconds; null or absent: none. */
  readonly limitMs?: number | null;
}

export function LatencyGraph(props: LatencyGraphProps): ReactNode {
  const { source, hostId, windowMs } = props;
  const place = useRef<HTMLDivElement>(null);
  const marks = useRef(props.marks);
  const limitMs = useRef(props.limitMs ?? null);
  useEffect(() => {
    marks.current = props.marks;
    limitMs.current = props.limitMs ?? null;
  }, [props.marks, props.limitMs]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const begin = (): GraphPlot => new GraphPlot(element, {
      windowMs,
      read: (fromMs) => ({
        version: source.version,
        icmp: source.window(hostVantage(hostId), 'icmp', fromMs),
        tcp: source.window(hostVantage(hostId), 'tcp', fromMs),
        marks: marks.current,
        limitMs: limitMs.current,
      }),
    });
    // Its colours and sizes are uPlot's from the start: another appearance is another plot.
    let plot = begin();
    const stop = onAppearance(() => {
      plot.dispose();
      plot = begin();
    });
    return () => {
      stop();
      plot.dispose();
    };
  }, [source, hostId, windowMs]);
  return (
    <figure className={props.size === 'tall' ? 'graph graph--tall' : 'graph'} aria-label={props.label} role="img">
      <div ref={place} className="graph__canvas" />
      <GraphLegend />
    </figure>
  );
}
