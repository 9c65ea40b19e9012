// Finds out why a host is offline, in the words a person can act on.
import type { OfflineReason } from '../../common/gamestream';
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { GameStreamHosts } from './gamestream-hosts';
import type { GameStreamRecord } from './gamestream-record';
import { offlineReason, type OfflineFacts } from './offline-reason';

/** The port that looks at everything between us and a host; takes seconds. */
export interface OfflineInquiry {
  /** @param name as the person wrote it: a name or an address */
  collect(name: string, record: GameStreamRecord): Promise<OfflineFacts>;
}

export interface ExplainParts {
  readonly gameStream: GameStreamHosts;
  readonly inquiry: OfflineInquiry;
  /** The address that the library has for it. */
  readonly nameOf: (hostId: HostId) => string | null;
}

export async function explainHost({ gameStream, inquiry, nameOf }: ExplainParts, hostId: HostId): Promise<Result<OfflineReason>> {
  const record = gameStream.record(hostId);
  if (!record) return failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.');
  return success(offlineReason(await inquiry.collect(nameOf(hostId) ?? record.addresses[0] ?? hostId, record)));
}
