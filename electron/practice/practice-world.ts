// Everything the practice run uses in place of the user's own: identity, pairing, Moonlight and its settings, trusted keys.
// It lies in a directory that is thrown away, or in memory.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localMachine } from '../adapters/clients/machine';
import { moonlightPlace } from '../adapters/clients/moonlight-place';
import { ClientIdentities } from '../adapters/gamestream/client-identity';
import { MdnsDiscovery } from '../adapters/gamestream/discovery';
import { GameStreamHttpHost } from '../adapters/gamestream/gamestream-http-host';
import { success, type Result } from '../common/result';
import type { Clock } from '../domain/clock';
import { GameStreamHosts } from '../domain/hosts/gamestream-hosts';
import type { AnnouncedHost } from '../domain/hosts/host-discovery';
import type { Log } from '../domain/log';
import type { HostControl } from '../domain/pause/host-control';
import { ClientChoice } from '../domain/session/client-choice';
import type { MoonlightPlace } from '../domain/session/prepare-client';
import type { GameStreamHostFacts } from './gamestream/host-facts';
import { practiceClients } from './practice-clients';
import type { PracticeCommands } from './practice-commands';
import { practiceHostId } from './practice-library';
import { MemoryHostStore, MemorySecrets } from './practice-memory';

export interface PracticeWorldParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Absolute, empty, and this user's alone. */
  readonly directory: string;
  readonly commands: PracticeCommands;
  readonly createControl: (knownHostsFile: string) => HostControl;
}

/** On loopback an announcement is there at once, or never. */
const discoveryLimitMs = 3_000;

export class PracticeWorld {
  readonly clients: ClientChoice;
  /** Knows the practice host and no other. */
  readonly gameStream: GameStreamHosts;
  /** Pauses the practice game. */
  readonly control: HostControl;
  private readonly identities: ClientIdentities;

  private constructor(private readonly parts: PracticeWorldParts, knownHostsFile: string) {
    const { clock, log, directory, commands, createControl } = parts;
    this.identities = new ClientIdentities({ secrets: new MemorySecrets(), directory, clock, log });
    this.gameStream = new GameStreamHosts({
      port: new GameStreamHttpHost({ identities: this.identities, clock, log }),
      store: new MemoryHostStore(),
      book: { ensureHost: async () => success(practiceHostId) },
      log,
    });
    this.clients = new ClientChoice(practiceClients(localMachine(), commands));
    this.control = createControl(knownHostsFile);
  }

  /** The host's SSH key is known from the start: it came over a pipe from the host itself. */
  static async make(parts: PracticeWorldParts, { ssh }: GameStreamHostFacts): Promise<PracticeWorld> {
    const knownHostsFile = join(parts.directory, 'known_hosts');
    await writeFile(knownHostsFile, `${ssh.hostKeyLine}\n`, { mode: 0o600 });
    return new PracticeWorld(parts, knownHostsFile);
  }

  /** Listens for the host's announcement on loopback. @returns null when none comes */
  discover({ mdnsPort, ports }: GameStreamHostFacts): Promise<AnnouncedHost | null> {
    if (mdnsPort === null) return Promise.resolve(null);
    const { clock, log } = this.parts;
    const discovery = new MdnsDiscovery({ clock, log, interfaceAddresses: () => ['127.0.0.1'], port: mdnsPort });
    return new Promise((resolve) => {
      const finish = (host: AnnouncedHost | null): void => {
        limit.dispose();
        search.dispose();
        resolve(host);
      };
      const limit = clock.after(discoveryLimitMs, () => finish(null));
      const search = discovery.start({
        found: (host) => {
          if (host.httpPort === ports.http) finish(host);
        },
      });
    });
  }

  /** Settings for the practice Moonlight; the user's own stay as they are. */
  moonlight(): Promise<Result<MoonlightPlace>> {
    return moonlightPlace({
      directory: join(this.parts.directory, 'moonlight'),
      record: () => this.gameStream.record(practiceHostId),
      name: 'Practice host',
      identity: async () => {
        const own = await this.identities.get();
        return own.ok ? success({ ...own.value, keyPem: own.value.key.reveal() }) : own;
      },
    });
  }

  close(): void {
    this.control.close();
  }
}
