// What a board draws: lanes under each other on one axis of time, and marks across all of them.
import type { FigureLane, RecordedLane } from '../../../electron/common/incident';
import type { SampleWindow } from '../../../electron/common/sample-ring';

export type LaneContent =
  /** Single samples; asked anew whenever it draws. `fromMs`: epoch milliseconds. */
  | { readonly kind: 'samples'; read(fromMs: number): SampleWindow; beside?(fromMs: number): SampleWindow }
  /** Summed up in pieces: percentiles as bands. */
  | { readonly kind: 'bands'; readonly lane: RecordedLane; readonly beside?: RecordedLane | undefined }
  | { readonly kind: 'figure'; readonly lane: FigureLane }
  /** Nothing to draw, and why. */
  | { readonly kind: 'nothing'; readonly why: string };

export interface BoardLane {
  readonly key: string;
  readonly title: string;
  /** In a second, quiet line. */
  readonly note: string;
  readonly content: LaneContent;
  /** Why it is not measured as it should be. */
  readonly trouble?: string | undefined;
}

export type MarkTone = 'good' | 'hold' | 'warn' | 'bad' | 'neutral' | 'accent';

export interface BoardMark {
  readonly atMs: number;
  /** Of what lasts; absent: a moment. */
  readonly untilMs?: number;
  readonly tone: MarkTone;
  /** Empty: the line alone. */
  readonly label: string;
}
