// One HTTP request to a GameStream host, on a connection of its own: with time and size limits, and never through a proxy.
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { failure, success, type Failure, type Result } from '../../common/result';
import type { Clock, Disposable } from '../../domain/clock';
import type { CancelSignal } from '../../domain/hosts/gamestream-host';
import {
  asFailure,
  badAnswer,
  cancelled,
  certificateChanged,
  closedEarly,
  notConnected,
  notInTime,
  type Place,
} from './gamestream-failures';
import { openSocket, OtherCertificate, type TlsPlan } from './open-socket';

export interface Question {
  readonly place: Place;
  readonly method?: 'GET' | 'POST';
  /** With its query. It may hold what nobody else should see: it is never logged. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly tls: TlsPlan | null;
  /** From the connection on; null: as long as the host takes. */
  readonly limitMs: number | null;
  readonly limitBytes: number;
  readonly cancel?: CancelSignal | undefined;
}

export interface RawAnswer {
  readonly httpStatus: number;
  readonly body: Buffer;
  /** The certificate the host showed, DER; null over plain HTTP. */
  readonly certificate: Buffer | null;
}

/** How long a host may take to accept a connection and shake hands; milliseconds. */
export const connectLimitMs = 5_000;

/** Never throws and never rejects. */
export function ask(question: Question, clock: Clock): Promise<Result<RawAnswer>> {
  return new Promise((resolve) => {
    new Exchange(question, clock, resolve).start();
  });
}

class Exchange {
  #timer: Disposable | null = null;
  #connection: { destroy: () => void } | null = null;
  #request: ClientRequest | null = null;
  #done = false;
  readonly #cancel = (): void => this.#fail(cancelled());

  constructor(
    private readonly question: Question,
    private readonly clock: Clock,
    private readonly answer: (result: Result<RawAnswer>) => void,
  ) {}

  start(): void {
    const { place, tls, cancel } = this.question;
    if (cancel?.aborted) {
      this.#cancel();
      return;
    }
    cancel?.addEventListener('abort', this.#cancel);
    const connectMs = Math.min(connectLimitMs, this.question.limitMs ?? connectLimitMs);
    this.#timer = this.clock.after(connectMs, () => this.#fail(notConnected(place, connectMs)));
    this.#connection = openSocket(place, tls, {
      // A host that accepts and then says nothing is another trouble than one that can't be reached.
      connected: () => this.#limit(this.question.limitMs ?? connectLimitMs),
      ready: (socket, certificate) => this.#ask(socket, certificate),
      error: (error) => this.#failWith(error),
    });
  }

  #limit(limitMs: number | null): void {
    this.#timer?.dispose();
    this.#timer = limitMs === null ? null : this.clock.after(limitMs, () => this.#fail(notInTime(this.question.place, limitMs)));
  }

  #ask(socket: Socket, certificate: Buffer | null): void {
    const { place, method = 'GET', path, headers, body, limitMs } = this.question;
    if (this.#done) return;
    if (limitMs === null) this.#limit(null);
    const address = place.address.replace(/%.*$/, '');
    const host = `${isIPv6(address) ? `[${address}]` : address}:${place.port}`;
    // A socket of our own, so no agent: nothing is kept alive, and no proxy of the system comes in.
    const request = httpRequest({ method, path, headers: { ...headers, Host: host }, createConnection: () => socket });
    this.#request = request;
    request.on('error', (error) => this.#failWith(error));
    request.on('response', (response) => this.#read(response, certificate));
    request.once('close', () => this.#fail(closedEarly(place)));
    request.end(body);
  }

  #read(response: IncomingMessage, certificate: Buffer | null): void {
    const { place, limitBytes } = this.question;
    const tooLong = (): void => this.#fail(badAnswer(place, `more than ${Math.round(limitBytes / 1_024)} KiB`));
    const parts: Buffer[] = [];
    let size = 0;
    if (Number(response.headers['content-length'] ?? 0) > limitBytes) {
      tooLong();
      return;
    }
    response.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limitBytes) tooLong();
      else parts.push(part);
    });
    response.on('error', (error) => this.#failWith(error));
    response.once('end', () => {
      if (!response.complete) this.#fail(closedEarly(place));
      else this.#finish(success({ httpStatus: response.statusCode ?? 0, body: Buffer.concat(parts), certificate }));
    });
  }

  #failWith(error: Error & { code?: unknown }): void {
    const { place } = this.question;
    if (error instanceof OtherCertificate) this.#fail(certificateChanged(place));
    else if (isSunshinesNotFound(error)) this.#finish(success({ httpStatus: 404, body: Buffer.alloc(0), certificate: null }));
    else this.#fail(asFailure(place, error));
  }

  #fail(why: Failure): void {
    this.#finish(failure(why.kind, why.message, why.advice));
  }

  #finish(result: Result<RawAnswer>): void {
    if (this.#done) return;
    this.#done = true;
    this.#timer?.dispose();
    this.question.cancel?.removeEventListener('abort', this.#cancel);
    this.#request?.destroy();
    this.#connection?.destroy();
    this.answer(result);
  }
}

/**
 * Sunshine answers an unknown path with a whole reply, a second status line and the same body again; Node's parser stops
 * at the second status line before it hands out the first reply.
 */
function isSunshinesNotFound(error: Error & { code?: unknown; rawPacket?: unknown }): boolean {
  if (typeof error.code !== 'string' || !error.code.startsWith('HPE_')) return false;
  const { rawPacket } = error;
  return Buffer.isBuffer(rawPacket) && /^HTTP\/1\.1 200 [^]*<root status_code="404"[^]*\r?\n?HTTP\/1\.1 404/i.test(rawPacket.toString('latin1', 0, 4_096));
}
