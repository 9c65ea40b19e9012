// Covers, asked of a host once and kept: from disk where they are, from the host where not, and not at all for a while after it refused.
import type { HostId } from '../../common/ids';
import { failure, success, type FailureKind, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { Art } from '../../domain/hosts/art';
import type { GameStreamAccess, GameStreamHost } from '../../domain/hosts/gamestream-host';
import type { Log } from '../../domain/log';
import { ArtFiles } from './art-files';
import { NewestFirst } from './newest-first';
import { isWholePng, pngSize } from './png';

export interface ArtSource {
  /** The host's identity, under which its covers are kept. */
  readonly uniqueId: string;
  readonly access: GameStreamAccess;
}

export interface ArtCacheParts {
  readonly directory: string;
  readonly port: Pick<GameStreamHost, 'art'>;
  /** null: no such GameStream host. */
  readonly source: (hostId: HostId) => ArtSource | null;
  readonly clock: Clock;
  readonly log: Log;
  /** All covers together. */
  readonly limitBytes?: number;
}

const usualLimitBytes = 500 * 1_048_576;
/** As many as the host is asked for at a time anyway; the others wait here, where a host that is off can send them home. */
const atATime = 4;
/** More than two screens full: what waits longer has been scrolled past. */
const mostWaiting = 200;
const refusedForMs = 60_000;
/** A cover that was added meanwhile changes the app's id on Sunshine; on other hosts it is seen this late. */
const absentForMs = 3_600_000;
const mostRemembered = 20_000;

/** Failures that say something about the host, not about one cover. */
const ofTheHost: readonly FailureKind[] = ['host-unreachable', 'timed-out', 'not-paired', 'certificate-changed'];

/** The pictures that hosts hand out for apps without a cover; Moonlight knows them by the same sizes (width, height). */
const placeholders: readonly (readonly [number, number])[] = [
  [130, 180],
  [628, 888],
];

const noArt = failure('not-found', 'The host has no cover for this app.', 'Add one to the app on the host.');

interface Refusal {
  readonly untilMs: number;
  readonly result: Result<never>;
}

export class ArtCache implements Art {
  readonly #files: ArtFiles;
  readonly #queue = new NewestFirst(atATime, mostWaiting);
  readonly #running = new Map<string, Promise<Result<Uint8Array>>>();
  /** By cover, or by host. */
  readonly #refusals = new Map<string, Refusal>();

  constructor(private readonly parts: ArtCacheParts) {
    const { directory, clock, log, limitBytes = usualLimitBytes } = parts;
    this.#files = new ArtFiles({ directory, limitBytes, clock, log });
  }

  /** Two questions for one cover become one. */
  read(hostId: HostId, appId: number): Promise<Result<Uint8Array>> {
    const source = this.parts.source(hostId);
    if (source === null) return Promise.resolve(failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.'));
    const key = `${source.uniqueId}/${appId}`;
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const reading = this.#readOnce(source, appId, key).finally(() => this.#running.delete(key));
    this.#running.set(key, reading);
    return reading;
  }

  async #readOnce(source: ArtSource, appId: number, key: string): Promise<Result<Uint8Array>> {
    const kept = await this.#files.read(source.uniqueId, appId);
    if (kept !== null && isWholePng(kept)) return success(kept);
    const refusal = this.#refusal(source, key);
    if (refusal !== null) return refusal;
    const fetched = await this.#queue.run(source.uniqueId, async () => this.#refusal(source, key) ?? (await this.#fetch(source, appId, key)));
    if (fetched === null) return failure('cancelled', 'Other covers were wanted more.', 'Look at it again.');
    if (fetched.ok) await this.#files.write(source.uniqueId, appId, fetched.value);
    return fetched;
  }

  async #fetch({ uniqueId, access }: ArtSource, appId: number, key: string): Promise<Result<Uint8Array>> {
    if (access.certificatePem === null) return failure('not-paired', 'Only a paired host shows its covers.', 'Pair with it first.');
    const fetched = await this.parts.port.art(access, appId);
    if (!fetched.ok) {
      this.#remember(ofTheHost.includes(fetched.failure.kind) ? uniqueId : key, fetched, refusedForMs);
      return fetched;
    }
    const bytes = Buffer.from(fetched.value);
    if (isPlaceholder(bytes)) {
      this.#remember(key, noArt, absentForMs);
      return noArt;
    }
    if (!isWholePng(bytes)) {
      const broken = failure('bad-answer', 'The host sent a broken cover.', 'Give the app another cover on the host.');
      this.#remember(key, broken, refusedForMs);
      return broken;
    }
    return success(bytes);
  }

  #refusal({ uniqueId }: ArtSource, key: string): Result<never> | null {
    const nowMs = this.parts.clock.monotonicMs();
    for (const name of [uniqueId, key]) {
      const refusal = this.#refusals.get(name);
      if (refusal === undefined) continue;
      if (refusal.untilMs > nowMs) return refusal.result;
      this.#refusals.delete(name);
    }
    return null;
  }

  #remember(name: string, result: Result<never>, forMs: number): void {
    if (this.#refusals.size >= mostRemembered) this.#refusals.clear();
    this.#refusals.set(name, { untilMs: this.parts.clock.monotonicMs() + forMs, result });
  }
}

function isPlaceholder(bytes: Buffer): boolean {
  const size = pngSize(bytes);
  return size !== null && placeholders.some(([widthPx, heightPx]) => size.widthPx === widthPx && size.heightPx === heightPx);
}
