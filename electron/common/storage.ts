// What keeps Athena from writing its own files, as the window shows it.
import { z } from 'zod';

export const storageTroubleSchema = z.object({
  file: z.string(),
  /** Why, in a sentence. */
  message: z.string(),
});
export type StorageTrouble = z.infer<typeof storageTroubleSchema>;
