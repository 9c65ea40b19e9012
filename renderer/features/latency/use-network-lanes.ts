// Which lanes the network page draws: live while the view lies within what is in memory, recorded otherwise.
import { useEffect, useMemo, useState } from 'react';
import type { RecordedLane } from '../../../electron/common/incident';
import type { VantagePoint } from '../../../electron/common/vantage';
import type { Failure } from '../../../electron/common/result';
import { useLatency } from '../../stores/latency';
import { useLiveSamples } from '../../stores/live-samples-context';
import { fillLive, readRecorded } from '../../stores/recorded';
import type { BoardLane } from '../../ui/time-board/board-lane';
import { spanOf, type TimeView } from '../../ui/time-board/time-view';
import { liveLane, recordedLane } from './lanes';

/** As far back as samples are kept in the window. */
export const liveReachMs = 600_000;
/** Until the hand has stopped turning the wheel. */
const settleMs = 150;
/** A picture of a year needs no news every second. */
const newsEveryMs = { atLeast: 5_000, atMost: 60_000 } as const;
/** As many pieces as a wide screen has pixels for. */
const piecesSeen = 1_200;
/** Beyond both edges so much is read too, as a share, so that moving along shows something at once. */
const margin = 0.25;

export function isLive(view: TimeView, nowMs: number): boolean {
  return view.kind === 'last' ? view.spanMs <= liveReachMs : view.fromMs >= nowMs - liveReachMs;
}

interface NetworkLanes {
  readonly lanes: readonly BoardLane[];
  readonly isLive: boolean;
  readonly failure: Failure | null;
}

export function useNetworkLanes(points: readonly VantagePoint[], view: TimeView, nowMs: number): NetworkLanes {
  const samples = useLiveSamples();
  const troubles = useLatency((state) => state.troubles);
  const live = isLive(view, nowMs);
  const ids = points.map(({ id }) => id).join(' ');
  const recorded = useRecordedLanes(points, ids, live ? null : view);
  useEffect(() => {
    void fillLive(samples, points.map(({ id }) => id), liveReachMs);
    // The points are the same as long as their ids are.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [samples, ids]);
  const lanes = useMemo(
    () =>
      points.map((point) => {
        const trouble = Object.entries(troubles).find(([key]) => key.startsWith(`${point.id}/`))?.[1];
        return live ? liveLane(point, samples, trouble) : recordedLane(point, recorded.lanes, trouble);
      }),
    [points, troubles, live, samples, recorded.lanes],
  );
  return { lanes, isLive: live, failure: recorded.failure };
}

interface RecordedLanes {
  readonly lanes: readonly RecordedLane[] | null;
  readonly failure: Failure | null;
}

/** @param view null: none is wanted */
function useRecordedLanes(points: readonly VantagePoint[], ids: string, view: TimeView | null): RecordedLanes {
  const [read, setRead] = useState<RecordedLanes>({ lanes: null, failure: null });
  useEffect(() => {
    if (view === null || ids === '') return undefined;
    const state = { isOver: false, timer: 0 };
    const look = async (): Promise<void> => {
      const { fromMs, toMs } = spanOf(view, Date.now());
      const beyondMs = (toMs - fromMs) * margin;
      const answer = await readRecorded(points.map(({ id }) => id), fromMs - beyondMs, toMs + beyondMs, piecesSeen * (1 + 2 * margin));
      if (state.isOver) return;
      setRead((before) => (answer.ok ? { lanes: answer.value, failure: null } : { ...before, failure: answer.failure }));
      if (view.kind === 'last') state.timer = window.setTimeout(() => void look(), Math.min(newsEveryMs.atMost, Math.max(newsEveryMs.atLeast, view.spanMs / 400)));
    };
    state.timer = window.setTimeout(() => void look(), settleMs);
    return () => {
      state.isOver = true;
      clearTimeout(state.timer);
    };
    // The points are the same as long as their ids are.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ids, view]);
  return read;
}
