// Pairing with a GameStream host: five questions, between which both sides prove that they know the PIN and own their certificates.
import { randomBytes } from 'node:crypto';
import { success, type Failure, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { CancelSignal, PairingRequest, ServerInfo } from '../../domain/hosts/gamestream-host';
import type { Log } from '../../domain/log';
import { childText, type XmlAnswer } from './answer-xml';
import { pemOf, readCertificate, type ReadCertificate } from './certificate-der';
import type { ClientIdentity } from './client-identity';
import { badAnswer, cancelled, type Place } from './gamestream-failures';
import { refusal, requestLimitMs, type NvClient, type Parameters } from './nv-client';
import {
  blockBytes,
  clientPairingSecret,
  clientResponse,
  encipher,
  hashFor,
  isSignedBy,
  openHostChallenge,
  pairingKey,
  provesPin,
  readHex,
  readHostSecret,
  type HostChallenge,
  type PairingHash,
} from './pairing-crypto';
import { manInTheMiddle, nobodyTyped, pairingInProgress, pinNotTaken, refusedAtStep, wrongPin } from './pairing-failures';
import { deliverPin, pause } from './pin-delivery';
import { webPlace } from './sunshine-rest';

export interface PairingParts {
  readonly nv: NvClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: ClientIdentity;
  /** Only a test with a recorded exchange brings its own. */
  readonly random?: (bytes: number) => Buffer;
  /** A little longer than the 300 s for which Sunshine holds the first question; milliseconds. */
  readonly pinLimitMs?: number;
}

/** What the host gave, proved by all checks; DER. */
export type PairedCertificate = Buffer;

const certificateBytes = 16_384;
const replyBytes = 4_096;
const usualPinLimitMs = 310_000;
/** A host that hangs up on the first question after this was waiting for the PIN all the time. */
const heldMs = 290_000;
/** From the host's "PIN taken" to its answer for us. */
const afterPinMs = 10_000;
const tidyLimitMs = 2_000;
/** Constants that every client sends and nobody checks. */
const customs = { devicename: 'roth', updateState: 1 } as const;

export class Pairing {
  readonly #parts: PairingParts;
  readonly #request: PairingRequest;
  readonly #info: ServerInfo;
  readonly #place: Place;
  readonly #hash: PairingHash;
  readonly #random: (bytes: number) => Buffer;
  /** The last step the host has answered; it keeps a session from then until step 4. */
  #answered = 0;

  /** @param info of this host, asked just now */
  constructor(parts: PairingParts, request: PairingRequest, info: ServerInfo) {
    this.#parts = parts;
    this.#request = request;
    this.#info = info;
    this.#place = { address: request.address, port: request.httpPort };
    this.#hash = hashFor(info.generation);
    this.#random = parts.random ?? randomBytes;
  }

  /** Nothing stays behind on the host that would disturb the next attempt, as far as the host can be reached. */
  async run(): Promise<Result<PairedCertificate>> {
    const paired = await this.#steps();
    if (!paired.ok) await this.#tidyUp(paired.failure);
    return paired;
  }

  async #steps(): Promise<Result<PairedCertificate>> {
    const { identity } = this.#parts;
    const own = readCertificate(identity.certificatePem);
    if (own === null) throw new Error("this client's certificate is none");
    const salt = this.#random(blockBytes);

    const host = await this.#certificate(salt);
    if (!host.ok) return host;
    const key = pairingKey(this.#hash, salt, this.#request.pin);

    const challenge = this.#random(blockBytes);
    const hostChallenge = await this.#challenge(key, challenge);
    if (!hostChallenge.ok) return hostChallenge;

    const secret = this.#random(blockBytes);
    const proved = await this.#secrets(key, { challenge, hostChallenge: hostChallenge.value, secret }, host.value, own);
    if (!proved.ok) return proved;

    const fourth = await this.#ask(4, { clientpairingsecret: clientPairingSecret(secret, identity.key).toString('hex') });
    return fourth.ok ? this.#overTls(host.value.der) : fourth;
  }

  /** Step 1: the host holds it until somebody has typed the PIN. */
  async #certificate(salt: Buffer): Promise<Result<ReadCertificate>> {
    const { clock, identity, pinLimitMs = usualPinLimitMs } = this.#parts;
    const askedMs = clock.monotonicMs();
    const stop = new AbortController();
    const giveUp = (): void => stop.abort();
    const { cancel } = this.#request;
    cancel?.addEventListener('abort', giveUp);
    if (cancel?.aborted) giveUp();
    const delivered = this.#deliverPin(stop);
    const clientcert = Buffer.from(identity.certificatePem, 'ascii').toString('hex');
    const parameters = { phrase: 'getservercert', salt: salt.toString('hex'), clientcert };
    const first = await this.#ask(1, parameters, { limitMs: pinLimitMs, cancel: stop.signal });
    stop.abort();
    cancel?.removeEventListener('abort', giveUp);
    const web = await delivered;
    if (!first.ok) {
      if (web !== null && !web.ok && web.failure.kind !== 'cancelled') return web;
      const waitedInVain = first.failure.kind === 'timed-out' || (first.failure.kind === 'host-unreachable' && clock.monotonicMs() - askedMs > heldMs);
      return waitedInVain ? refusal(nobodyTyped(this.#place, pinLimitMs)) : first;
    }

    const hex = childText(first.value.root, 'plaincert');
    if (hex === null) return refusal(pairingInProgress(this.#place));
    const pem = readHex(hex, certificateBytes);
    const certificate = pem && readCertificate(pem.toString('latin1'));
    if (!certificate || pemOf(certificate.der).length > certificateBytes) {
      return refusal(badAnswer(this.#place, 'step 1 of pairing without a usable certificate'));
    }
    if (web?.ok && !web.value.equals(certificate.der)) {
      return refusal(manInTheMiddle(this.#place, 'its web page shows another one'));
    }
    return success(certificate);
  }

  /** Null: the user types. When the host refuses the log-in or the PIN, nobody will: then step 1 is given up. */
  async #deliverPin(stop: AbortController): Promise<Result<Buffer> | null> {
    const { web: logIn, pin, clientName } = this.#request;
    if (!logIn) return null;
    const { clock } = this.#parts;
    const web = { place: webPlace(this.#place), logIn, certificate: null };
    const delivered = await deliverPin({ web, pin, clientName, clock, done: stop.signal });
    if (!delivered.ok) {
      stop.abort();
      return delivered;
    }
    await pause(clock, afterPinMs, stop.signal);
    if (stop.signal.aborted) return delivered;
    stop.abort();
    return refusal(pinNotTaken(web.place));
  }

  /** Step 2. */
  async #challenge(key: Buffer, challenge: Buffer): Promise<Result<HostChallenge>> {
    const second = await this.#ask(2, { clientchallenge: encipher(key, challenge).toString('hex') });
    if (!second.ok) return second;
    const bytes = readHex(childText(second.value.root, 'challengeresponse') ?? '', replyBytes);
    const opened = bytes && openHostChallenge(this.#hash, key, bytes);
    return opened ? success(opened) : refusal(badAnswer(this.#place, 'step 2 of pairing with a response of the wrong length'));
  }

  /** Step 3 and the checks that only its answer makes possible; their order tells a swapped certificate from a wrong PIN. */
  async #secrets(
    key: Buffer,
    own: { readonly challenge: Buffer; readonly hostChallenge: HostChallenge; readonly secret: Buffer },
    host: ReadCertificate,
    { signatureBits: clientSignatureBits }: ReadCertificate,
  ): Promise<Result<null>> {
    const { challenge, hostChallenge, secret } = own;
    const response = clientResponse(this.#hash, key, { hostChallenge: hostChallenge.challenge, clientSignatureBits, secret });
    const third = await this.#ask(3, { serverchallengeresp: response.toString('hex') });
    if (!third.ok) return third;
    const bytes = readHex(childText(third.value.root, 'pairingsecret') ?? '', replyBytes);
    const hostSecret = bytes && readHostSecret(bytes, host.publicKey);
    if (!hostSecret) return refusal(badAnswer(this.#place, 'step 3 of pairing with a secret of the wrong length'));
    if (!isSignedBy(host.publicKey, hostSecret)) {
      return refusal(manInTheMiddle(this.#place, 'the certificate it sent is not of the key that signed'));
    }
    const isSamePin = provesPin(this.#hash, hostChallenge.hostHash, {
      challenge,
      hostSignatureBits: host.signatureBits,
      secret: hostSecret.secret,
    });
    return isSamePin ? success(null) : refusal(wrongPin(this.#place));
  }

  /** Step 5: the certificates must also work where they are meant for. */
  async #overTls(certificate: Buffer): Promise<Result<PairedCertificate>> {
    const { nv, identity } = this.#parts;
    const place = { address: this.#request.address, port: this.#info.httpsPort };
    const parameters = { ...customs, phrase: 'pairchallenge' };
    const fifth = await nv.secure({ place, certificate, identity }, '/pair', parameters, { cancel: this.#request.cancel });
    if (!fifth.ok) {
      return fifth.failure.kind === 'certificate-changed' ? refusal(manInTheMiddle(place, 'it shows another one over TLS')) : fifth;
    }
    return isPaired(fifth.value) ? success(certificate) : refusal(refusedAtStep(place, 5, fifth.value));
  }

  /** @returns nothing but answers that say "paired" */
  async #ask(
    step: number,
    parameters: Parameters,
    { limitMs = requestLimitMs, cancel = this.#request.cancel }: { limitMs?: number; cancel?: CancelSignal | undefined } = {},
  ): Promise<Result<XmlAnswer>> {
    if (cancel?.aborted) return refusal(cancelled());
    const answer = await this.#send(parameters, limitMs, cancel);
    if (!answer.ok) return answer;
    if (!isPaired(answer.value)) {
      // What the host refuses it has forgotten already.
      this.#answered = 4;
      return refusal(refusedAtStep(this.#place, step, answer.value));
    }
    this.#answered = step;
    return answer;
  }

  #send(parameters: Parameters, limitMs: number, cancel?: CancelSignal): Promise<Result<XmlAnswer>> {
    const { nv, identity } = this.#parts;
    return nv.plain(this.#place, '/pair', { ...customs, ...parameters }, { uniqueId: identity.uniqueId, limitMs, cancel });
  }

  /**
   * A host keeps a half-done pairing, and the next attempt would stumble over it. The steps that are left are sent with
   * random content: in their order, because older hosts crash when one is skipped; the last of them makes the host refuse
   * and forget. Before the first answer there is nothing to do: the same unique id is simply used again.
   */
  async #tidyUp(why: Failure): Promise<void> {
    const isGone = why.kind === 'host-unreachable' || why.kind === 'timed-out';
    if (isGone || this.#answered < 1 || this.#answered > 3) return;
    const steps = [
      { clientchallenge: randomBytes(16).toString('hex') },
      { serverchallengeresp: randomBytes(32).toString('hex') },
      { clientpairingsecret: randomBytes(272).toString('hex') },
    ];
    for (const parameters of steps.slice(this.#answered - 1)) {
      const answer = await this.#send(parameters, tidyLimitMs);
      if (answer.ok && isPaired(answer.value)) continue;
      this.#parts.log.debug('a broken-off pairing was cleared on the host', { address: this.#place.address, reached: answer.ok });
      return;
    }
  }
}

function isPaired({ statusCode, root }: XmlAnswer): boolean {
  return statusCode === 200 && childText(root, 'paired')?.trim() === '1';
}
