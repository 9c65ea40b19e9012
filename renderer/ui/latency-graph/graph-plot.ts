// One uPlot instance with its animation frames: reads the samples, draws lines, losses and marks, follows its element's size.
import uPlot from 'uplot';
import type { SampleWindow } from '../../../electron/common/sample-ring';
import type { Mark } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { decimal } from '../../language/locale';
import { isCalm } from '../../navigation/motion';
import { buildFrame, roundCeiling, type GraphFrame } from './graph-frame';
import { drawLimit, drawLosses, drawMarks, readGraphColours, type GraphColours } from './graph-marks';

const words = wordsOf('ui');

export interface GraphReading {
  readonly version: number;
  readonly icmp: SampleWindow;
  readonly tcp: SampleWindow;
  readonly marks: readonly Mark[];
  /** Null or absent: none. */
  readonly limitMs?: number | null;
}

interface GraphPlotOptions {
  readonly windowMs: number;
  /** @param fromMs epoch milliseconds of the left edge */
  read(fromMs: number): GraphReading;
}

/** Twenty frames a second look smooth for a line that moves a few pixels a second, and cost a third of sixty. */
const frameEveryMs = 50;
const calmFrameEveryMs = 1000;
/** New samples are up to this late; the right edge trails by it so that the line doesn't twitch at its end. */
const trailMs = 250;

export class GraphPlot {
  readonly #plot: uPlot;
  readonly #options: GraphPlotOptions;
  readonly #resize: ResizeObserver;
  readonly #colours: GraphColours;
  #frame: GraphFrame = buildFrame(emptyWindow(), emptyWindow());
  #marks: readonly Mark[] = [];
  #limitMs: number | null = null;
  #ceilingMs = 2;
  #drawnAtMs = 0;
  #request = 0;

  constructor(element: HTMLElement, options: GraphPlotOptions) {
    this.#options = options;
    this.#colours = readGraphColours(element);
    this.#plot = new uPlot(this.#plotOptions(element), [[], [], [], []], element);
    this.#resize = new ResizeObserver(() => this.#fit(element));
    this.#resize.observe(element);
    this.#request = requestAnimationFrame(this.#tick);
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#resize.disconnect();
    this.#plot.destroy();
  }

  readonly #tick = (atMs: number): void => {
    this.#request = requestAnimationFrame(this.#tick);
    if (atMs - this.#drawnAtMs < (isCalm() ? calmFrameEveryMs : frameEveryMs)) return;
    this.#drawnAtMs = atMs;
    this.#draw(Date.now() - trailMs);
  };

  #draw(nowMs: number): void {
    const fromMs = nowMs - this.#options.windowMs;
    // A second more than is seen, so that the line enters from the edge.
    const reading = this.#options.read(fromMs - 1000);
    const frame = buildFrame(reading.icmp, reading.tcp);
    this.#frame = frame;
    this.#marks = reading.marks;
    this.#limitMs = reading.limitMs ?? null;
    this.#ceilingMs = roundCeiling(Math.max(frame.highestMs, this.#limitMs ?? 0));
    this.#plot.batch(() => {
      this.#plot.setData([frame.atMs, frame.jitter, frame.tcp, frame.icmp] as uPlot.AlignedData, false);
      this.#plot.setScale('x', { min: fromMs, max: nowMs });
      this.#plot.setScale('y', { min: 0, max: this.#ceilingMs });
    });
  }

  #fit(element: HTMLElement): void {
    const { clientWidth: width, clientHeight: height } = element;
    if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  #plotOptions(element: HTMLElement): uPlot.Options {
    const colours = this.#colours;
    const font = `${Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8)}px 'Inter Variable', sans-serif`;
    const rule = { stroke: colours.line, width: 1 };
    return {
      width: Math.max(100, element.clientWidth),
      height: Math.max(60, element.clientHeight),
      ms: 1,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, auto: false }, y: { auto: false } },
      axes: [
        {
          stroke: colours.text,
          font,
          grid: { show: false },
          ticks: { show: false },
          size: 26,
          splits: (_plot, _axis, min, max) => [0, 10, 20, 30, 40, 50].map((seconds) => max - seconds * ((max - min) / 60)),
          values: (plot, splits) => splits.map((at) => secondsAgo((plot.scales['x']?.max ?? at) - at)),
        },
        {
          stroke: colours.text,
          font,
          grid: rule,
          ticks: { show: false },
          size: 52,
          gap: 8,
          splits: (_plot, _axis, _min, max) => [0, max / 4, max / 2, (max * 3) / 4, max],
          values: (_plot, splits) => splits.map((value, index) => (index % 2 === 0 ? `${decimal(Number(value.toPrecision(3)))} ms` : '')),
        },
      ],
      series: [
        {},
        { fill: colours.jitterFill, stroke: colours.jitter, width: 1, points: { show: false } },
        { stroke: colours.tcp, width: 1.25, dash: [4, 4], points: { show: false } },
        {
          stroke: colours.icmp,
          width: 1.9,
          fill: (plot) => fade(plot, colours.icmpFill),
          points: { show: false },
        },
      ],
      hooks: {
        draw: [
          (plot) => drawLosses(plot, this.#frame.losses, colours),
          (plot) => this.#limitMs !== null && drawLimit(plot, this.#limitMs, colours),
          (plot) => drawMarks(plot, this.#marks, colours),
        ],
      },
    };
  }
}

function fade(plot: uPlot, colour: string): CanvasGradient | string {
  const { top, height } = plot.bbox;
  if (!Number.isFinite(top + height) || height <= 0) return 'transparent';
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + height);
  gradient.addColorStop(0, colour);
  gradient.addColorStop(1, 'transparent');
  return gradient;
}

function secondsAgo(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds === 0) return words('graph.now');
  return seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

function emptyWindow(): SampleWindow {
  return { atMs: new Float64Array(0), rttMs: new Float64Array(0) };
}
