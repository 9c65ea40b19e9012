// What the tests of the practice GameStream host share: a paired client, raw requests, and practice Moonlights that surely end.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request as secureRequest } from 'node:https';
import { connect as connectPlain, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { vi } from 'vitest';
import { makeIdentity, type Identity } from '../../../electron/practice/gamestream/certificate';
import type { GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { askSecure, queryOf, type SecureAccess, type XmlAnswer } from '../../../electron/practice/gamestream/moonlight-http';
import { pairWith, type PairingEnd } from '../../../electron/practice/gamestream/moonlight-pairing';
import { MoonlightSettings, settingsFile } from '../../../electron/practice/gamestream/moonlight-settings';

export function newIdentity(): Identity {
  return makeIdentity('NVIDIA GameStream Client', 'zero');
}

export type ServedHost = Pick<GameStreamServer, 'ports' | 'uniqueId' | 'name'>;

export function accessOf(server: ServedHost, identity: Identity, pinnedPem: string | null): SecureAccess {
  return { address: '127.0.0.1', httpPort: server.ports.http, httpsPort: server.ports.https, identity, pinnedPem };
}

/** @param enter types on the host; called when the client waits */
export async function pair(server: GameStreamServer, identity: Identity, pin: string, enteredPin = pin): Promise<PairingEnd> {
  const generation = 7;
  const attempt = pairWith({ address: '127.0.0.1', httpPort: server.ports.http, httpsPort: server.ports.https, identity, pin, generation });
  // Not before it waits: a session left behind by an aborted attempt would swallow the PIN.
  await vi.waitFor(async () => {
    const { state } = await server.order({ do: 'state' });
    if (state.waitingForPin === 0) throw new Error('nobody waits for a PIN');
  }, 5_000);
  await server.order({ do: 'pin', pin: enteredPin });
  return attempt;
}

export async function pairedAccess(server: GameStreamServer, identity = newIdentity()): Promise<SecureAccess> {
  const end = await pair(server, identity, '0042');
  if (end.kind !== 'paired') throw new Error(`not paired: ${end.kind}`);
  return accessOf(server, identity, end.certificatePem);
}

export function ask(access: SecureAccess, path: string, parameters: Readonly<Record<string, string | number>> = {}): Promise<XmlAnswer> {
  return askSecure(access, `${path}?${queryOf(parameters)}`, 10_000);
}

export const launchParameters = { rikeyid: 7, localAudioPlayMode: 0, mode: '640x400x30', corever: 1 } as const;

/** Everything the other side sends until it hangs up. */
export function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
    socket.once('error', reject);
    socket.once('close', () => resolve(text));
  });
}

export function rawPlain(port: number, bytes: string): Promise<string> {
  const socket = connectPlain(port, '127.0.0.1');
  socket.write(bytes);
  return readAll(socket);
}

/** Shakes hands and says nothing. */
export function silentTls(port: number, options: ConnectionOptions): Promise<string> {
  return readAll(connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }));
}

export interface RestAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export function rest(port: number, method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<RestAnswer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers, rejectUnauthorized: false, agent: false as const };
    const request = secureRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** Writes the Moonlight.conf that a paired Moonlight would have. @returns the directory for XDG_CONFIG_HOME */
export function writeSettings(directory: string, server: ServedHost, access: SecureAccess): string {
  const settings = new MoonlightSettings(settingsFile({ XDG_CONFIG_HOME: directory }, directory));
  settings.setIdentity(access.identity);
  const { name, uniqueId: uuid } = server;
  settings.keepHost({ name, uuid, address: access.address, port: access.httpPort, certificatePem: access.pinnedPem ?? '' });
  return directory;
}

export interface MoonlightExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class MoonlightProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<MoonlightExit>;
  stdout = '';
  stderr = '';

  constructor(script: string, args: readonly string[], configDirectory: string, environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: configDirectory,
      env: { ...process.env, XDG_CONFIG_HOME: configDirectory, ...environment },
    });
    this.child.stdout?.on('data', (bytes: Buffer) => (this.stdout += bytes.toString('utf8')));
    this.child.stderr?.on('data', (bytes: Buffer) => (this.stderr += bytes.toString('utf8')));
    this.exit = once(this.child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as NodeJS.Signals | null }));
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async sees(pattern: RegExp, withinMs = 15_000): Promise<void> {
    await vi.waitFor(
      () => {
        if (!pattern.test(this.stderr) && !pattern.test(this.stdout)) throw new Error(`no ${String(pattern)} in:\n${this.stdout}${this.stderr}`);
      },
      { timeout: withinMs, interval: 20 },
    );
  }

  /** Killed when it still runs, so that a failing test leaves nothing behind. */
  async end(): Promise<void> {
    if (this.alive) {
      this.child.kill('SIGCONT');
      this.child.kill('SIGKILL');
    }
    await this.exit;
  }
}

export function pemDirectory(directory: string): readonly [certificate: string, key: string] {
  return [join(directory, 'client.pem'), join(directory, 'key.pem')];
}
