// One GameStream host under watch: looks at it as its state machine wants, one look at a time, and tells what it finds.
import type { GameStreamHostView } from '../../common/gamestream';
import type { HostId } from '../../common/ids';
import { assertNever } from '../../common/result';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import type { GameStreamHosts } from './gamestream-hosts';
import type { GameStreamRecord } from './gamestream-record';
import { hostTransition, limitMs, nextLook, unknownHost, type HostEvent, type HostState, type HostView, type NextLook } from './host-machine';
import type { HostPing } from './host-ping';
import type { Sighting } from './host-sighting';

export interface WatchParts {
  readonly gameStream: GameStreamHosts;
  readonly ping: HostPing;
  readonly clock: Clock;
  readonly log: Log;
}

/** A look that takes longer is a miss; what it brings later is not waited for. Above every time limit of the port. */
export const lookLimitMs = 30_000;
/** The list of apps is read anew with every so-manieth answer of a paired host, about twice a minute. */
const appsEvery = 10;
/** Of a sleeping host: each is a process. */
const mostPings = 2;

interface Look {
  readonly by: NextLook['by'];
  readonly done: Promise<void>;
}

export class WatchedHost implements Disposable {
  private host: HostView;
  /** Epoch milliseconds of the state's beginning; the machine counts on the clock that never jumps. */
  private sinceEpochMs: number;
  private look: Look | null = null;
  private nextTimer: Disposable | null = null;
  private limitTimer: Disposable | null = null;
  private isPolling = false;
  private isOver = false;
  private answersSinceApps = 0;
  private unlistedAppId: number | null = null;
  /** What the host itself said last; null: not asked yet. */
  private knowsUs: boolean | null = null;

  constructor(
    readonly hostId: HostId,
    private readonly parts: WatchParts,
    private readonly changed: (before: HostState['kind'], now: HostState['kind']) => void,
  ) {
    this.host = unknownHost(parts.clock.monotonicMs());
    this.sinceEpochMs = parts.clock.nowMs();
  }

  get state(): HostState {
    return this.host.state;
  }

  poll(): void {
    if (this.isPolling || this.isOver) return;
    this.isPolling = true;
    this.handle({ kind: 'look-wanted' });
    this.schedule();
  }

  dispose(): void {
    this.isOver = true;
    this.nextTimer?.dispose();
    this.limitTimer?.dispose();
  }

  /** Asks it now, whatever its state; an answer under way will do. */
  async lookNow(): Promise<void> {
    this.handle({ kind: 'look-wanted' });
    if (this.look?.by === 'ping') await this.look.done;
    if (this.isOver) return;
    await (this.look ?? this.begin('ask')).done;
  }

  handle(event: HostEvent): void {
    if (this.isOver) return;
    const before = this.host;
    const now = hostTransition(before, event, this.parts.clock.monotonicMs());
    if (now === before) return;
    this.host = now;
    if (now.state.kind !== before.state.kind || now.state.sinceMs !== before.state.sinceMs) this.sinceEpochMs = this.parts.clock.nowMs();
    if (now.freshMs !== before.freshMs || now.state.kind !== before.state.kind) this.limit();
    this.schedule();
    this.changed(before.state.kind, now.state.kind);
  }

  view(record: GameStreamRecord): GameStreamHostView {
    const { state } = this.host;
    const runningId = state.kind === 'busy' || state.kind === 'paused' ? state.appId : null;
    return {
      hostId: this.hostId,
      uniqueId: record.uniqueId,
      addresses: [...record.addresses],
      httpPort: record.httpPort,
      paired: record.certificatePem !== null && this.knowsUs !== false,
      mac: record.mac,
      state: state.kind,
      sinceMs: this.sinceEpochMs,
      runningApp: record.apps.find(({ id }) => id === runningId)?.name ?? null,
    };
  }

  private schedule(): void {
    this.nextTimer?.dispose();
    this.nextTimer = null;
    if (!this.isPolling || this.isOver || this.look) return;
    const { by, afterMs } = nextLook(this.host);
    this.nextTimer = this.parts.clock.after(afterMs, () => {
      this.nextTimer = null;
      this.begin(by);
    });
  }

  private limit(): void {
    this.limitTimer?.dispose();
    this.limitTimer = null;
    const lasts = limitMs(this.host.state);
    if (lasts === null || !this.isPolling || this.isOver) return;
    const { freshMs } = this.host;
    const leftMs = Math.max(0, freshMs + lasts - this.parts.clock.monotonicMs());
    this.limitTimer = this.parts.clock.after(leftMs, () => this.handle({ kind: 'limit-reached', sinceMs: freshMs }));
  }

  private begin(by: NextLook['by']): Look {
    const { clock, log } = this.parts;
    this.nextTimer?.dispose();
    this.nextTimer = null;
    const asked = (by === 'ask' ? this.ask() : this.ping()).catch((error: unknown): HostEvent | null => {
      log.error('looking at a GameStream host failed', { host: this.hostId, error });
      return { kind: 'missed' };
    });
    const done = new Promise<HostEvent | null>((resolve) => {
      const limit = clock.after(lookLimitMs, () => resolve({ kind: 'missed' }));
      void asked.finally(() => limit.dispose()).then(resolve);
    }).then((event) => {
      this.look = null;
      if (event) this.handle(event);
      this.schedule();
    });
    this.look = { by, done };
    return this.look;
  }

  private async ping(): Promise<HostEvent | null> {
    const addresses = this.parts.gameStream.record(this.hostId)?.addresses.slice(0, mostPings) ?? [];
    const answers = await Promise.all(addresses.map((address) => this.parts.ping.ping(address)));
    // Nothing is known when nothing could be asked; announcements and people still wake it up here.
    return answers.every((answer) => answer === null) ? null : { kind: 'pinged', alive: answers.includes(true) };
  }

  private async ask(): Promise<HostEvent> {
    const { record, sighting } = await this.parts.gameStream.see(this.hostId);
    if (record && sighting.kind === 'here') await this.keepApps(record, sighting);
    return eventOf(sighting);
  }

  /** Also when the host has just come, and when it runs an app that is not listed: its id changes with its name and cover. */
  private async keepApps(record: GameStreamRecord, { info: { paired, runningAppId } }: Extract<Sighting, { kind: 'here' }>): Promise<void> {
    this.knowsUs = paired;
    if (record.certificatePem === null || paired === false) return;
    const unlisted = runningAppId !== null && runningAppId !== this.unlistedAppId && !record.apps.some(({ id }) => id === runningAppId);
    const isFresh = this.state.kind === 'online' || this.state.kind === 'busy' || this.state.kind === 'paused';
    this.answersSinceApps += 1;
    if (isFresh && !unlisted && this.answersSinceApps < appsEvery) return;
    this.answersSinceApps = 0;
    if (unlisted) this.unlistedAppId = runningAppId;
    const apps = await this.parts.gameStream.refreshApps(this.hostId);
    if (!apps.ok) this.parts.log.debug('apps of a host could not be read', { host: this.hostId, ...apps.failure });
  }
}

function eventOf(sighting: Sighting): HostEvent {
  switch (sighting.kind) {
    case 'here':
      return { kind: 'answered', appId: sighting.info.runningAppId };
    case 'other-host':
      return { kind: 'answered-as-other', otherId: sighting.otherId };
    case 'certificate-changed':
      return { kind: 'certificate-refused' };
    case 'no-answer':
      return { kind: 'missed' };
    default:
      return assertNever(sighting);
  }
}
