// Follows each host's name to its address, its network card, its identity and its certificate, and tells every change.
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import type { AddressReading } from '../../common/telemetry';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import type { AskablePlace } from '../hosts/askable-place';
import type { AddressSense } from './address-sense';

export interface AddressWatchParts {
  readonly sense: AddressSense;
  readonly hosts: () => readonly HostRecord[];
  /** null: no GameStream host. */
  readonly placeOf: (hostId: HostId) => AskablePlace | null;
  readonly told: (reading: AddressReading) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** The system's own tables cost next to nothing; another name server or a lease that ran out is noticed within seconds. */
const lookEveryMs = 5_000;
/** A question to the host itself, when nothing on the way to it has changed. */
const identityEveryMs = 60_000;

interface Known {
  readonly reading: AddressReading;
  readonly askedAt: number;
}

export class AddressWatch implements Disposable {
  private readonly known = new Map<HostId, Known>();
  private timer: Disposable | null = null;
  private isOver = false;

  constructor(private readonly parts: AddressWatchParts) {}

  start(): void {
    if (this.timer === null && !this.isOver) this.look();
  }

  dispose(): void {
    this.isOver = true;
    this.timer?.dispose();
  }

  /** Numeric addresses and network cards that hosts were seen at. */
  seenAt(): { readonly addresses: ReadonlySet<string>; readonly macs: ReadonlySet<string> } {
    const readings = [...this.known.values()].map(({ reading }) => reading);
    return {
      addresses: new Set(readings.flatMap(({ ip }) => ip ?? [])),
      macs: new Set(readings.flatMap(({ mac }) => mac ?? [])),
    };
  }

  private look(): void {
    // The next round waits for this one: a resolver that is gone takes its time.
    this.timer = { dispose: () => undefined };
    this.lookAtAll()
      .catch((error: unknown) => this.parts.log.error('following addresses failed', { error }))
      .finally(() => {
        if (!this.isOver) this.timer = this.parts.clock.after(lookEveryMs, () => this.look());
      })
      .catch(() => undefined); // nothing is left to fail
  }

  private async lookAtAll(): Promise<void> {
    const hosts = this.parts.hosts();
    const present = new Set(hosts.map(({ id }) => id));
    for (const id of this.known.keys()) if (!present.has(id)) this.known.delete(id);
    await Promise.all(hosts.map((host) => this.lookAt(host)));
  }

  private async lookAt({ id, address }: HostRecord): Promise<void> {
    const { sense, clock, placeOf } = this.parts;
    const before = this.known.get(id);
    const ip = await sense.lookUp(address);
    const told = ip === null ? null : await sense.mac(ip);
    const mac = told === undefined ? (before?.reading.ip === ip ? (before?.reading.mac ?? null) : null) : told;
    const isSameWay = before?.reading.name === address && before.reading.ip === ip && before.reading.mac === mac;
    const last = isSameWay ? { uniqueId: before.reading.uniqueId, certSha256: before.reading.certSha256 } : { uniqueId: null, certSha256: null };
    const place = placeOf(id);
    const isDue = !isSameWay || clock.monotonicMs() - before.askedAt >= identityEveryMs || last.uniqueId === null;
    const mayAsk = ip !== null && place !== null && !place.quiet;
    const asked = mayAsk && isDue ? await this.ask(ip, place.httpPort) : null;
    if (this.isOver) return;
    const reading: AddressReading = { hostId: id, atMs: clock.nowMs(), name: address, ip, mac, ...last, ...asked };
    this.known.set(id, { reading, askedAt: asked ? clock.monotonicMs() : (before?.askedAt ?? Number.NEGATIVE_INFINITY) });
    this.parts.told(reading);
  }

  /** @returns null: nobody answered, and what was known stays */
  private async ask(ip: string, httpPort: number): Promise<Pick<AddressReading, 'uniqueId' | 'certSha256'> | null> {
    const { sense } = this.parts;
    const identity = await sense.identity(ip, httpPort);
    return identity && { uniqueId: identity.uniqueId, certSha256: await sense.certificate(ip, identity.httpsPort) };
  }
}
