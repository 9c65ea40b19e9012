// A real TigerVNC server on loopback, with a desktop of its own to connect to.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, waitForGreeting } from './loopback-port';
import { readyOrStop, startPeerProcess, type Peer } from './peer-process';
import { readDisplay } from './xvfb';

export interface VncServer extends Peer {
  readonly port: number;
  readonly password: string;
  /** The password as vncpasswd stores it, for `xtigervncviewer -PasswordFile=`; gone after `stop()`. */
  readonly passwordFile: string;
  /** DISPLAY of the desktop it serves. */
  readonly display: string;
}

export interface VncServerOptions {
  /** Fixed when a test brings the server back on the port a client knows; otherwise a free one. */
  readonly port?: number;
  /** At most eight characters count in VNC authentication. */
  readonly password?: string;
}

/** Starts Xvnc with password authentication on 127.0.0.1 and waits for its RFB greeting. */
export async function startVncServer(options: VncServerOptions = {}): Promise<VncServer> {
  const port = options.port ?? (await findFreePort());
  const password = options.password ?? 'S3cretVn';
  const directory = await mkdtemp(join(tmpdir(), 'athena-vnc-'));
  const removeDirectory = (): Promise<void> => rm(directory, { recursive: true, force: true });
  const passwordFile = join(directory, 'passwd');
  await writeFile(passwordFile, obfuscate(password), { mode: 0o600 });

  const server = await startPeerProcess({
    command: 'Xvnc',
    args: [
      ...['-displayfd', '3', '-rfbport', String(port), '-interface', '127.0.0.1', '-nolisten', 'tcp'],
      ...['-geometry', '800x600', '-depth', '24', '-SecurityTypes', 'VncAuth', '-PasswordFile', passwordFile],
      // By default ten failed log-ins from an address are punished with a growing wait: tests fail on purpose.
      ...['-BlacklistThreshold', '100000'],
    ],
    statusPipe: true,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await removeDirectory();
  };
  const peer = { ...server, stop };
  const display = await readDisplay('Xvnc', { ...server, stop });
  await readyOrStop('Xvnc', peer, () => waitForGreeting(port, { expectPrefix: 'RFB ' }, server.isAlive));
  return { ...peer, port, password, passwordFile, display };
}

function obfuscate(password: string): Buffer {
  const { stdout, status, error } = spawnSync('vncpasswd', ['-f'], { input: `${password}\n` });
  if (status !== 0) throw new Error('vncpasswd -f failed', { cause: error });
  return stdout;
}
