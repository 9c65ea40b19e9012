// One HTTP question with a limit: the certificate is checked before a word, and so before a secret, goes out.
import { request } from 'node:http';
import { connect as connectPlainly, isIP, type Socket } from 'node:net';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import { failure, success, type Result } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';

export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for everything. */
  readonly limitMs: number;
  /** SHA-256 in hex with colons; absent: the certificate must be trusted by this machine, and bear the name. */
  readonly fingerprint?: string;
  /** Certificates (PEM) that are trusted too; for tests. */
  readonly extraCa?: string;
  /** For messages: "the Proxmox host". */
  readonly whom: string;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** More is no answer to any question of ours, in bytes. */
const longestAnswer = 1_000_000;

export function askOverHttp(question: HttpQuestion): Promise<Result<HttpAnswer, ControlFailure>> {
  const { method, url, headers, body, limitMs, whom, signal } = question;
  return new Promise((resolve) => {
    const state: { socket: Socket | null } = { socket: null };
    const finish = (result: Result<HttpAnswer, ControlFailure>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      state.socket?.destroy();
      resolve(result);
    };
    const cancel = (): void => finish(failure('cancelled', `The question to ${whom} was given up.`, 'Try again.'));
    const timer = setTimeout(
      () => finish(failure('timed-out', `${capital(whom)} did not answer within ${limitMs / 1_000} s.`, 'Check that it is on and not overloaded, then try again.')),
      limitMs,
    );
    if (signal.aborted) {
      cancel();
      return;
    }
    signal.addEventListener('abort', cancel);
    const broken = (error: NodeJS.ErrnoException): void => finish({ ok: false, failure: notReached(question, error) });
    const send = (socket: Socket): void => {
      const sent = request({
        createConnection: () => socket,
        method,
        host: url.hostname,
        port: socket.remotePort,
        path: `${url.pathname}${url.search}`,
        headers: { ...headers, connection: 'close', ...(method === 'POST' && { 'content-length': Buffer.byteLength(body) }) },
      });
      sent.on('error', broken);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('error', broken);
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > longestAnswer) finish(failure('bad-answer', `${capital(whom)} sent far more than an answer.`, 'Check the address.'));
        });
        response.on('end', () =>
          finish(success({ status: response.statusCode ?? 0, location: response.headers.location ?? null, body: Buffer.concat(chunks).toString('utf8') })),
        );
      });
      sent.end(method === 'POST' ? body : undefined);
    };

    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol === 'http:') {
      const socket = connectPlainly({ host, port: Number(url.port || '80') });
      state.socket = socket;
      socket.once('connect', () => send(socket));
      socket.on('error', broken);
      return;
    }
    const pinned = question.fingerprint !== undefined;
    const socket: TLSSocket = connectSecurely({
      host,
      port: Number(url.port || '443'),
      // Pinned: the certificate itself is compared, whoever signed it.
      rejectUnauthorized: !pinned,
      ...(isIP(host) === 0 && { servername: host }),
      ...(question.extraCa !== undefined && { ca: question.extraCa }),
    });
    state.socket = socket;
    socket.on('error', broken);
    socket.once('secureConnect', () => {
      const seen = socket.getPeerCertificate().fingerprint256;
      if (pinned && seen.toUpperCase() !== question.fingerprint?.toUpperCase()) {
        finish(
          failure(
            'certificate-changed',
            `${capital(whom)} shows another certificate than the one you vouched for: ${seen}.`,
            'If you know why it changed, put the new fingerprint into this entry; otherwise someone may be listening in.',
          ),
        );
      } else send(socket);
    });
  });
}

/** Of OpenSSL and Node: nobody this machine trusts has signed it, or it is for another name. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function notReached({ whom, url }: HttpQuestion, error: NodeJS.ErrnoException): ControlFailure {
  const where = url.host;
  if (untrusted.has(error.code ?? '')) {
    return failure(
      'certificate-changed',
      `This machine does not trust the certificate of ${whom} at ${where} (${error.code ?? ''}).`,
      'Compare its SHA-256 fingerprint on that machine ("openssl x509 -noout -fingerprint -sha256 -in" its certificate), and put it into this entry; or let a known authority sign it.',
    ).failure;
  }
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure('host-unreachable', `No address is known for the name ${url.hostname}.`, 'Correct the address in this entry.').failure;
    case 'ECONNREFUSED':
      return failure('host-unreachable', `Nothing answers at ${where}.`, 'Check the address and the port, and that the service runs.').failure;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return failure('host-unreachable', `${capital(whom)} can't be reached at ${where}.`, 'Check that it is on and in the same network.').failure;
    default:
      return failure(
        'bad-answer',
        `${capital(whom)} at ${where} broke off (${(error.code ?? error.message).slice(0, 80)}).`,
        'Check that this address speaks HTTP as it says, and try again.',
      ).failure;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
