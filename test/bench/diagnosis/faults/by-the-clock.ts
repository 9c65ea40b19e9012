// Something that runs every so often and disturbs for a moment: a job of the host, its hypervisor or the router.
import { lossyFate } from '../client-fate';
import { stall } from '../client-log';
import type { Draw, Span } from '../draw';
import { emptyStory, type Effect, type Fault, type Reading } from '../story';
import type { Part, World } from '../world';

const periodsMs = [5_000, 10_000, 15_000, 30_000, 60_000, 60_000, 120_000, 300_000, 300_000, 600_000, 900_000, 3_600_000];

export const periodicJob: Fault = {
  wish: () => ({ wifi: false, atLeastMs: 90_000 }),
  happen: (world, draw) => {
    const periodMs = draw.chance(0.12) ? draw.between(7_000, 200_000) : draw.pick(periodsMs);
    const unevenMs = Math.min(periodMs * 0.02, draw.byRatio(20, 2_500));
    const part: Part = draw.weigh([[5, 'guest'], [3, world.virtual ? 'vmhost' : 'guest'], [2, 'router'], [1, 'switch']] as const);
    const lengthMs = Math.min(periodMs * 0.25, Math.max(world.intervalMs * 2.2, draw.byRatio(400, 5_000)));
    const heightMs = draw.byRatio(18, 180);
    const times = timesInTrace(world, periodMs, lengthMs, draw);
    const spans = times.map((tMs): Span => ({ fromMs: tMs, toMs: tMs + lengthMs * draw.between(0.8, 1.3) })).filter(() => draw.chance(0.96));
    const effects = spans.map((span): Effect => ({ part, span, delayMs: (_tMs, by) => by.heavyTail(heightMs, 0.5), lossRatio: draw.chance(0.3) ? draw.between(0, 0.15) : 0 }));
    const source = part === 'vmhost' && world.virtual ? 'vmhost' : 'host';
    const readings = draw.chance(0.5) && (part === 'guest' || part === 'vmhost')
      ? spans.flatMap((span): Reading[] => [
          { source, field: 'psiIo', span, how: 'add', value: (_tMs, by) => by.between(3, 30) },
          { source, field: 'psiCpu', span, how: 'add', value: (_tMs, by) => by.between(0, 8) },
        ])
      : [];
    const fates = draw.chance(0.5) ? spans.slice(0, 3).map((span) => lossyFate(world, span, 0.1, draw)) : [];
    const first = times[0] ?? 0;
    return {
      ...emptyStory,
      effects,
      readings,
      client: [...fates.flatMap(({ client }) => client), ...(draw.chance(0.2) ? stall(world, first, draw) : [])],
      history: earlier(world.startedAt + first, periodMs, unevenMs, draw),
      // Eight times within the trace are a pattern by themselves.
      needsHistory: spans.length < 8 || draw.chance(0.7),
      needsStartedAt: true,
      needs: [part === 'router' ? ['probe:gateway'] : part === 'vmhost' ? ['probe:vmhost', 'probe:host'] : ['probe:host', 'probe:port'], ['probe:self', 'reading:self.psiCpu']],
    };
  },
};

function timesInTrace({ durationMs }: World, periodMs: number, lengthMs: number, draw: Draw): number[] {
  const last = durationMs - lengthMs - 2_000;
  const times: number[] = [];
  for (let tMs = draw.between(3_000, Math.min(last, periodMs)); tMs <= last; tMs += periodMs) times.push(tMs + draw.normal(0, Math.min(300, periodMs * 0.01)));
  return times;
}

/** Of what was noticed before: some missed, some of other origin. */
function earlier(firstAt: number, periodMs: number, unevenMs: number, draw: Draw): number[] {
  const count = draw.whole(8, 40);
  const times = Array.from({ length: count }, (_unused, number) => Math.round(firstAt - (number + 1) * periodMs + draw.normal(0, unevenMs))).filter(() => draw.chance(0.88));
  const strangers = Array.from({ length: draw.whole(0, Math.ceil(count * 0.15)) }, () => Math.round(firstAt - draw.between(0, count * periodMs)));
  return [...times, ...strangers].sort((one, other) => one - other);
}

/** Spikes of the past that have nothing in common. */
export function unrelatedHistory({ startedAt }: World, draw: Draw): number[] {
  const days = draw.byRatio(0.1, 10);
  return Array.from({ length: draw.whole(0, 40) }, () => Math.round(startedAt - draw.between(0, days * 86_400_000))).sort((one, other) => one - other);
}
