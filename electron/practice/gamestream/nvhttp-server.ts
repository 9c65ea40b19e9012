// What the two ports of the GameStream HTTP interface: plain, and TLS with client certificates, do with a connection.
import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { answerNv, type NvHost } from './nvhttp-answers';
import { readHead, readTarget, replyBytes, sayLast, type NvReply, type NvRequest } from './nvhttp-wire';

export interface NvListeners {
  /** Take a connection that was just accepted. */
  readonly plain: (socket: Socket) => void;
  readonly secure: (socket: Socket) => void;
  /** After the host's certificate has changed. */
  readonly renewCertificate: () => void;
}

/** Sunshine's time limit for what it serves, the held pairing request among it; milliseconds. */
const holdLimitMs = 300_000;

export function createNvListeners(host: NvHost): NvListeners {
  const tlsOptions = (): { cert: string; key: string } => {
    const { certificatePem, keyPem } = host.core.parts.memory.identity;
    return { cert: certificatePem, key: keyPem };
  };
  const secure = createTlsServer({
    ...tlsOptions(),
    minVersion: 'TLSv1.2',
    requestCert: true,
    // Any certificate may finish the handshake; whether it is paired decides what comes after.
    rejectUnauthorized: false,
    // A resumed session would come without its certificate.
    secureOptions: constants.SSL_OP_NO_TICKET,
  });
  secure.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy());
    welcome(host, socket);
  });
  // A client that refuses our certificate, or shows none.
  secure.on('tlsClientError', (_error, socket) => socket.destroy());

  return {
    plain: (socket) => serve(host, socket, false, null),
    secure: (socket) => secure.emit('connection', socket),
    renewCertificate: () => secure.setSecureContext({ ...tlsOptions(), minVersion: 'TLSv1.2' }),
  };
}

/** Who isn't paired is told so before the request is read, as Sunshine does. */
function welcome(host: NvHost, socket: TLSSocket): void {
  const certificate = socket.getPeerCertificate(false) as { raw?: Buffer } | null;
  if (!certificate?.raw) {
    socket.destroy();
    return;
  }
  const client = host.core.parts.memory.clientOf(certificate.raw);
  if (client) {
    serve(host, socket, true, client.uuid);
    return;
  }
  host.core.parts.tell({ event: 'unauthorized' });
  const statusMessage = 'The client is not authorized. Certificate verification failed.';
  const reply: NvReply = { kind: 'xml', xml: { statusCode: 401, query: '', statusMessage } };
  sayLast(socket, replyBytes(reply, host.core.habits.malformed404));
}

function serve(host: NvHost, socket: Socket, secure: boolean, clientUuid: string | null): void {
  answer(host, socket, secure, clientUuid).catch((error: unknown) => {
    host.core.parts.tell({ event: 'trouble', message: error instanceof Error ? error.message : String(error) });
    socket.destroy();
  });
}

async function answer(host: NvHost, socket: Socket, secure: boolean, clientUuid: string | null): Promise<void> {
  const head = await readHead(socket);
  const target = head === null ? null : readTarget(head);
  // Vanished hosts read and say nothing.
  if (host.core.silent) return;
  if (target === null) {
    socket.destroy();
    return;
  }
  const hold = setTimeout(() => socket.destroy(), holdLimitMs);
  socket.once('close', () => clearTimeout(hold));
  socket.resume();
  const onLeave: NvRequest['onLeave'] = (listener) => socket.once('close', listener);
  const reply = await answerNv(host, { ...target, secure, clientUuid, socket, onLeave });
  if (socket.destroyed || host.core.silent) return;
  const bytes = replyBytes(reply, host.core.habits.malformed404);
  if (bytes.length === 0) socket.destroy();
  else sayLast(socket, bytes);
}
