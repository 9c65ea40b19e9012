// The practice GameStream host as a whole: server, real game, guard, a way in over SSH, orders; and all of it taken apart.
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Guard } from '../practice-guard';
import { fingerprintOf, makeKeyPair } from '../practice-keys';
import { PracticeShells } from '../practice-shells';
import { startPracticeSshServer } from '../practice-ssh-server';
import { announce, announceOnLoopback } from './announcement';
import { gameStarter } from './app-run';
import { lockDirectory } from './directory-lock';
import { startGameStreamServer, type GameStreamServer } from './gamestream-server';
import type { HostEvent } from './host-events';
import type { GameStreamHostFacts } from './host-facts';
import type { HostOrderInput } from './host-switches';
import { openOrderPort } from './order-port';
import { usualHttpPort } from './port-set';
import { timeScaleOf } from './time-scale';

export interface GameStreamHostPlan {
  /** Absolute; its identity and pairings survive there. Made when missing, and closed to other users. */
  readonly directory: string;
  /** The host's own script, which also runs the guard. */
  readonly hostFile: string;
  readonly appFile: string;
  /** Plain HTTP; null: the usual one, or any when that is taken; 0: any. */
  readonly httpPort: number | null;
  /** `network`: serves the local network instead of this machine alone, and says so by mDNS; `loopback`: says so on loopback. */
  readonly announced: 'network' | 'loopback' | 'nowhere';
  readonly onEvent: (event: HostEvent) => void;
}

export interface RunningGameStreamHost {
  readonly facts: GameStreamHostFacts;
  readonly server: GameStreamServer;
  /** Leaves no process and no port behind; identity and pairings stay on disk. */
  stop(): Promise<void>;
}

const user = 'practice';
const hostName = 'Athena practice host';

/** @throws when a port is taken, another host uses the directory, it can't be written or a process can't be started; nothing is left running then */
export async function startGameStreamHost(plan: GameStreamHostPlan): Promise<RunningGameStreamHost> {
  const undo: (() => Promise<unknown>)[] = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { directory } = plan;
    const keyFile = join(directory, 'client_key');
    const pidFile = join(directory, 'app.pid');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700); // it may have been there before
    const lock = lockDirectory(directory);
    undo.push(async () => lock.release());
    undo.push(() => Promise.all([rm(keyFile, { force: true }), rm(pidFile, { force: true })]));

    const guard = await Guard.start(plan.hostFile);
    undo.push(() => guard.stop());
    const server = await serve(plan, gameStarter(plan.appFile, guard, pidFile));
    undo.push(() => server.stop());

    const hostKey = makeKeyPair();
    const clientKey = makeKeyPair();
    await rm(keyFile, { force: true }); // `mode` counts only for a file that is new
    await writeFile(keyFile, clientKey.privateText, { mode: 0o600, flag: 'wx' });
    const shells = new PracticeShells(guard);
    const ssh = await startPracticeSshServer({ user, hostKey: hostKey.privateText, clientKey: clientKey.publicKey, shells });
    undo.push(() => ssh.stop());
    const orders = await openOrderPort((order) => server.order(order as HostOrderInput));
    undo.push(() => orders.stop());
    const mdnsPort = await tellPresence(plan, server, undo);

    const { address, name, uniqueId, ports, web, apps } = server;
    const facts: GameStreamHostFacts = {
      ...{ event: 'ready', address, name, uniqueId, ports, web },
      orders: { port: orders.port, token: orders.token },
      ssh: {
        ...{ port: ssh.port, user, keyFile, hostKey: fingerprintOf(hostKey.publicKey) },
        hostKeyLine: `[127.0.0.1]:${ssh.port} ${hostKey.publicText}`,
      },
      pidFile,
      apps: apps.map((app) => ({ id: app.id, name: app.name })),
      mdnsPort,
    };
    return { facts, server, stop: undoAll };
  } catch (error) {
    await undoAll();
    throw error;
  }
}

/** @returns the port of multicast DNS on loopback, where it was asked for */
async function tellPresence(
  { announced, onEvent }: GameStreamHostPlan,
  { name, ports }: GameStreamServer,
  undo: (() => Promise<unknown>)[],
): Promise<number | null> {
  if (announced === 'nowhere') return null;
  const onTrouble = (message: string): void => onEvent({ event: 'trouble', message });
  if (announced === 'network') {
    const announcement = announce(name, ports.http, onTrouble);
    undo.push(() => announcement.stop());
    return null;
  }
  const announcement = await announceOnLoopback(name, ports.http, onTrouble);
  undo.push(() => announcement.stop());
  return announcement.port;
}

async function serve(plan: GameStreamHostPlan, startApp: ReturnType<typeof gameStarter>): Promise<GameStreamServer> {
  const { directory, httpPort, announced, onEvent } = plan;
  const options = { directory, startApp, onEvent, timeScale: timeScaleOf(process.env), name: hostName, listenAddress: announced === 'network' ? '0.0.0.0' : '127.0.0.1' };
  if (httpPort === 0) return startGameStreamServer(options);
  if (httpPort !== null) return startGameStreamServer({ ...options, httpPort });
  try {
    return await startGameStreamServer({ ...options, httpPort: usualHttpPort });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startGameStreamServer(options); // a real Sunshine runs here, say
  }
}
