// Latency in numbers, once a second, for each vantage point. Samples never come here: LiveSamples keeps those.
import { create } from 'zustand';
import type { HostId } from '../../electron/common/ids';
import type { LatencySummary, ProbeKind, ProbeTrouble } from '../../electron/common/latency';
import { hostVantage, type VantageId } from '../../electron/common/vantage';

type Key = `${VantageId}/${ProbeKind}`;

interface LatencyState {
  readonly summaries: Readonly<Record<Key, LatencySummary>>;
  readonly troubles: Readonly<Record<Key, string>>;
}

export const useLatency = create<LatencyState>()(() => ({ summaries: {}, troubles: {} }));

function keyOf({ vantage, probe }: { readonly vantage: VantageId; readonly probe: ProbeKind }): Key {
  return `${vantage}/${probe}`;
}

export function putSummaries(news: readonly LatencySummary[]): void {
  if (news.length === 0) return;
  useLatency.setState(({ summaries }) => ({
    summaries: { ...summaries, ...Object.fromEntries(news.map((summary) => [keyOf(summary), summary])) },
  }));
}

export function putTrouble(trouble: ProbeTrouble): void {
  useLatency.setState(({ troubles }) => {
    const others = Object.entries(troubles).filter(([key]) => key !== keyOf(trouble));
    return { troubles: Object.fromEntries(trouble.message === null ? others : [...others, [keyOf(trouble), trouble.message]]) };
  });
}

/** The echo's summary, or the port's where echo has no answers (many hosts drop it). */
export function useHostSummary(hostId: HostId): LatencySummary | undefined {
  return useLatency(({ summaries }) => hostSummary(summaries, hostId));
}

/** Its typical round trip as it is shown: who draws dozens of them is drawn again only when the words change. */
export function useHostRttWords(hostId: HostId, words: (p50Ms: number) => string): string | null {
  return useLatency(({ summaries }) => {
    const p50Ms = hostSummary(summaries, hostId)?.p50Ms ?? null;
    return p50Ms === null ? null : words(p50Ms);
  });
}

function hostSummary(summaries: Readonly<Record<string, LatencySummary>>, hostId: HostId): LatencySummary | undefined {
  const icmp = summaries[`${hostVantage(hostId)}/icmp`];
  const tcp = summaries[`${hostVantage(hostId)}/tcp`];
  return icmp !== undefined && icmp.sent > icmp.lost ? icmp : (tcp ?? icmp);
}

export function useProbeSummary(hostId: HostId, probe: ProbeKind): LatencySummary | undefined {
  return useLatency(({ summaries }) => summaries[`${hostVantage(hostId)}/${probe}`]);
}

export function useProbeTrouble(hostId: HostId, probe: ProbeKind): string | undefined {
  return useLatency(({ troubles }) => troubles[`${hostVantage(hostId)}/${probe}`]);
}
