// What runs on the host of a home: a desktop whose picture moves, and an SSH server that lets its figures be read.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CleanUp } from '../../bench/clean-up';
import { freeDisplay } from '../../peers/free-display';
import { untilListening } from '../../peers/listening';
import { findFreePort } from '../../peers/loopback-port';
import { movePicture } from '../../peers/moving-picture';
import { startPeerProcess } from '../../peers/peer-process';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { hostName, type HomeNetwork } from './home-network';

export interface HomeDesk {
  readonly vncPort: number;
  readonly ssh: SshServer;
  /** The process that serves the desktop stands still, or goes on. */
  freeze(): void;
  thaw(): void;
}

const picturesEveryMs = 100;

/** @throws when a server does not start */
export async function startHomeDesk(home: HomeNetwork, cleanUp: CleanUp): Promise<HomeDesk> {
  const [file, ...leading] = home.at('host');
  const vncPort = await findFreePort();
  const display = freeDisplay();
  const args = [display, '-rfbport', String(vncPort), '-nolisten', 'tcp', '-geometry', '800x600', '-depth', '24', '-SecurityTypes', 'None'];
  const server = await startPeerProcess({ command: file, args: [...leading, 'Xvnc', ...args] });
  cleanUp.add(() => server.stop());
  await untilListening('Xvnc', server, vncPort);
  const picture = await movePicture(display, picturesEveryMs, 'noise');
  cleanUp.add(() => picture.dispose());

  const stateDirectory = await mkdtemp(join(tmpdir(), 'athena-home-ssh-'));
  cleanUp.add(() => rm(stateDirectory, { recursive: true, force: true }));
  const ssh = await startSshServer({ stateDirectory, elsewhere: { inThere: home.at('host'), address: home.hostAddress, aliases: [hostName] } });
  cleanUp.add(() => ssh.stop());
  return { vncPort, ssh, freeze: () => server.signal('SIGSTOP'), thaw: () => server.signal('SIGCONT') };
}
