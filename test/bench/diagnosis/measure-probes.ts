// Asks the questions of a trace through a world in trouble, and writes down what a prober would have seen.
import type { TraceSample } from '../../../electron/common/trace';
import { isIn, type Draw } from './draw';
import type { Effect } from './story';
import type { Part, ProbeLine, World } from './world';

/** A prober gives up on an answer after a minute. */
const longestWaitMs = 60_000;

interface Answered {
  readonly sample: TraceSample;
  /** Null: never. */
  readonly arrivedMs: number | null;
}

/** What the prober writes, which differs from one to the next. */
export interface ProberHabits {
  /** Marks answers later than this, or none at all. */
  readonly lateAfterMs: number | null;
  readonly writesSeq: boolean;
  readonly firstSeq: number;
  /** Some networks answer twice now and then, and nobody minds. */
  readonly doubledRatio: number;
}

/** In the order of sending. */
export function measureProbe(line: ProbeLine, world: World, effects: readonly Effect[], habits: ProberHabits, draw: Draw): readonly Answered[] {
  const byPart = new Map<Part, readonly Effect[]>(line.path.map((part) => [part, effects.filter((effect) => effect.part === part && touches(effect, line))]));
  const answers: Answered[] = [];
  let lastArrivalMs = 0;
  const phaseMs = draw.between(0, world.intervalMs);
  for (let number = 0; ; number += 1) {
    const sentMs = tenths(phaseMs + number * world.intervalMs + Math.abs(draw.normal(0, 0.4)));
    if (sentMs >= world.durationMs) break;
    const way = travel(line, byPart, sentMs, draw);
    const seq = habits.firstSeq + number;
    // Queues keep their order: an answer never overtakes the one before, unless there are two ways.
    const arrivedMs = way.lost ? null : way.overtaken ? sentMs + way.tookMs : Math.max(sentMs + way.tookMs, lastArrivalMs + 0.005);
    const isSeen = arrivedMs !== null && arrivedMs < world.durationMs + 2_000 && arrivedMs - sentMs <= longestWaitMs;
    if (isSeen && !way.overtaken) lastArrivalMs = arrivedMs;
    const rttMs = isSeen ? micros(arrivedMs - sentMs) : null;
    answers.push({
      arrivedMs: isSeen ? arrivedMs : null,
      sample: {
        kind: 'sample',
        tMs: sentMs,
        target: line.target,
        probe: line.probe,
        ...(habits.writesSeq ? { seq } : {}),
        rttMs,
        ...(rttMs !== null && habits.lateAfterMs !== null && rttMs > habits.lateAfterMs ? { late: true } : {}),
        ...(way.isMarked && rttMs !== null ? { reordered: true } : {}),
      },
    });
    const answered = answers.at(-1);
    if (answered && isSeen && draw.chance(Math.max(way.doubled, habits.doubledRatio))) {
      const moreMs = draw.byRatio(0.02, 3);
      answers.push({ arrivedMs: arrivedMs + moreMs, sample: { ...answered.sample, rttMs: micros(arrivedMs + moreMs - sentMs), duplicate: true } });
    }
  }
  return answers;
}

function touches({ only, sparesTargets }: Effect, { probe, target }: ProbeLine): boolean {
  return (only === undefined || only.includes(probe)) && !(sparesTargets?.includes(target) ?? false);
}

interface Way {
  readonly lost: boolean;
  readonly tookMs: number;
  readonly overtaken: boolean;
  /** The prober, which asks in small bursts, saw that it was. */
  readonly isMarked: boolean;
  readonly doubled: number;
}

function travel(line: ProbeLine, byPart: ReadonlyMap<Part, readonly Effect[]>, sentMs: number, draw: Draw): Way {
  const usualMs = usual(line, draw);
  let nowMs = sentMs + usualMs / 2;
  let overtaken = false;
  let isMarked = false;
  let doubled = 0;
  const lost: Way = { lost: true, tookMs: 0, overtaken, isMarked, doubled };
  if (draw.chance(line.lossRatio)) return lost;
  // Back through the client: who is busy when the answer comes, reads it late.
  for (const part of [...line.path, ...(line.path.length > 1 ? (['client'] as const) : [])]) {
    for (const effect of byPart.get(part) ?? []) {
      if (!isIn(effect.span, nowMs)) continue;
      if (effect.lossRatio !== undefined && draw.chance(effect.lossRatio)) return lost;
      if (effect.overtaken && draw.chance(effect.overtaken.ratio)) {
        overtaken = true;
        isMarked ||= effect.overtaken.isMarked;
        nowMs += draw.byRatio(...effect.overtaken.byMs);
      }
      if (effect.delayMs) nowMs += Math.max(0, effect.delayMs(nowMs, draw));
      doubled = Math.max(doubled, effect.doubled ?? 0);
      if (effect.holds === true) nowMs = Math.max(nowMs, effect.span.toMs + draw.between(0.05, 3));
    }
  }
  return { lost: false, tookMs: nowMs - sentMs + usualMs / 2, overtaken, isMarked, doubled };
}

/** Skewed to the right as measured round trips are: most near the least, some far above. */
function usual({ baseMs, jitterMs, spikesPerMinute, target }: ProbeLine, draw: Draw): number {
  const skewed = Math.max(baseMs * 0.6, baseMs + jitterMs * (draw.heavyTail(0.6, 0.7) - 0.6));
  return draw.chance(spikesPerMinute / 300) ? skewed + draw.heavyTail(target === 'self' ? 1.5 : 6, 0.9) : skewed;
}

function micros(ms: number): number {
  return Math.max(0.001, Math.round(ms * 1_000) / 1_000);
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
