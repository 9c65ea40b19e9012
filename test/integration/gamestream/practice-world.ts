// A practice GameStream host and Athena's adapter for it, with an identity of its own in a directory that is removed afterwards.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientIdentities } from '../../../electron/adapters/gamestream/client-identity';
import { readCertificate } from '../../../electron/adapters/gamestream/certificate-der';
import { GameStreamHttpHost } from '../../../electron/adapters/gamestream/gamestream-http-host';
import { NvClient, type PinnedHost } from '../../../electron/adapters/gamestream/nv-client';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { GameStreamAccess, PairingRequest } from '../../../electron/domain/hosts/gamestream-host';
import {
  startGameStreamServer,
  type GameStreamServer,
  type GameStreamServerOptions,
} from '../../../electron/practice/gamestream/gamestream-server';
import { proofOf, writeLine } from '../../../electron/practice/gamestream/stream-link';
import { FakeSecretStore } from '../../fakes/fake-secret-store';
import { SilentLog } from '../../fakes/silent-log';

export const pin = '0427';

export interface PracticeWorld {
  readonly server: GameStreamServer;
  readonly host: GameStreamHttpHost;
  readonly identities: ClientIdentities;
  readonly secrets: FakeSecretStore;
  readonly log: SilentLog;
  /** Not paired. */
  readonly access: GameStreamAccess;
  readonly request: PairingRequest;
  /** Pairs, with the PIN typed at the host. @throws when that fails */
  pair(): Promise<GameStreamAccess>;
  /** As a stream client does, with this client's identity. @throws when the host refuses */
  launch(appId: number): Promise<void>;
  /** Opens the stream of the last launch, which ends with the world or some seconds later. */
  stream(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions extends GameStreamServerOptions {
  readonly pinLimitMs?: number;
}

export async function startPracticeWorld({ pinLimitMs, ...options }: WorldOptions = {}): Promise<PracticeWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-gamestream-'));
  const server = await startGameStreamServer({ name: 'Desk', ...options });
  const [clock, log, secrets] = [new SystemClock(), new SilentLog(), new FakeSecretStore()];
  const identities = new ClientIdentities({ secrets, directory, clock, log });
  const host = new GameStreamHttpHost({ identities, clock, log, ...(pinLimitMs !== undefined && { pinLimitMs }) });
  const place = { address: server.address, httpPort: server.ports.http };
  const streams: Socket[] = [];
  let rikey = '';
  const request: PairingRequest = { ...place, pin, clientName: 'Athena in a test' };
  return {
    server,
    host,
    identities,
    secrets,
    log,
    access: { ...place, certificatePem: null },
    request,
    pair: async () => {
      await server.order({ do: 'habits', habits: { autoPin: pin } });
      const paired = await host.pair(request);
      await server.order({ do: 'habits', habits: { autoPin: null } });
      if (!paired.ok) throw new Error(paired.failure.message);
      return { ...place, certificatePem: paired.value.certificatePem };
    },
    launch: async (appId) => {
      const identity = await identities.get();
      const certificate = readCertificate(server.certificatePem)?.der;
      if (!identity.ok || !certificate) throw new Error('no identity or no certificate');
      const pinned: PinnedHost = { place: { address: server.address, port: server.ports.https }, certificate, identity: identity.value };
      rikey = randomBytes(16).toString('hex');
      const parameters = { appid: appId, mode: '1280x720x60', rikey, rikeyid: 1, localAudioPlayMode: 0, corever: 1 };
      const answer = await new NvClient(clock).secure(pinned, '/launch', parameters);
      if (!answer.ok) throw new Error(answer.failure.message);
      if (answer.value.statusCode !== 200) throw new Error(`launch refused with ${answer.value.statusCode}`);
    },
    stream: async () => {
      const socket = connect({ host: server.address, port: server.ports.stream });
      streams.push(socket);
      socket.write(writeLine({ open: 'control', proof: proofOf(rikey), mode: '1280x720x60' }));
      const [line] = (await once(socket, 'data')) as [Buffer];
      if (!line.toString().includes('"opened"')) throw new Error(`no stream: ${line.toString()}`);
      socket.on('error', () => socket.destroy());
      socket.resume();
    },
    stop: async () => {
      for (const socket of streams) socket.destroy();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until the host holds a pairing request. @throws after ten seconds */
export async function untilPinWanted(server: GameStreamServer): Promise<void> {
  const clock = new SystemClock();
  for (let attempt = 0; attempt < 500; attempt++) {
    if ((await server.order({ do: 'state' })).state.waitingForPin > 0) return;
    await new Promise<void>((resolve) => clock.after(20, resolve));
  }
  throw new Error('nobody asked the host to pair');
}
