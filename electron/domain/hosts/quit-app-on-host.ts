// Ends the app that runs on a host: first Athena's own streams of it, because older hosts end no app that is streamed.
import type { HostId } from '../../common/ids';
import type { Result } from '../../common/result';
import type { WebLogIn } from './gamestream-host';
import type { GameStreamHosts } from './gamestream-hosts';
import type { HostWatch } from './host-watch';

export interface QuitParts {
  readonly gameStream: GameStreamHosts;
  readonly watch: HostWatch;
  /** Stops every session of the host; resolves when their clients are gone, or would not go. */
  readonly endStreams: (hostId: HostId) => Promise<void>;
}

/** @param web lets hosts that refuse because somebody else streams be asked through their web page */
export async function quitAppOnHost({ gameStream, watch, endStreams }: QuitParts, hostId: HostId, web?: WebLogIn): Promise<Result<null>> {
  // A host that can't be asked keeps its streams: they may be the only thing that still works.
  const there = await gameStream.look(hostId);
  if (!there.ok) return there;
  if (there.value.record.certificatePem !== null) await endStreams(hostId);
  const quit = await gameStream.quit(hostId, web);
  await watch.lookNow(hostId);
  return quit;
}
