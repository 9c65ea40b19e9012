// Opens the connection of one request: TCP, and where the host's certificate matters TLS, looked at before a byte of the request leaves.
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Secret } from '../../domain/secret';
import type { Place } from './gamestream-failures';

export interface TlsPlan {
  /** DER; the host must show exactly this one. Null: any is taken, and the caller looks at it afterwards. */
  readonly pinned: Buffer | null;
  /** This client's; hosts ask for it on the port that knows paired clients. */
  readonly client: { readonly certificatePem: string; readonly key: Secret } | null;
}

/** What `error` is called with when the host shows a certificate that isn't pinned. */
export class OtherCertificate extends Error {}

export interface Opening {
  readonly connected?: () => void;
  /** @param certificate what the host showed, DER; null over plain TCP */
  readonly ready: (socket: Socket, certificate: Buffer | null) => void;
  readonly error: (error: Error) => void;
}

/** After so much silence the system asks whether the host still lives, while it holds a request for minutes. */
const keepAliveMs = 10_000;

/** Destroying what is returned ends it at any time. */
export function openSocket(place: Place, tls: TlsPlan | null, opening: Opening): { destroy: () => void } {
  const socket = connectPlain({
    host: place.address,
    port: place.port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveMs,
    // Of a name's addresses, the first that answers: not the default on Node 18.
    autoSelectFamily: true,
  });
  let secured: TLSSocket | null = null;
  socket.on('error', opening.error);
  const closed = (): void => opening.error(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  socket.once('close', closed);
  // From then on the reader of the answer sees the end, and after all that came before it.
  const ready: Opening['ready'] = (usable, certificate) => {
    socket.off('close', closed);
    opening.ready(usable, certificate);
  };
  socket.once('connect', () => {
    opening.connected?.();
    if (tls === null) ready(socket, null);
    else secured = secure(socket, tls, { ...opening, ready });
  });
  return {
    destroy: () => {
      secured?.destroy();
      socket.destroy();
    },
  };
}

/**
 * Names, dates and chains mean nothing here: the host made its certificate itself, often with a wrong clock. Only the bytes
 * of pairing count, so they are compared here and Node's own check is off.
 */
function secure(socket: Socket, { pinned, client }: TlsPlan, { ready, error }: Opening): TLSSocket {
  const secured = connectTls({
    socket,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
    ...(client && { cert: client.certificatePem, key: client.key.reveal() }),
  });
  secured.on('error', error);
  secured.once('secureConnect', () => {
    const shown = (secured.getPeerCertificate(false) as { raw?: Buffer } | null)?.raw ?? null;
    if (shown === null || (pinned !== null && !shown.equals(pinned))) {
      secured.destroy();
      error(new OtherCertificate('the host shows another certificate'));
    } else ready(secured, shown);
  });
  return secured;
}
