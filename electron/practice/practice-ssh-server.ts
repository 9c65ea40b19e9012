// A real SSH server on loopback for one user with one key, so that the practice run pauses its game as it would anywhere.
import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { Server, type AuthContext, type Connection, type ParsedKey, type Session } from 'ssh2';
import type { PracticeShells } from './practice-shells';

export interface PracticeSshServer {
  readonly port: number;
  /** Closes the port, every connection, and every command that runs. */
  stop(): Promise<void>;
}

export interface PracticeSshOptions {
  readonly user: string;
  /** OpenSSH private key file. */
  readonly hostKey: string;
  readonly clientKey: ParsedKey;
  readonly shells: PracticeShells;
}

export async function startPracticeSshServer(options: PracticeSshOptions): Promise<PracticeSshServer> {
  const sockets = new Set<Socket>();
  const server = new Server({ hostKeys: [options.hostKey] }, (connection) => serve(connection, options));
  // ssh2's own listener leaves Nagle's algorithm on, which holds a short answer back for up to 40 ms.
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    server.injectSocket(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await options.shells.stop();
      await closed;
    },
  };
}

function serve(connection: Connection, { user, clientKey, shells }: PracticeSshOptions): void {
  // A client that breaks off is no news; ssh2 wants somebody to hear it.
  connection.on('error', () => connection.end());
  connection.on('authentication', (context) => {
    if (mayLogIn(context, user, clientKey)) context.accept();
    else context.reject(['publickey']);
  });
  connection.on('ready', () => {
    connection.on('session', (accept) => serveSession(accept(), shells));
  });
}

/** RFC 4252 §7: first the client may ask whether a key would do (no signature), then it proves that it holds it. */
function mayLogIn(context: AuthContext, user: string, clientKey: ParsedKey): boolean {
  if (context.method !== 'publickey' || context.username !== user) return false;
  const wanted = clientKey.getPublicSSH();
  const given = context.key.data;
  if (context.key.algo !== clientKey.type || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
  if (context.signature === undefined || context.blob === undefined) return true;
  return clientKey.verify(context.blob, context.signature, context.hashAlgo) === true;
}

function serveSession(session: Session, shells: PracticeShells): void {
  session.on('exec', (accept, _reject, { command }) => shells.run(accept(), ['-c', command]));
  session.on('shell', (accept) => shells.run(accept(), []));
}
