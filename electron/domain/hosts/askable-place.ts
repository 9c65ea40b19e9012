// Says at which port a GameStream host may be asked for anything, and whether now: a connection wakes machines that sleep.
import type { HostId } from '../../common/ids';
import type { SessionView } from '../../common/session';
import type { GameStreamRecord } from './gamestream-record';
import type { HostState } from './host-machine';
import { isInUse } from './host-streams';
import { answers } from './host-watch';

export interface AskablePlace {
  readonly httpPort: number;
  /** It may sleep, and nobody waits for it: no connections. */
  readonly quiet: boolean;
}

export interface PlaceKnowledge {
  readonly gameStream: { record(hostId: HostId): GameStreamRecord | null };
  readonly hostWatch: { state(hostId: HostId): HostState | null };
  readonly sessions: { views(): readonly SessionView[] };
}

/** @returns null: no GameStream host */
export function askablePlace({ gameStream, hostWatch, sessions }: PlaceKnowledge, hostId: HostId): AskablePlace | null {
  const record = gameStream.record(hostId);
  const state = hostWatch.state(hostId);
  return record && { httpPort: record.httpPort, quiet: !(state && answers(state.kind)) && !isInUse(sessions.views(), hostId) };
}
