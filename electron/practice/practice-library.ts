// The practice host and its one entry, as the library and a session know them; never saved.
import { entrySchema } from '../common/entry';
import { hostRecordSchema } from '../common/host';
import { entryIdSchema, hostIdSchema } from '../common/ids';
import type { LibraryRecords } from '../domain/library/library-store';
import type { PracticeHostFacts } from './practice-facts';

export const practiceHostId = hostIdSchema.parse('practice-host');
export const practiceEntryId = entryIdSchema.parse('practice-game');

export function practiceLibrary(facts: PracticeHostFacts): LibraryRecords {
  const host = hostRecordSchema.parse({
    id: practiceHostId,
    name: 'Practice host',
    address: '127.0.0.1',
    ssh: { user: facts.user, port: facts.sshPort, keyFile: facts.keyFile },
  });
  const entry = entrySchema.parse({
    id: practiceEntryId,
    host: practiceHostId,
    name: 'Practice game',
    protocol: 'practice',
    port: facts.streamPort,
    pause: { by: 'pid-file', path: facts.pidFile },
  });
  return { hosts: [host], entries: [entry] };
}
