// Where the window gets covers from: the addresses of its own art protocol, written and read in one place.
import { z } from 'zod';
import { hostIdSchema, type HostId } from './ids';

/** Of the protocol that the main process answers; the page's content security policy names it too. */
export const artScheme = 'athena-art';

/** The app's id as its host gives it. */
export const appIdSchema = z.int();

export interface ArtPlace {
  readonly hostId: HostId;
  readonly appId: number;
}

/** `athena-art://cover/<hostId>/<appId>` */
export function artUrl(hostId: HostId, appId: number): string {
  return `${artScheme}://cover/${hostId}/${appId}`;
}

/** null: not an address that `artUrl` writes. */
export function readArtUrl(url: string): ArtPlace | null {
  const [, host = '', app = ''] = /^athena-art:\/\/cover\/([a-z0-9-]{1,64})\/(-?[0-9]{1,16})$/.exec(url) ?? [];
  const hostId = hostIdSchema.safeParse(host);
  const appId = appIdSchema.safeParse(Number(app));
  if (app === '' || !hostId.success || !appId.success || String(appId.data) !== app) return null;
  return { hostId: hostId.data, appId: appId.data };
}
