// How the network page stands, so that it is the same when one comes back to it.
import { create } from 'zustand';
import type { VantageId } from '../../electron/common/vantage';

export type NetworkRange = '1m' | '5m' | '10m' | '1h' | '24h' | '7d' | '30d' | '1y';

export const rangeMs: Readonly<Record<NetworkRange, number>> = {
  '1m': 60_000,
  '5m': 300_000,
  '10m': 600_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
  '1y': 365 * 86_400_000,
};

interface NetworkViewState {
  readonly range: NetworkRange;
  readonly scale: 'own' | 'same' | 'log';
  readonly hidden: ReadonlySet<VantageId>;
}

export const useNetworkView = create<NetworkViewState>()(() => ({ range: '5m', scale: 'own', hidden: new Set() }));

export function toggleVantage(vantage: VantageId): void {
  useNetworkView.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (!next.delete(vantage)) next.add(vantage);
    return { hidden: next };
  });
}
