// Opens one SSH connection to a host, after its key was checked, with one shell that stays.
import { Socket } from 'node:net';
import type { AnyAuthMethod, Client, ClientChannel, ClientErrorExtensions, ServerHostKeyAlgorithm } from 'ssh2';
import { failure, success, type Result } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';
import { judgeKey, knownHostName, knownKeyTypes, type KnownHostLine } from './known-hosts';
import { LinuxHost } from './linux-host';
import { RemoteShell } from './remote-shell';
import { closedEarly, logInRefused, notAccepted, notConnected, notInTime, shellFailed, type SshHost } from './ssh-failures';
import type { LogInKeys } from './ssh-keys';

export interface ConnectionInputs {
  readonly host: SshHost;
  readonly knownHosts: readonly KnownHostLine[];
  readonly keys: LogInKeys;
  /** Milliseconds for everything: connecting, checking the key, logging in, starting the shell. */
  readonly limitMs: number;
  /** Called with a key nobody has vouched for, in wire format, before the connection is given up. */
  readonly onUnknownKey: (name: string, key: Buffer) => void;
  /** Aborted: the connection, also one that is still being made, is closed. */
  readonly signal: AbortSignal;
}

/** Keeps routers from forgetting the connection, and lets one whose other end is gone be known as dead within 15 s. */
const keepaliveIntervalMs = 5_000;
const keepaliveMisses = 2;

/** Of the algorithms ssh2 knows, all but those with SHA-1 and DSA, which OpenSSH has switched off too. */
const algorithmsOf: ReadonlyMap<string, readonly ServerHostKeyAlgorithm[]> = new Map([
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
]);

/**
 * The command the host's login shell is asked to run. Constant, and understood by fish and csh too: what Athena wants is
 * said to the POSIX shell that takes its place.
 */
const shellCommand = 'exec sh';

/** A connection whose first shell is ready for orders. */
export interface SshLine {
  readonly linux: LinuxHost;
  /** One more `sh` on the host, which nothing was said to yet. Resolves with the reason in words when it can't be had. */
  openShell(): Promise<Result<ClientChannel, ControlFailure>>;
  /** Ends the connection at once, without waiting for the host. */
  destroy(): void;
}

/** Resolves with a host that is ready for orders, or with the reason in words. */
export async function openConnection(inputs: ConnectionInputs): Promise<Result<LinuxHost, ControlFailure>> {
  const opened = await openLine(inputs);
  return opened.ok ? success(opened.value.linux) : opened;
}

/** As `openConnection`, for those who need more than one shell. */
export function openLine(inputs: ConnectionInputs): Promise<Result<SshLine, ControlFailure>> {
  const { host, limitMs, signal } = inputs;
  return openSession(inputs, async ({ client, destroy, leftMs }) => {
    const channel = await openChannel(client, host, shellCommand);
    if (!channel.ok) return channel;
    const shell = new RemoteShell({ input: channel.value, output: channel.value, destroy });
    const prepared = await LinuxHost.prepare(shell, leftMs());
    if (prepared.ok) return success({ linux: prepared.value, openShell: () => openChannel(client, host, shellCommand), destroy });
    if (prepared.failure.kind === 'refused') return { ok: false, failure: prepared.failure.failure };
    return { ok: false, failure: signal.aborted ? cancelled(host) : shellFailed(host, prepared.failure.fault, true, limitMs) };
  });
}

/** An SSH connection that is logged in. */
export interface SshSession {
  readonly client: Client;
  /** Ends the connection at once, without waiting for the host. What was not sent yet may still be delivered when the network is back. */
  readonly destroy: () => void;
  /** The same, but nothing is delivered any more; where the network is gone, not even that it is over. */
  readonly reset: () => void;
  /** Of the limit for everything, at least 1. */
  readonly leftMs: () => number;
}

/**
 * Logs in, and lets `start` begin what is wanted of the connection, all within the limit.
 * @param start when it fails, or comes too late, the connection is ended
 */
export async function openSession<T>(
  inputs: ConnectionInputs,
  start: (session: SshSession) => Promise<Result<T, ControlFailure>>,
): Promise<Result<T, ControlFailure>> {
  const { host, knownHosts, keys, limitMs, onUnknownKey, signal } = inputs;
  const sshAddress = { address: host.address, port: host.ssh.port };
  const startedMs = performance.now();
  // With the first connection: at the start, everybody would wait for what few need at once.
  const { default: ssh2 } = await import('ssh2');
  if (signal.aborted) return { ok: false, failure: cancelled(host) };
  return new Promise((resolve) => {
    const client = new ssh2.Client();
    // Its own socket, because ssh2 can't destroy one that was ended already.
    const socket = new Socket();
    let doing = 'connecting';
    let refusal: ControlFailure | null = null;

    const destroy = (): void => {
      signal.removeEventListener('abort', destroy);
      // The system goes on telling the host that it is over: its sshd would keep shells for hours otherwise.
      socket.destroy();
    };
    const reset = (): void => {
      signal.removeEventListener('abort', destroy);
      if (socket.destroyed || socket.pending) socket.destroy();
      else socket.resetAndDestroy();
    };
    const finish = (result: Result<T, ControlFailure>): void => {
      clearTimeout(timer);
      if (!result.ok) destroy();
      resolve(result);
    };
    const fail = (failed: ControlFailure): void => finish({ ok: false, failure: failed });
    const timer = setTimeout(() => fail(notInTime(host, doing, limitMs)), limitMs);
    signal.addEventListener('abort', destroy);

    // Stays for good: an error of a broken connection that nobody listens to would end Athena.
    client.on('error', (error: Error & ClientErrorExtensions) => {
      if (refusal) fail(refusal);
      else if (error.level === 'agent') doing = 'asking the SSH agent';
      else if (error.level === 'client-authentication') {
        if (error.message.startsWith('All configured')) fail(logInRefused(host, keys));
      } else if (doing === 'logging in' && /authentication/i.test(error.message)) fail(logInRefused(host, keys));
      else fail(notConnected(host, error));
    });
    client.on('close', () => {
      if (signal.aborted) fail(cancelled(host));
      else fail(refusal ?? closedEarly(host, ''));
      destroy();
    });
    client.on('handshake', () => {
      doing = 'logging in';
    });
    client.on('ready', () => {
      doing = 'starting a shell';
      const leftMs = (): number => Math.max(1, limitMs - (performance.now() - startedMs));
      void start({ client, destroy, reset, leftMs }).then(finish);
    });

    client.connect({
      sock: socket,
      username: host.ssh.user,
      authHandler: [...keys.methods] as AnyAuthMethod[],
      hostVerifier: (key: Buffer): boolean => {
        const verdict = judgeKey(knownHosts, sshAddress, key);
        if (verdict.kind === 'known') return true;
        if (verdict.kind === 'unknown') onUnknownKey(knownHostName(sshAddress), key);
        refusal = notAccepted(host, key, verdict);
        return false;
      },
      algorithms: { serverHostKey: hostKeyAlgorithms(knownKeyTypes(knownHosts, sshAddress)) },
      readyTimeout: 0,
      keepaliveInterval: keepaliveIntervalMs,
      keepaliveCountMax: keepaliveMisses,
    });
    // Nagle's algorithm costs a pause 40 ms.
    socket.setNoDelay(true);
    socket.connect({ host: host.address, port: host.ssh.port });
  });
}

/**
 * Lets the user's login shell on the host run a command. What the command prints to its standard error is dropped.
 * @param command a constant: it is read by a shell nobody knows
 */
export function openChannel(client: Client, host: SshHost, command: string): Promise<Result<ClientChannel, ControlFailure>> {
  return new Promise((resolve) => {
    const onClose = (): void => resolve(failure('io', `${host.name} closed the SSH connection.`, 'Try again.'));
    client.once('close', onClose);
    try {
      client.exec(command, (error, channel) => {
        client.removeListener('close', onClose);
        if (error) {
          resolve({ ok: false, failure: shellFailed(host, { kind: 'closed', stray: error.message }, true, 0) });
          return;
        }
        channel.stderr.resume();
        // An error of the channel comes with its close; its reader reacts to that.
        channel.on('error', () => channel.destroy());
        resolve(success(channel));
      });
    } catch {
      // ssh2 throws where its socket was closed already.
      onClose();
    }
  });
}

/** Key types that are known for the host come first, as OpenSSH does it: it may have others that nobody vouched for. */
function hostKeyAlgorithms(knownTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const known = knownTypes.flatMap((type) => algorithmsOf.get(type) ?? []);
  return [...new Set([...known, ...[...algorithmsOf.values()].flat()])];
}

function cancelled(host: SshHost): ControlFailure {
  return { kind: 'cancelled', message: `The SSH connection to ${host.name} was closed by Athena.`, advice: 'Connect again.' };
}
