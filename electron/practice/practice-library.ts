// The practice host and its one entry, as the library and a session know them; never saved.
import { entrySchema } from '../common/entry';
import { hostRecordSchema } from '../common/host';
import { entryIdSchema, hostIdSchema } from '../common/ids';
import type { LibraryRecords } from '../domain/library/library-store';
import type { GameStreamHostFacts } from './gamestream/host-facts';
import { practiceGameName } from './gamestream/host-apps';

export const practiceHostId = hostIdSchema.parse('practice-host');
export const practiceEntryId = entryIdSchema.parse('practice-game');

/** @param address where the host was found */
export function practiceLibrary({ ports, ssh, pidFile }: GameStreamHostFacts, address: string): LibraryRecords {
  const host = hostRecordSchema.parse({
    id: practiceHostId,
    name: 'Practice host',
    address,
    ssh: { user: ssh.user, port: ssh.port, keyFile: ssh.keyFile },
  });
  const entry = entrySchema.parse({
    id: practiceEntryId,
    host: practiceHostId,
    name: practiceGameName,
    protocol: 'gamestream',
    app: practiceGameName,
    port: ports.http,
    pause: { by: 'pid-file', path: pidFile },
  });
  return { hosts: [host], entries: [entry] };
}
