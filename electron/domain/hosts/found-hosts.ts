// Hosts that announce themselves: known ones gain the addresses they show, the others wait to be added by a person.
import type { FoundHost } from '../../common/gamestream';
import type { HostId } from '../../common/ids';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import type { GameStreamHosts } from './gamestream-hosts';
import type { GameStreamRecord } from './gamestream-record';
import type { AnnouncedHost, HostDiscovery } from './host-discovery';

export interface FoundHostsParts {
  readonly discovery: HostDiscovery;
  readonly gameStream: GameStreamHosts;
  readonly clock: Clock;
  readonly log: Log;
}

export interface FoundNews {
  changed?(found: readonly FoundHost[]): void;
  /** A known host announces itself: it is there. */
  announced?(hostId: HostId): void;
}

/** Nobody has more; somebody who floods the network does. */
const mostFound = 256;
/** Of one announcement. */
const mostQuestions = 4;
const questionsAtOnce = 4;
/** A host announces itself before its service answers; milliseconds. */
const askAgainMs = [5_000, 15_000, 40_000] as const;

/** The known host that is announced at one of its own addresses; null: none. */
export function knownAs(host: AnnouncedHost, records: readonly GameStreamRecord[]): GameStreamRecord | null {
  const at = records.filter(({ httpPort }) => httpPort === host.httpPort);
  return at.find(({ addresses }) => addresses.some((address) => host.addresses.includes(address))) ?? null;
}

/** What is left for a person to add, by name. */
export function foundHosts(announced: Iterable<AnnouncedHost>, records: readonly GameStreamRecord[]): FoundHost[] {
  return [...announced]
    .filter((host) => knownAs(host, records) === null)
    .sort((one, other) => one.name.localeCompare(other.name))
    .slice(0, mostFound)
    .map(({ name, addresses, httpPort }) => ({ name, addresses: [...addresses], httpPort }));
}

export class FoundHosts implements Disposable {
  private readonly announcements = new Map<string, AnnouncedHost>();
  private readonly listeners = new Set<FoundNews>();
  private readonly timers = new Map<string, Disposable>();
  private readonly waiting: (() => Promise<void>)[] = [];
  private asking = 0;
  private search: Disposable | null = null;
  private readonly records: Disposable;
  private isOver = false;
  private told = '[]';

  constructor(private readonly parts: FoundHostsParts) {
    this.records = parts.gameStream.onChange(() => this.tell());
  }

  /** Begins to listen to the network. */
  start(): void {
    if (this.isOver) return;
    this.search ??= this.parts.discovery.start({
      found: (host) => this.noteFound(host),
      heard: (from) => this.noteHeard(from),
      lost: (name) => this.noteLost(name),
    });
  }

  dispose(): void {
    this.isOver = true;
    this.search?.dispose();
    this.records.dispose();
    for (const timer of this.timers.values()) timer.dispose();
    this.timers.clear();
    this.waiting.length = 0;
  }

  onNews(news: FoundNews): Disposable {
    this.listeners.add(news);
    return { dispose: () => this.listeners.delete(news) };
  }

  list(): FoundHost[] {
    return foundHosts(this.announcements.values(), this.parts.gameStream.records);
  }

  /** Everybody who announces himself, with the known host it is. */
  announced(): { readonly host: AnnouncedHost; readonly hostId: HostId | null }[] {
    return [...this.announcements.values()].map((host) => ({ host, hostId: knownAs(host, this.parts.gameStream.records)?.hostId ?? null }));
  }

  private noteFound(host: AnnouncedHost): void {
    if (this.isOver || (!this.announcements.has(host.name) && this.announcements.size >= mostFound)) return;
    this.announcements.set(host.name, host);
    const known = knownAs(host, this.parts.gameStream.records);
    if (known) for (const news of [...this.listeners]) news.announced?.(known.hostId);
    this.recogniseLater(host, 0);
    this.tell();
  }

  private noteHeard(from: string): void {
    if (this.isOver) return;
    const speaking = this.parts.gameStream.records.filter(({ addresses }) => addresses.includes(from));
    for (const { hostId } of speaking) for (const news of [...this.listeners]) news.announced?.(hostId);
  }

  private noteLost(name: string): void {
    this.timers.get(name)?.dispose();
    this.timers.delete(name);
    if (this.announcements.delete(name)) this.tell();
  }

  /** Who somebody is only its own answer tells: each address it shows and nobody knows yet is asked. */
  private recogniseLater(host: AnnouncedHost, tries: number): void {
    this.timers.get(host.name)?.dispose();
    this.timers.delete(host.name);
    this.waiting.push(() => this.recognise(host, tries));
    this.askWaiting();
  }

  private askWaiting(): void {
    while (this.asking < questionsAtOnce) {
      const next = this.waiting.shift();
      if (!next) return;
      this.asking += 1;
      next()
        .catch((error: unknown) => this.parts.log.error('an announced host could not be asked', { error }))
        .finally(() => {
          this.asking -= 1;
          this.askWaiting();
        })
        .catch(() => undefined); // `finally` hands on nothing that is not told above
    }
  }

  private async recognise(host: AnnouncedHost, tries: number): Promise<void> {
    const isCurrent = (): boolean => !this.isOver && this.announcements.get(host.name) === host;
    const { gameStream, clock } = this.parts;
    if (!isCurrent() || gameStream.records.length === 0) return;
    const before = knownAs(host, gameStream.records);
    const strange = host.addresses.filter((address) => !before?.addresses.includes(address)).slice(0, mostQuestions);
    let anyKnown = false;
    for (const address of strange) {
      if (!isCurrent()) return;
      const hostId = await gameStream.recognise(address, host.httpPort);
      if (hostId === null) continue;
      if (!before && !anyKnown) for (const news of [...this.listeners]) news.announced?.(hostId);
      anyKnown = true;
    }
    this.tell();
    const againMs = askAgainMs[tries];
    if (strange.length === 0 || anyKnown || againMs === undefined || !isCurrent()) return;
    this.timers.set(host.name, clock.after(againMs, () => this.recogniseLater(host, tries + 1)));
  }

  private tell(): void {
    if (this.isOver) return;
    const found = this.list();
    const text = JSON.stringify(found);
    if (text === this.told) return;
    this.told = text;
    for (const news of [...this.listeners]) news.changed?.(found);
  }
}
