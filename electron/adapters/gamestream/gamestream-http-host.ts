// The port GameStreamHost over the network: finds the TLS port, asks with this client's certificate, and reads what comes back.
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type {
  GameStreamAccess,
  GameStreamApp,
  GameStreamHost,
  PairedHost,
  PairingRequest,
  ServerInfo,
  WebLogIn,
} from '../../domain/hosts/gamestream-host';
import type { Log } from '../../domain/log';
import type { XmlAnswer } from './answer-xml';
import { appListLimitBytes, readAppListAnswer, shortListsHere, type AppListReader } from './app-list';
import { ArtQueue, artLimitBytes, readArt, triedTwice } from './art';
import { pemOf, readCertificate } from './certificate-der';
import type { ClientIdentities } from './client-identity';
import { badAnswer, notPaired, type Place } from './gamestream-failures';
import { accepted, NvClient, refusal, type CallOptions, type Parameters, type PinnedHost } from './nv-client';
import { Pairing } from './pairing';
import { badPin } from './pairing-failures';
import { quitApp, quitLimitMs } from './quit-app';
import { readServerInfo } from './server-info';
import { closeApp, webPlace } from './sunshine-rest';

export interface GameStreamHttpParts {
  readonly identities: ClientIdentities;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the first step of pairing waits for somebody to type; milliseconds. Only tests shorten it. */
  readonly pinLimitMs?: number;
  /** For long lists of apps; absent: they are read here, and keep this thread busy. */
  readonly readLongList?: AppListReader;
}

export class GameStreamHttpHost implements GameStreamHost {
  readonly #parts: GameStreamHttpParts;
  readonly #nv: NvClient;
  /** By address and HTTP port; asked once, and again when nobody answers there any more. */
  readonly #httpsPorts = new Map<string, number>();
  readonly #art = new ArtQueue();
  readonly #readList: AppListReader;

  constructor(parts: GameStreamHttpParts) {
    this.#parts = parts;
    this.#nv = new NvClient(parts.clock);
    const readHere: AppListReader = (raw, place) => Promise.resolve(readAppListAnswer(raw, place));
    this.#readList = shortListsHere(parts.readLongList ?? readHere);
  }

  async serverInfo(access: GameStreamAccess): Promise<Result<ServerInfo>> {
    if (access.certificatePem === null) return this.#plainInfo(access);
    const info = await this.#secureInfo(access);
    if (info.ok || info.failure.kind !== 'not-paired') return info;
    // The host itself said so, behind its pinned certificate (or that was not saved whole): it can be asked nothing else.
    const plain = await this.#plainInfo(access);
    return plain.ok ? success({ ...plain.value, paired: false }) : plain;
  }

  async apps(access: GameStreamAccess): Promise<Result<readonly GameStreamApp[]>> {
    return this.#withPinned(access, async (host) => {
      const answer = await this.#nv.secureRaw(host, '/applist', {}, { limitBytes: appListLimitBytes });
      const list = answer.ok ? await this.#readList(answer.value, host.place) : answer;
      if (!list.ok) return list;
      const { apps, leftOut } = list.value;
      if (leftOut > 0) this.#parts.log.warn('some apps of a GameStream host have no id of their own', { address: access.address, leftOut });
      return success(apps);
    });
  }

  async art(access: GameStreamAccess, appId: number): Promise<Result<Uint8Array>> {
    const parameters = { appid: appId, AssetType: 2, AssetIdx: 0 };
    return this.#art.run(keyOf(access), () =>
      triedTwice(() =>
        this.#withPinned(access, async (host) => {
          const raw = await this.#nv.secureRaw(host, '/appasset', parameters, { limitBytes: artLimitBytes });
          return raw.ok ? readArt(raw.value, host.place) : raw;
        }),
      ),
    );
  }

  async quit(access: GameStreamAccess, web?: WebLogIn): Promise<Result<null>> {
    const { clock } = this.#parts;
    return this.#withPinned(access, (host) => {
      const webHost = web && { place: webPlace(placeOf(access)), logIn: web, certificate: host.certificate };
      return quitApp({
        clock,
        place: host.place,
        cancelApp: () => this.#nv.secure(host, '/cancel', {}, { limitMs: quitLimitMs }),
        serverInfo: () => this.#infoFrom(host, access),
        closeByWeb: webHost ? () => closeApp(webHost, clock) : null,
      });
    });
  }

  async pair(request: PairingRequest): Promise<Result<PairedHost>> {
    if (!/^[0-9]{4}$/.test(request.pin)) return refusal(badPin());
    const place: Place = { address: request.address, port: request.httpPort };
    const info = await this.#plainInfo({ ...request, certificatePem: null });
    if (!info.ok) return info;
    const identity = await this.#parts.identities.get();
    if (!identity.ok) return identity;
    const { clock, log, pinLimitMs } = this.#parts;
    const parts = { nv: this.#nv, clock, log, identity: identity.value, ...(pinLimitMs !== undefined && { pinLimitMs }) };
    const paired = await new Pairing(parts, request, info.value).run();
    if (!paired.ok) return paired;

    // Its identity as told over plain HTTP could be anybody's; this answer is the host's own.
    const certificatePem = pemOf(paired.value);
    const own = await this.serverInfo({ ...request, certificatePem });
    if (!own.ok) return own;
    if (own.value.uniqueId !== info.value.uniqueId) return refusal(badAnswer(place, 'with another identity after pairing than before'));
    log.info('paired with a GameStream host', { address: request.address, host: own.value.uniqueId });
    return success({ uniqueId: own.value.uniqueId, name: own.value.name, certificatePem });
  }

  async #plainInfo(access: GameStreamAccess): Promise<Result<ServerInfo>> {
    const place = placeOf(access);
    const answer = accepted(await this.#nv.plain(place, '/serverinfo', {}), place);
    const info = answer.ok ? readServerInfo(answer.value, { place, httpPort: access.httpPort, secure: false }) : answer;
    if (info.ok) this.#httpsPorts.set(keyOf(access), info.value.httpsPort);
    return info;
  }

  #secureInfo(access: GameStreamAccess): Promise<Result<ServerInfo>> {
    return this.#withPinned(access, (host) => this.#infoFrom(host, access));
  }

  async #infoFrom(host: PinnedHost, { httpPort }: GameStreamAccess): Promise<Result<ServerInfo>> {
    const answer = await this.#call(host, '/serverinfo', {}, {});
    return answer.ok ? readServerInfo(answer.value, { place: host.place, httpPort, secure: true }) : answer;
  }

  async #call(host: PinnedHost, path: string, parameters: Parameters, options: CallOptions): Promise<Result<XmlAnswer>> {
    return accepted(await this.#nv.secure(host, path, parameters, options), host.place);
  }

  /** The TLS port may have changed since it was asked for (another `port` in the host's settings): then it is asked once more. */
  async #withPinned<T>(access: GameStreamAccess, use: (host: PinnedHost) => Promise<Result<T>>): Promise<Result<T>> {
    const place = placeOf(access);
    if (access.certificatePem === null) return refusal(notPaired(place));
    const certificate = readCertificate(access.certificatePem)?.der;
    if (!certificate) {
      return failure('not-paired', "The host's certificate was not saved whole.", 'Pair with the host again.');
    }
    const identity = await this.#parts.identities.get();
    if (!identity.ok) return identity;
    const at = (port: number): PinnedHost => ({ place: { address: access.address, port }, certificate, identity: identity.value });

    const known = this.#httpsPorts.get(keyOf(access));
    const first = known === undefined ? null : await use(at(known));
    if (first !== null && (first.ok || first.failure.kind !== 'host-unreachable')) return first;
    this.#httpsPorts.delete(keyOf(access));
    const plain = await this.#plainInfo(access);
    if (!plain.ok) return plain;
    return first !== null && plain.value.httpsPort === known ? first : use(at(plain.value.httpsPort));
  }
}

function placeOf({ address, httpPort }: GameStreamAccess): Place {
  return { address, port: httpPort };
}

function keyOf({ address, httpPort }: GameStreamAccess): string {
  return `${address} ${httpPort}`;
}
