// What is saved of a GameStream host: its identity, how it was reached, what was pinned at pairing, and its apps when last seen.
import { z } from 'zod';
import { hostAddressSchema, portSchema } from '../../common/host';
import { hostIdSchema, type HostId } from '../../common/ids';

export const gameStreamAppSchema = z.object({
  id: z.int(),
  name: z.string().max(512),
  hdr: z.boolean(),
});

export const gameStreamRecordSchema = z.object({
  /** The host of the library it belongs to, which holds its name, SSH access and first address. */
  hostId: hostIdSchema,
  uniqueId: z.string().min(1).max(128),
  /** Every address it answered at with this identity, the last good one first. */
  addresses: z.array(hostAddressSchema).min(1).max(16),
  httpPort: portSchema,
  /** PEM; null: not paired. */
  certificatePem: z.string().max(16_384).nullable(),
  mac: z
    .string()
    .regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)
    .nullable(),
  apps: z.array(gameStreamAppSchema).max(50_000),
});
export type GameStreamRecord = z.infer<typeof gameStreamRecordSchema>;

export interface GameStreamStore {
  /** The very array it answered with last, when nobody has written since. */
  load(): Promise<readonly GameStreamRecord[]>;
  /**
   * One change after another, each of what is saved by then; two processes may both write.
   * @returns what is saved now
   * @throws when the disk refuses
   */
  change(next: (records: readonly GameStreamRecord[]) => readonly GameStreamRecord[]): Promise<readonly GameStreamRecord[]>;
}

export function recordOf(records: readonly GameStreamRecord[], hostId: HostId): GameStreamRecord | null {
  return records.find((record) => record.hostId === hostId) ?? null;
}
