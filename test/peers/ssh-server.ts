// A real sshd on loopback with keys of its own, into which the user who runs the tests can log in by key.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { untilListening } from './listening';
import { findFreePort, waitForGreeting } from './loopback-port';
import { readyOrStop, startPeerProcess, type Peer } from './peer-process';

export interface SshServer extends Peer {
  readonly port: number;
  /** The one user who may log in: the user who runs the tests. */
  readonly user: string;
  readonly privateKeyFile: string;
  /** OpenSSH format, no passphrase. */
  readonly privateKey: string;
  /** As `ssh-keygen -lf` prints it: "SHA256:" and base64 without padding. */
  readonly hostKeyFingerprint: string;
  readonly knownHostsFile: string;
}

export interface SshServerOptions {
  /** Fixed when a test brings the server back on the port a client knows; otherwise a free one. */
  readonly port?: number;
  /** Keeps host and client key across restarts; without it each start makes new ones. Never removed by the peer. */
  readonly stateDirectory?: string;
  /** What programs started over SSH see in their environment; without blanks. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs it in another network namespace, with an address there that this one reaches; absent: 127.0.0.1 here. */
  readonly elsewhere?: {
    readonly inThere: readonly [file: string, ...leading: string[]];
    readonly address: string;
    /** What else clients know it by. With it, it listens on all its addresses, and need not be within reach from here. */
    readonly aliases?: readonly string[];
  };
}

const run = promisify(execFile);

/** Starts sshd on 127.0.0.1 with an ed25519 host key, public key authentication only, and waits for its banner. */
export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const port = options.port ?? (await findFreePort());
  const directory = options.stateDirectory ?? (await mkdtemp(join(tmpdir(), 'athena-ssh-')));
  const removeDirectory = async (): Promise<void> => {
    if (options.stateDirectory === undefined) await rm(directory, { recursive: true, force: true });
  };

  try {
    const hostKeyFile = await ensureKey(directory, 'host_ed25519');
    const privateKeyFile = await ensureKey(directory, 'client_ed25519');
    const authorizedKeysFile = join(directory, 'authorized_keys');
    await copyFile(`${privateKeyFile}.pub`, authorizedKeysFile);
    await chmod(authorizedKeysFile, 0o600);
    const user = userInfo().username;
    const configFile = join(directory, 'sshd_config');
    const address = options.elsewhere?.address ?? '127.0.0.1';
    const aliases = options.elsewhere?.aliases;
    await writeFile(configFile, serverConfig({ address: aliases ? '0.0.0.0' : address, port, hostKeyFile, authorizedKeysFile, user, environment: options.environment ?? {} }));
    const hostPublicKey = await readFile(`${hostKeyFile}.pub`, 'utf8');
    const [keyType = '', keyBase64 = ''] = hostPublicKey.split(' ');
    const knownHostsFile = join(directory, 'known_hosts');
    const lines = [address, ...(aliases ?? [])].map((name) => `${port === 22 ? name : `[${name}]:${port}`} ${keyType} ${keyBase64}\n`);
    await writeFile(knownHostsFile, lines.join(''));

    // sshd refuses to start as root without this directory, which Debian's init script makes at boot.
    if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
    // The absolute path is sshd's own demand: it re-executes itself for each connection.
    const [command, ...args] = [...(options.elsewhere?.inThere ?? []), '/usr/sbin/sshd', '-D', '-e', '-f', configFile] as const;
    const server = await startPeerProcess({ command, args });
    const peer: Peer = {
      ...server,
      stop: async () => {
        await server.stop();
        await removeDirectory();
      },
    };
    await readyOrStop('sshd', peer, () =>
      aliases ? untilListening('sshd', server, port) : waitForGreeting(port, { expectPrefix: 'SSH-2.0-', address }, server.isAlive),
    );
    return {
      ...peer,
      port,
      user,
      privateKeyFile,
      privateKey: await readFile(privateKeyFile, 'utf8'),
      hostKeyFingerprint: fingerprint(keyBase64),
      knownHostsFile,
    };
  } catch (error) {
    await removeDirectory();
    throw error;
  }
}

async function ensureKey(directory: string, name: string): Promise<string> {
  const file = join(directory, name);
  try {
    await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'athena-test', '-f', file]);
  }
  return file;
}

function fingerprint(keyBase64: string): string {
  const digest = createHash('sha256').update(Buffer.from(keyBase64, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

interface ServerConfig {
  readonly address: string;
  readonly port: number;
  readonly hostKeyFile: string;
  readonly authorizedKeysFile: string;
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
}

function serverConfig({ address, port, hostKeyFile, authorizedKeysFile, user, environment }: ServerConfig): string {
  return [
    `Port ${port}`,
    `ListenAddress ${address}`,
    `HostKey ${hostKeyFile}`,
    `AuthorizedKeysFile ${authorizedKeysFile}`,
    `AllowUsers ${user}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no', // the keys lie below a temporary directory others may write to
    'PidFile none',
    'MaxStartups 100', // a test may open many connections at once
    'LogLevel VERBOSE',
    // One line: of several sshd takes the first.
    ...(Object.keys(environment).length === 0 ? [] : [`SetEnv ${Object.entries(environment).map(([name, value]) => `${name}=${value}`).join(' ')}`]),
    '',
  ].join('\n');
}
