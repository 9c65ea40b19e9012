// What the desktop grants Athena right now, which no setting can change.
import { z } from 'zod';

export const desktopGrantsSchema = z.object({
  /** A tray icon is to be seen, from which a closed window is opened again. */
  hasTray: z.boolean(),
  /** The chosen keys come to Athena from every program; also true when none are chosen. */
  holdsShortcut: z.boolean(),
});
export type DesktopGrants = z.infer<typeof desktopGrantsSchema>;

export interface Desktop {
  /** Looks anew: panels come and go. */
  grants(): Promise<DesktopGrants>;
}
