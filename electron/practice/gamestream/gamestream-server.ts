// A practice GameStream host in one call: everything a client asks over the network, and the orders a test gives it.
import { hostname } from 'node:os';
import type { StartApp } from './app-run';
import { runNothing } from './app-run';
import { practiceApps, withIds, type HostApp, type HostAppPlan } from './host-apps';
import { HostCore } from './host-core';
import { SunshineLog, type HostEvent } from './host-events';
import { HostMemory } from './host-memory';
import { obey, type HostAnswer } from './host-orders';
import { hostHabitsSchema, hostOrderSchema, type HostHabits, type HostOrderInput } from './host-switches';
import { createNvListeners } from './nvhttp-server';
import { PairingTable } from './pairing-table';
import { PortSet, type HostPorts } from './port-set';
import { createStreamListener } from './stream-server';
import { createWebServer } from './web-server';

export interface GameStreamServerOptions {
  /** Where identity and pairings are kept; left out: they are forgotten at the end. */
  readonly directory?: string;
  /** Plain HTTP; the other ports follow from it. Left out: any that are free. */
  readonly httpPort?: number;
  readonly listenAddress?: string;
  readonly name?: string;
  /** The first number below 7 makes it a host of the SHA-1 generation. */
  readonly appVersion?: string;
  readonly apps?: readonly HostAppPlan[];
  /** Left out: every app is one that only counts. */
  readonly startApp?: StartApp;
  readonly habits?: Partial<HostHabits>;
  readonly pingTimeoutMs?: number;
  /** Of all its time limits: 1 as in the real one. */
  readonly timeScale?: number;
  readonly onEvent?: (event: HostEvent) => void;
}

export interface GameStreamServer {
  readonly address: string;
  readonly ports: HostPorts;
  readonly name: string;
  readonly uniqueId: string;
  /** PEM; changes with the order `reinstall`. */
  readonly certificatePem: string;
  readonly web: { readonly username: string; readonly password: string };
  readonly apps: readonly HostApp[];
  /** Everything that happened, in order. */
  readonly events: readonly HostEvent[];
  order(order: HostOrderInput): Promise<HostAnswer>;
  /** Ends the app and closes every port. */
  stop(): Promise<void>;
}

/** @throws EADDRINUSE when a port is taken; what keeps the directory from being written */
export async function startGameStreamServer(options: GameStreamServerOptions = {}): Promise<GameStreamServer> {
  const address = options.listenAddress ?? '127.0.0.1';
  const name = options.name ?? hostname();
  const appVersion = options.appVersion ?? '7.1.431.-1';
  const memory = HostMemory.open(options.directory ?? null);
  const apps = withIds(options.apps ?? practiceApps);
  const log = new SunshineLog();
  const events: HostEvent[] = [];
  const tell = (event: HostEvent): void => {
    events.push(event);
    log.add(event, new Date());
    options.onEvent?.(event);
  };

  const startApp = options.startApp ?? runNothing;
  const core = new HostCore({ memory, apps, startApp, tell, pingTimeoutMs: options.pingTimeoutMs ?? 10_000 * (options.timeScale ?? 1) });
  core.habits = hostHabitsSchema.parse(options.habits ?? {});
  const pairing = new PairingTable({
    identity: () => memory.identity,
    hash: Number.parseInt(appVersion, 10) >= 7 ? 'sha256' : 'sha1',
    onPaired: (client) => {
      const { uuid } = memory.addClient(client.name, client.certificatePem);
      tell({ event: 'paired', name: client.name, uuid });
    },
    onRefused: (why) => tell({ event: 'pairing-refused', why }),
  });

  const nv = createNvListeners({ core, pairing, name, appVersion });
  const stream = createStreamListener(core, options.timeScale);
  const web = createWebServer({ core, pairing, log, name });
  const ports = await PortSet.open(address, options.httpPort ?? null, {
    http: nv.plain,
    https: nv.secure,
    web: (socket) => web.emit('connection', socket),
    stream: stream.accept,
  }).catch((error: unknown) => {
    stream.stop();
    throw error;
  });
  const renewCertificate = (): void => {
    nv.renewCertificate();
    const { certificatePem, keyPem } = memory.identity;
    web.setSecureContext({ cert: certificatePem, key: keyPem, minVersion: 'TLSv1.2' });
  };

  return {
    address,
    ports: ports.ports,
    name,
    get uniqueId() {
      return memory.uniqueId;
    },
    get certificatePem() {
      return memory.identity.certificatePem;
    },
    web: { username: memory.username, password: memory.password },
    apps,
    events,
    order: async (given) => {
      const order = hostOrderSchema.parse(given);
      const answer = await obey({ core, pairing, ports, renewCertificate }, order);
      tell({ event: 'ordered', order: order.do });
      return answer;
    },
    stop: async () => {
      await core.stop();
      pairing.clear();
      stream.stop();
      await ports.close();
    },
  };
}
