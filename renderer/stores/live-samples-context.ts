// How a graph reaches the samples without a store: they change five times a second and nothing re-renders for it.
import { createContext, useContext } from 'react';
import type { LiveSamples } from './live-samples';

export const LiveSamplesContext = createContext<LiveSamples | null>(null);

export function useLiveSamples(): LiveSamples {
  const samples = useContext(LiveSamplesContext);
  if (samples === null) throw new Error('no LiveSamplesContext above this component');
  return samples;
}
