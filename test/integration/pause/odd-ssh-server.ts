// An SSH server in the test's own hand, for hosts that behave in ways sshd never does.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { ServerChannel } from 'ssh2';

export interface OddSshServer {
  readonly port: number;
  readonly user: string;
  /** Any key may log in. */
  readonly privateKeyFile: string;
  /** Lines for a known_hosts file, one a host key. */
  readonly knownHosts: readonly string[];
  /** How many connections were made so far. */
  connections(): number;
  stop(): Promise<void>;
}

export interface OddSshOptions {
  readonly hostKeys?: readonly ('rsa' | 'ed25519')[];
  /** Answers a command; without it nothing is ever answered. */
  readonly serve?: (channel: ServerChannel, command: string) => void;
  readonly mayLogIn?: boolean;
}

export async function startOddSshServer({ hostKeys = ['ed25519'], serve, mayLogIn = true }: OddSshOptions): Promise<OddSshServer> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-odd-'));
  const keys = hostKeys.map((type) =>
    type === 'rsa' ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }) : ssh2.utils.generateKeyPairSync('ed25519'),
  );
  const privateKeyFile = join(directory, 'client');
  await writeFile(privateKeyFile, ssh2.utils.generateKeyPairSync('ed25519').private, { mode: 0o600 });
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = new ssh2.Server({ hostKeys: keys.map((key) => key.private) }, (client) => {
    client.on('error', () => client.end());
    client.on('authentication', (context) => {
      if (mayLogIn && context.method === 'publickey') context.accept();
      else context.reject(['publickey']);
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptCommand, _reject, { command }) => {
        const channel = acceptCommand();
        channel.on('error', () => channel.destroy());
        serve?.(channel, command);
      });
    });
  });
  const listener = createServer({ noDelay: true }, (socket) => {
    connections++;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    server.injectSocket(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    user: 'anybody',
    privateKeyFile,
    knownHosts: keys.map((key) => `[127.0.0.1]:${port} ${key.public.split(' ').slice(0, 2).join(' ')}`),
    connections: () => connections,
    stop: async () => {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Runs a shell behind a channel, as sshd would. @param as a user id, when the tests run as root */
export function shellBehind(channel: ServerChannel, command: readonly string[], as?: number): ChildProcess {
  const [file = 'sh', ...args] = command;
  const child = spawn(file, args, { stdio: 'pipe', cwd: '/', ...(as === undefined ? {} : { uid: as, gid: as }) });
  channel.pipe(child.stdin);
  child.stdin.on('error', () => channel.unpipe(child.stdin));
  child.stdout.pipe(channel);
  child.stderr.pipe(channel.stderr);
  child.on('error', () => channel.close());
  channel.on('close', () => child.kill('SIGKILL'));
  return child;
}

export const noise = (bytes: number): Buffer => randomBytes(bytes);
