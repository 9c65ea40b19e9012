// The GameStream calls of this client: the common parameters, plain or pinned TLS, and the outcome the host wrote into its XML.
import { randomBytes } from 'node:crypto';
import { failure, success, type Failure, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { CancelSignal } from '../../domain/hosts/gamestream-host';
import { answerLimitBytes, readXmlAnswer, type XmlAnswer } from './answer-xml';
import type { ClientIdentity } from './client-identity';
import { badAnswer, refusedWith, type Place } from './gamestream-failures';
import { ask, type Question, type RawAnswer } from './nvhttp';

/** How the oldest clients all call themselves; good for questions that need no identity. */
export const anybody = '0123456789ABCDEF';

export interface CallOptions {
  readonly uniqueId?: string;
  readonly limitMs?: number | null;
  readonly limitBytes?: number;
  readonly cancel?: CancelSignal | undefined;
}

export interface PinnedHost {
  /** The TLS port. */
  readonly place: Place;
  /** DER. */
  readonly certificate: Buffer;
  readonly identity: ClientIdentity;
}

export type Parameters = Readonly<Record<string, string | number>>;

/** As Moonlight has it, except for launches, quitting and the first step of pairing; milliseconds. */
export const requestLimitMs = 5_000;

export class NvClient {
  constructor(private readonly clock: Clock) {}

  plain(place: Place, path: string, parameters: Parameters, options: CallOptions = {}): Promise<Result<XmlAnswer>> {
    return this.#call({ place, tls: null }, path, parameters, options);
  }

  secure(host: PinnedHost, path: string, parameters: Parameters, options: CallOptions = {}): Promise<Result<XmlAnswer>> {
    const { place, certificate, identity } = host;
    return this.#call({ place, tls: { pinned: certificate, client: identity } }, path, parameters, { uniqueId: identity.uniqueId, ...options });
  }

  /** For what isn't XML: the body as it came. */
  secureRaw({ place, certificate, identity }: PinnedHost, path: string, parameters: Parameters, options: CallOptions): Promise<Result<RawAnswer>> {
    const tls = { pinned: certificate, client: identity };
    return ask(this.#question({ place, tls }, path, parameters, { uniqueId: identity.uniqueId, ...options }), this.clock);
  }

  async #call(to: Pick<Question, 'place' | 'tls'>, path: string, parameters: Parameters, options: CallOptions): Promise<Result<XmlAnswer>> {
    const raw = await ask(this.#question(to, path, parameters, options), this.clock);
    return raw.ok ? readOutcome(raw.value, options.limitBytes ?? answerLimitBytes, to.place) : raw;
  }

  #question({ place, tls }: Pick<Question, 'place' | 'tls'>, path: string, parameters: Parameters, options: CallOptions): Question {
    const { uniqueId = anybody, limitMs = requestLimitMs, limitBytes = answerLimitBytes, cancel } = options;
    // The second is new each time so that no cache answers.
    const all = { uniqueid: uniqueId, uuid: randomBytes(16).toString('hex'), ...parameters };
    const query = new URLSearchParams(Object.entries(all).map(([name, value]): [string, string] => [name, String(value)]));
    return { place, tls, path: `${path}?${query.toString()}`, limitMs, limitBytes, cancel };
  }
}

/**
 * The host's XML tells the outcome, whatever HTTP says; only without XML does the HTTP status count.
 * @returns the answer whatever its status is
 */
export function readOutcome({ httpStatus, body }: RawAnswer, limitBytes: number, place: Place): Result<XmlAnswer> {
  const read = readXmlAnswer(body, limitBytes, place);
  if (read.ok || httpStatus === 200) return read;
  if (httpStatus === 401 || httpStatus === 404 || httpStatus === 503) {
    const root = { name: 'root', attributes: new Map(), children: [], text: '' };
    return success({ statusCode: httpStatus, statusMessage: '', root });
  }
  return refusal(badAnswer(place, `with HTTP status ${httpStatus}`));
}

/** Lets nothing but success through. */
export function accepted(answer: Result<XmlAnswer>, place: Place): Result<XmlAnswer> {
  if (!answer.ok || answer.value.statusCode === 200) return answer;
  return refusal(refusedWith(place, answer.value.statusCode, answer.value.statusMessage));
}

export function refusal({ kind, message, advice }: Failure): Result<never> {
  return failure(kind, message, advice);
}
