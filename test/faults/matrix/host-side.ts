// The host of a cell: a real server that shows something all the time, and can be killed, stopped, and started again.
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../../../electron/domain/clock';
import { freeDisplay } from '../../peers/free-display';
import { movePicture } from '../../peers/moving-picture';
import { untilListening } from '../../peers/listening';
import { startPeerProcess, type PeerProcess } from '../../peers/peer-process';
import { startXvfb } from '../../peers/xvfb';
import type { CleanUp } from '../../bench/clean-up';
import type { Command } from './faulty-network';
import type { PracticeHostPlan } from './practice-host-driver';

/** What the practice host calls its one app. */
export const appName = 'Game';

export const clientNames = ['vnc', 'rdp', 'moonlight'] as const;
export type ClientName = (typeof clientNames)[number];

export interface HostSide {
  readonly client: ClientName;
  readonly port: number;
  /** Its certificate, as `athena trust` takes it; null: it has none that a person vouches for. */
  fingerprint(): Promise<string | null>;
  signal(signal: NodeJS.Signals): void;
  /** After it was killed: on the same port, with the same certificate unless it is to be another one. */
  startAgain(certificate: 'same' | 'another'): Promise<void>;
  isAlive(): boolean;
}

export interface HostPlace {
  /** Runs a command where the host is. */
  readonly there: Command;
  /** It listens on every address there. */
  readonly port: number;
  readonly appPid: number;
  readonly practiceHostScript: string;
  readonly cleanUp: CleanUp;
}

type StartServer = (certificate: 'same' | 'another') => Promise<PeerProcess>;

export function startHostSide(client: ClientName, place: HostPlace): Promise<HostSide> {
  switch (client) {
    case 'vnc':
      return startVnc(place);
    case 'rdp':
      return startRdp(place);
    case 'moonlight':
      return startGameStream(place);
  }
}

/** What all of them share: the one process that serves now, and what paints on its screen. */
async function serve(client: ClientName, { port, cleanUp }: HostPlace, start: StartServer, fingerprint: HostSide['fingerprint']): Promise<HostSide> {
  const serving: { now: PeerProcess } = { now: await start('same') };
  cleanUp.add(() => serving.now.stop());
  return {
    client,
    port,
    fingerprint,
    signal: (signal) => serving.now.signal(signal),
    isAlive: () => serving.now.isAlive(),
    startAgain: async (certificate) => {
      await serving.now.stop();
      serving.now = await start(certificate);
    },
  };
}

function startVnc(place: HostPlace): Promise<HostSide> {
  const [file, ...leading] = place.there;
  const painting: { now: Disposable | null } = { now: null };
  place.cleanUp.add(() => void painting.now?.dispose());
  const display = freeDisplay();
  const args = [display, '-rfbport', String(place.port), '-nolisten', 'tcp', '-geometry', '800x600', '-depth', '24', '-SecurityTypes', 'None'];
  const start: StartServer = async () => {
    painting.now?.dispose();
    const server = await startPeerProcess({ command: file, args: [...leading, 'Xvnc', ...args] });
    await untilListening('Xvnc', server, place.port);
    painting.now = await movePicture(display);
    return server;
  };
  return serve('vnc', place, start, () => Promise.resolve(null));
}

async function startRdp(place: HostPlace): Promise<HostSide> {
  const [file, ...leading] = place.there;
  const home = { now: await newDirectory(place.cleanUp) };
  const screen = await startXvfb({ widthPx: 1024, heightPx: 768 });
  place.cleanUp.add(() => screen.stop());
  const picture = await movePicture(screen.display);
  place.cleanUp.add(() => void picture.dispose());
  const start: StartServer = async (certificate) => {
    if (certificate === 'another') home.now = await newDirectory(place.cleanUp);
    const server = await startPeerProcess({
      command: file,
      args: [...leading, 'freerdp-shadow-cli', `/port:${place.port}`, '-auth'],
      // It keeps its certificate below the configuration directory of the user: never the real one's.
      env: { DISPLAY: screen.display, HOME: home.now, XDG_CONFIG_HOME: home.now },
    });
    await untilListening('freerdp-shadow-cli', server, place.port);
    return server;
  };
  return serve('rdp', place, start, async () => new X509Certificate(await readFile(join(home.now, 'freerdp/shadow/shadow.crt'))).fingerprint256.toLowerCase());
}

async function startGameStream(place: HostPlace): Promise<HostSide> {
  const [file, ...leading] = place.there;
  const { practiceHostScript } = place;
  const directory = await newDirectory(place.cleanUp);
  const start: StartServer = async (certificate) => {
    const { port, appPid } = place;
    const isReinstalled = certificate === 'another';
    const plan: PracticeHostPlan = { directory, httpPort: port, listenAddress: '0.0.0.0', name: 'Rig', appName, appPid, isReinstalled };
    const server = await startPeerProcess({ command: file, args: [...leading, process.execPath, practiceHostScript, JSON.stringify(plan)] });
    await untilListening('the practice host', server, port);
    return server;
  };
  return serve('moonlight', place, start, () => Promise.resolve(null));
}

async function newDirectory(cleanUp: CleanUp): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-matrix-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
