// The hosts in the user's own Moonlight, as something to pair anew: nothing of its identity, and no certificate, gets out of here.
import type { FoundConnection, FoundConnections } from '../../domain/imports/connection-files';
import type { Machine } from '../clients/machine';
import { importMoonlight } from '../clients/moonlight-import';
import { entryName, notes } from './connection-words';

export async function moonlightHosts(machine: Machine): Promise<FoundConnections> {
  const imported = await importMoonlight(machine);
  if (!imported.ok) {
    return { found: [], troubles: [{ source: 'moonlight', message: imported.failure.message, advice: imported.failure.advice }] };
  }
  const found = imported.value.flatMap(({ file, hosts }) =>
    hosts.flatMap(({ name, uniqueId, addresses: [first, ...others], httpPort, mac }): FoundConnection[] =>
      // A host that answers shows such an identity; any other would never be recognised, and may be a path.
      first === undefined || !/^[!-.0-~]{1,128}$/.test(uniqueId)
        ? []
        : [
            {
              id: `moonlight:${file}#${uniqueId}`,
              source: 'moonlight',
              file,
              reading: { kind: 'host', host: { name: entryName(name, first), uniqueId, addresses: [first, ...others], httpPort, mac }, notes: [notes.pairAgain] },
            },
          ],
    ),
  );
  return { found, troubles: [] };
}
