// A real RDP server (FreeRDP's shadow server) on loopback, which shows a virtual display of its own.
import { X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, waitForGreeting } from './loopback-port';
import { readyOrStop, startPeerProcess, type Peer } from './peer-process';
import { startXvfb } from './xvfb';

export interface RdpServer extends Peer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** DISPLAY of the desktop it serves. */
  readonly display: string;
  /** SHA-256 of its certificate as `xfreerdp /cert:fingerprint:sha256:…` takes it: lower case with colons. */
  readonly certificateFingerprint: string;
}

export interface RdpServerOptions {
  /** `none` takes any user (client: `/sec:tls`); `nla` asks for user and password before the session. */
  readonly authentication?: 'none' | 'nla';
  /** Fixed when a test brings the server back on the port a client knows; otherwise a free one. */
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  /** Keeps the certificate across restarts; without it each start makes a new one. Never removed by the peer. */
  readonly stateDirectory?: string;
}

// X.224 Connection Request that offers TLS and CredSSP (MS-RDPBCGR 2.2.1.1): an RDP server does not speak first.
const CONNECTION_REQUEST = Uint8Array.from([3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]);
const CONNECTION_CONFIRM_PREFIX = Uint8Array.from([3, 0, 0]);

/** Starts freerdp-shadow-cli on 127.0.0.1 and waits until it confirms an RDP connection request. */
export async function startRdpServer(options: RdpServerOptions = {}): Promise<RdpServer> {
  const { authentication = 'none', user = 'tester', password = 'S3cretPw' } = options;
  const port = options.port ?? (await findFreePort());
  const directory = await mkdtemp(join(tmpdir(), 'athena-rdp-'));
  const stateDirectory = options.stateDirectory ?? join(directory, 'state');
  const screen = await startXvfb({ widthPx: 1024, heightPx: 768 });
  const removeAll = async (): Promise<void> => {
    await screen.stop();
    await rm(directory, { recursive: true, force: true });
  };

  try {
    const server = await startPeerProcess({
      command: 'freerdp-shadow-cli',
      args: [`/port:${port}`, '/bind-address:127.0.0.1', ...(await authenticationArgs(authentication, directory, user, password))],
      // It keeps its certificate below the configuration directory of the user: never the real one's.
      env: { DISPLAY: screen.display, HOME: directory, XDG_CONFIG_HOME: stateDirectory },
    });
    const peer: Peer = {
      ...server,
      stop: async () => {
        await server.stop();
        await removeAll();
      },
    };
    await readyOrStop('freerdp-shadow-cli', peer, () =>
      waitForGreeting(port, { send: CONNECTION_REQUEST, expectPrefix: CONNECTION_CONFIRM_PREFIX }, server.isAlive),
    );
    const certificate = new X509Certificate(await readFile(join(stateDirectory, 'freerdp/shadow/shadow.crt')));
    const certificateFingerprint = certificate.fingerprint256.toLowerCase();
    return { ...peer, port, user, password, display: screen.display, certificateFingerprint };
  } catch (error) {
    await removeAll();
    throw error;
  }
}

async function authenticationArgs(
  authentication: 'none' | 'nla',
  directory: string,
  user: string,
  password: string,
): Promise<string[]> {
  if (authentication === 'none') return ['-auth'];
  const samFile = join(directory, 'sam');
  const { stdout, status, error } = spawnSync('winpr-hash', ['-u', user, '-p', password, '-f', 'sam']);
  if (status !== 0) throw new Error('winpr-hash failed', { cause: error });
  await writeFile(samFile, stdout, { mode: 0o600 });
  return ['+auth', '/sec:nla', `/sam-file:${samFile}`];
}
