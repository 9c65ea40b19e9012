// The gate before a reconnect, as the window shows it.
import { z } from 'zod';
import { toldSchema } from './told';

/** How the network stands against the gate that an attempt waits for. */
export const gateViewSchema = z.object({
  fitness: z.enum(['fit', 'unfit', 'unmeasured']),
  /** Why it is not fit, a sentence for each kind of probe. */
  reasons: z.array(toldSchema),
  /** The round trip may take so many milliseconds (95th percentile); null: the usual one is not learned yet. */
  limitMs: z.number().nullable(),
  /** Epoch milliseconds at which an attempt is made whatever the network; null: none waits at the gate right now. */
  forcedAtMs: z.number().nullable(),
});
export type GateView = z.infer<typeof gateViewSchema>;
