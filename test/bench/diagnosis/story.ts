// What a fault does to its world: to the parts it touches, to the machines' own figures, and what is told about it.
import type { TraceAddress, TraceClient, TraceHost, TraceProbe, TraceSource, TraceTelemetry } from '../../../electron/common/trace';
import type { Draw, Span } from './draw';
import type { Part, World, WorldWish } from './world';

/** What happens to a question that passes a part within a span. */
export interface Effect {
  readonly part: Part;
  readonly span: Span;
  /** Chance to be dropped. */
  readonly lossRatio?: number;
  /** The part stands still: who isn't dropped waits for the span's end. */
  readonly holds?: boolean;
  /** Added to the way. */
  readonly delayMs?: (tMs: number, draw: Draw) => number;
  /** Chance to be overtaken on two ways of unequal length, and by how much. */
  readonly overtaken?: { readonly ratio: number; readonly byMs: readonly [number, number]; readonly isMarked: boolean };
  /** Chance that two answers come. */
  readonly doubled?: number;
  /** Only these kinds of questions are touched. */
  readonly only?: readonly TraceProbe[];
  /** Only some questions are big enough, or go this way: by target. */
  readonly sparesTargets?: readonly string[];
}

export type ReadingField = Exclude<keyof TraceTelemetry, 'kind' | 'tMs' | 'source'>;

/** A figure of a machine while a fault lasts. Percent, bits a second; of counters: events a second. */
export interface Reading {
  readonly source: TraceSource;
  readonly field: ReadingField;
  readonly span: Span;
  readonly how: 'at-least' | 'add' | 'share' | 'off';
  readonly value: (tMs: number, draw: Draw) => number;
}

/** How much of the stream arrives at the client (`self`), or leaves the host. */
export interface StreamShare {
  readonly side: 'self' | 'host';
  readonly span: Span;
  readonly share: number;
}

/** `probe:TARGET` or `reading:SOURCE.FIELD`. */
export type Sight = string;

export interface Story {
  readonly effects: readonly Effect[];
  readonly readings: readonly Reading[];
  readonly stream: readonly StreamShare[];
  readonly client: readonly TraceClient[];
  readonly host: readonly TraceHost[];
  readonly addresses: readonly TraceAddress[];
  /** Machines that can't be read, or whose readings don't reach us, in a span. */
  readonly blind: readonly { readonly source: TraceSource; readonly span: Span }[];
  /** When a machine's counters began anew. */
  readonly restarts: readonly { readonly source: TraceSource; readonly tMs: number }[];
  /** Epoch milliseconds of earlier spikes; null: the trace has none, or any. */
  readonly history: readonly number[] | null;
  /** Of each group at least one is in the trace: without it not even a person could tell the cause. */
  readonly needs: readonly (readonly Sight[])[];
  readonly needsStartedAt?: boolean;
  /** The Wi-Fi mark is kept. */
  readonly needsWifi?: boolean;
  readonly needsHistory?: boolean;
}

export const emptyStory: Story = {
  effects: [], readings: [], stream: [], client: [], host: [], addresses: [], blind: [], restarts: [], history: null, needs: [],
};

/** A fault: the network it needs, and what it does to it. */
export interface Fault {
  readonly wish: (draw: Draw) => WorldWish;
  readonly happen: (world: World, draw: Draw) => Story;
}

/** Joins two stories that happen in the same trace. */
export function both(one: Story, other: Story): Story {
  return {
    ...one,
    effects: [...one.effects, ...other.effects],
    readings: [...one.readings, ...other.readings],
    stream: [...one.stream, ...other.stream],
    client: [...one.client, ...other.client],
    host: [...one.host, ...other.host],
    addresses: [...one.addresses, ...other.addresses],
    blind: [...one.blind, ...other.blind],
    restarts: [...one.restarts, ...other.restarts],
    needs: [...one.needs, ...other.needs],
  };
}
