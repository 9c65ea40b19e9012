// Watches every known GameStream host, each by itself: what it is doing, for the window and for the sessions.
import type { GameStreamHostView } from '../../common/gamestream';
import type { HostId } from '../../common/ids';
import type { Disposable } from '../clock';
import type { HostState } from './host-machine';
import { WatchedHost, type WatchParts } from './watched-host';

export interface WatchNews {
  /** What the views tell has changed. */
  changed?(views: readonly GameStreamHostView[]): void;
  /** A host answers that did not before. */
  appeared?(hostId: HostId): void;
}

/** A command or another window may have paired a host meanwhile. */
const reloadMs = 3_000;

/** Held to be there; its last answer may be a moment old. */
export function answers(kind: HostState['kind']): boolean {
  return kind === 'online' || kind === 'busy' || kind === 'paused';
}

/** The last look was answered. */
export function hasJustAnswered(state: HostState | null): boolean {
  return state !== null && answers(state.kind) && 'misses' in state && state.misses === 0;
}

export class HostWatch implements Disposable {
  private readonly watched = new Map<HostId, WatchedHost>();
  private readonly listeners = new Set<WatchNews>();
  private readonly records: Disposable;
  private reloadTimer: Disposable | null = null;
  private isPolling = false;
  private isOver = false;
  private told = '';

  constructor(private readonly parts: WatchParts) {
    this.records = parts.gameStream.onChange(() => this.follow());
    this.follow();
  }

  /** Begins to look by itself; before, hosts are only looked at when somebody asks. */
  start(): void {
    if (this.isPolling || this.isOver) return;
    this.isPolling = true;
    for (const host of this.watched.values()) host.poll();
    this.reloadAgain();
  }

  dispose(): void {
    this.isOver = true;
    this.records.dispose();
    this.reloadTimer?.dispose();
    for (const host of this.watched.values()) host.dispose();
    this.watched.clear();
  }

  onNews(news: WatchNews): Disposable {
    this.listeners.add(news);
    return { dispose: () => this.listeners.delete(news) };
  }

  views(): GameStreamHostView[] {
    return this.parts.gameStream.records.flatMap((record) => this.watched.get(record.hostId)?.view(record) ?? []);
  }

  /** null: no such host. */
  state(hostId: HostId): HostState | null {
    return this.watched.get(hostId)?.state ?? null;
  }

  /** Asks the host now, wakes it if that is what a connection does to it, and resolves with what it then is. */
  async lookNow(hostId: HostId): Promise<HostState | null> {
    await this.parts.gameStream.reload();
    await this.watched.get(hostId)?.lookNow();
    return this.state(hostId);
  }

  /** It announces itself in the network. */
  announced(hostId: HostId): void {
    this.watched.get(hostId)?.handle({ kind: 'announced' });
  }

  /** We sent it a signal to wake up. */
  woken(hostId: HostId): void {
    this.watched.get(hostId)?.handle({ kind: 'woken' });
  }

  /** Athena shows this app of it now. */
  streamBegan(hostId: HostId, appName: string): void {
    const app = this.parts.gameStream.record(hostId)?.apps.find(({ name }) => name === appName);
    if (app) this.watched.get(hostId)?.handle({ kind: 'stream-began', appId: app.id });
  }

  /** Athena's stream of it has ended or was lost; its app may run on. */
  streamEnded(hostId: HostId): void {
    this.watched.get(hostId)?.handle({ kind: 'stream-ended' });
  }

  private follow(): void {
    if (this.isOver) return;
    const { records } = this.parts.gameStream;
    for (const [hostId, host] of this.watched) {
      if (records.some((record) => record.hostId === hostId)) continue;
      host.dispose();
      this.watched.delete(hostId);
    }
    for (const { hostId } of records) {
      if (this.watched.has(hostId)) continue;
      const host = new WatchedHost(hostId, this.parts, (before, now) => this.moved(hostId, before, now));
      this.watched.set(hostId, host);
      if (this.isPolling) host.poll();
    }
    this.tell();
  }

  private moved(hostId: HostId, before: HostState['kind'], now: HostState['kind']): void {
    this.tell();
    if (answers(now) && !answers(before)) for (const news of [...this.listeners]) news.appeared?.(hostId);
  }

  /** Most looks find what was there before. */
  private tell(): void {
    const views = this.views();
    const text = JSON.stringify(views);
    if (text === this.told) return;
    this.told = text;
    for (const news of [...this.listeners]) news.changed?.(views);
  }

  private reloadAgain(): void {
    if (this.isOver) return;
    this.reloadTimer = this.parts.clock.after(reloadMs, () => {
      this.parts.gameStream
        .reload()
        .catch((error: unknown) => this.parts.log.error('known GameStream hosts could not be read again', { error }))
        .finally(() => this.reloadAgain())
        .catch(() => undefined); // `finally` hands on nothing that is not told above
    });
  }
}
