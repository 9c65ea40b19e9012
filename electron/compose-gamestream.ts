// Joins what Athena knows of GameStream hosts: its own identity, the hosts' records, their covers, and Moonlight's settings for each.
import { join } from 'node:path';
import { moonlightPlace } from './adapters/clients/moonlight-place';
import { ArtCache } from './adapters/gamestream/art-cache';
import { ClientIdentities } from './adapters/gamestream/client-identity';
import { GameStreamHttpHost } from './adapters/gamestream/gamestream-http-host';
import type { AppDirectories } from './adapters/store/app-directories';
import { GameStreamFile, gameStreamFileSchema, noGameStreamHosts } from './adapters/store/gamestream-file';
import { JsonRecordFile } from './adapters/store/json-record-file';
import type { HostId } from './common/ids';
import { success, type Result } from './common/result';
import type { Clock } from './domain/clock';
import { GameStreamHosts } from './domain/hosts/gamestream-hosts';
import { accessTo } from './domain/hosts/host-sighting';
import type { Library } from './domain/library/library';
import type { Log } from './domain/log';
import type { SecretStore } from './domain/secret';
import type { MoonlightPlace } from './domain/session/prepare-client';
import type { WriteTroubles } from './domain/write-troubles';
import { appListsElsewhere } from './threads/app-list-owner';

export interface GameStreamComposition {
  readonly clock: Clock;
  readonly log: Log;
  readonly directories: AppDirectories;
  readonly builtDirectory: string;
  readonly secrets: SecretStore;
  readonly library: Library;
  readonly storage: WriteTroubles;
}

export interface ComposedGameStream {
  readonly port: GameStreamHttpHost;
  readonly gameStream: GameStreamHosts;
  readonly art: ArtCache;
  /** Where the Moonlight that streams from a host has its settings. */
  moonlightDirectory(hostId: HostId): string;
  moonlight(hostId: HostId): Promise<Result<MoonlightPlace>>;
}

export function composeGameStream({ clock, log, directories, builtDirectory, secrets, library, storage }: GameStreamComposition): ComposedGameStream {
  const identities = new ClientIdentities({ secrets, directory: directories.data, clock, log });
  const readLongList = appListsElsewhere(join(builtDirectory, 'app-list-thread.cjs'), clock, log);
  const port = new GameStreamHttpHost({ identities, clock, log, readLongList });
  const gameStream = new GameStreamHosts({
    port,
    store: new GameStreamFile(
      new JsonRecordFile(join(directories.data, 'gamestream.json'), gameStreamFileSchema, noGameStreamHosts, clock, log, storage),
    ),
    book: library,
    log,
  });
  const art = new ArtCache({
    directory: join(directories.cache, 'boxart'),
    port,
    source: (hostId) => {
      const record = gameStream.record(hostId);
      return record && { uniqueId: record.uniqueId, access: accessTo(record) };
    },
    clock,
    log,
  });
  const moonlightDirectory = (hostId: HostId): string => join(directories.data, 'moonlight', hostId);
  return {
    port,
    gameStream,
    art,
    moonlightDirectory,
    moonlight: (hostId) =>
      moonlightPlace({
        directory: moonlightDirectory(hostId),
        record: () => gameStream.record(hostId),
        name: library.host(hostId)?.name ?? hostId,
        identity: async () => {
          const own = await identities.get();
          return own.ok ? success({ ...own.value, keyPem: own.value.key.reveal() }) : own;
        },
      }),
  };
}
