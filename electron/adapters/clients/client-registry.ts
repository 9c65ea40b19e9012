// All stream clients of this machine: which there are, which one a protocol gets, and how each is read.
import { assertNever } from '../../common/result';
import type { ClientFinder } from '../../domain/session/client-choice';
import type {
  FoundClient,
  MissingClient,
  OutputReader,
  StreamClient,
  StreamClientId,
} from '../../domain/session/stream-client';
import { createFreeRdp } from './freerdp';
import { FreeRdpReader } from './freerdp-reader';
import type { Machine } from './machine';
import { createMoonlightEmbedded } from './moonlight-embedded';
import { MoonlightEmbeddedReader } from './moonlight-embedded-reader';
import { createMoonlightQt } from './moonlight-qt';
import { MoonlightQtReader } from './moonlight-qt-reader';
import { createMstsc, MstscReader } from './mstsc';
import { createTigerVnc } from './tigervnc';
import { TigerVncReader } from './tigervnc-reader';

export interface ClientRegistryParts {
  readonly machine: Machine;
  /** Where FreeRDP keeps what it would keep in the user's configuration directory. */
  readonly freeRdpDirectory: string;
}

/** A reader for one run of a client. Needs nothing of the machine: the session thread makes its readers itself. */
export function clientReader(id: StreamClientId): OutputReader {
  switch (id) {
    case 'tigervnc':
      return new TigerVncReader();
    case 'freerdp':
      return new FreeRdpReader();
    case 'mstsc':
      return new MstscReader();
    case 'moonlight-qt':
      return new MoonlightQtReader();
    case 'moonlight-embedded':
      return new MoonlightEmbeddedReader();
    default:
      return assertNever(id);
  }
}

export function createClientRegistry({ machine, freeRdpDirectory }: ClientRegistryParts): ClientFinder {
  const clients: readonly StreamClient[] = [
    createTigerVnc(machine),
    machine.platform === 'win32' ? createMstsc(machine) : createFreeRdp(machine, freeRdpDirectory),
    createMoonlightQt(machine),
    createMoonlightEmbedded(machine),
  ];
  const known = new Map<StreamClientId, FoundClient>();

  /** Finding may run programs to ask what they are, which a reconnect must not wait for. */
  const find = async (client: StreamClient): Promise<FoundClient | MissingClient> => {
    const before = known.get(client.id);
    if (before && (await machine.isExecutable(before.command[0]))) return before;
    const now = await client.find();
    if (now.found) known.set(client.id, now);
    else known.delete(client.id);
    return now;
  };

  return {
    survey: async () => {
      known.clear();
      return Promise.all(clients.map(find));
    },
    choose: async (protocol) => {
      const [first, ...others] = clients.filter((candidate) => candidate.protocols.includes(protocol));
      if (!first) throw new Error(`no stream client is registered for ${protocol}`);
      const best = await find(first);
      if (best.found) return { kind: 'chosen', client: first, found: best };
      for (const client of others) {
        const found = await find(client);
        if (found.found) return { kind: 'chosen', client, found };
      }
      return { kind: 'missing', missing: best };
    },
  };
}
