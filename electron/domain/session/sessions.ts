// All sessions: launched, looked up, steered and ended here; each runs under its own supervisor.
import type { Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { sessionIdSchema, type EntryId, type HostId, type SessionId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { Mark, SessionView } from '../../common/session';
import type { Disposable } from '../clock';
import type { ClientKeeper, KeptOutput } from './client-keeper';
import type { SessionEvent } from './session-events';
import { Supervisor } from './supervisor';
import type { SupervisorParts } from './supervisor-parts';

export interface LaunchFacts {
  readonly entry: Entry;
  readonly host: HostRecord;
  readonly clientName: string;
}

export interface SessionNews {
  changed?(view: SessionView): void;
  marked?(view: SessionView, mark: Mark): void;
  printed?(sessionId: SessionId, startsAt: number, text: string): void;
  forgotten?(sessionId: SessionId): void;
}

export interface SessionsParts {
  /** Everything a launch needs to know, or why it can't be. */
  readonly look: (entryId: EntryId) => Promise<Result<LaunchFacts>>;
  readonly createKeeper: () => ClientKeeper;
  readonly partsFor: (facts: LaunchFacts & { id: SessionId }, keeper: ClientKeeper) => SupervisorParts;
  readonly newId: () => string;
}

export class Sessions {
  private readonly supervisors = new Map<SessionId, Supervisor>();
  private readonly listeners = new Set<SessionNews>();
  /** Entries whose launch is under way: a second press must not start a second client. */
  private readonly launching = new Set<EntryId>();
  private disposed = false;

  constructor(private readonly parts: SessionsParts) {}

  onNews(news: SessionNews): Disposable {
    this.listeners.add(news);
    return { dispose: () => this.listeners.delete(news) };
  }

  views(): SessionView[] {
    return [...this.supervisors.values()].map((supervisor) => supervisor.view);
  }

  view(id: SessionId): SessionView | null {
    return this.supervisors.get(id)?.view ?? null;
  }

  /**
   * Launches an entry. One that is in use isn't launched twice: its session is handed back, started again if it has
   * ended, reconnected at once if it waits.
   */
  async launch(entryId: EntryId): Promise<Result<SessionId>> {
    const before = this.ofEntry(entryId);
    if (before && before.view.link.kind !== 'ended') {
      const { kind } = before.view.link;
      if (kind === 'stalled' || kind === 'waiting' || kind === 'gating') before.handle({ kind: 'reconnect-wanted' });
      return success(before.facts.id);
    }
    if (this.launching.has(entryId)) {
      return failure('already-there', 'This entry is being launched already.', 'Wait for it to connect.');
    }
    this.launching.add(entryId);
    try {
      if (before) await this.forget(before.facts.id);
      const facts = await this.parts.look(entryId);
      if (!facts.ok) return facts;
      // A session that began now would outlive everything it needs.
      if (this.disposed) return failure('cancelled', 'Athena is closing.', 'Launch the entry again after the next start.');
      return success(this.begin(facts.value));
    } finally {
      this.launching.delete(entryId);
    }
  }

  /** Ends a session; one that has ended already is forgotten. */
  async stop(id: SessionId): Promise<Result<undefined>> {
    const supervisor = this.supervisors.get(id);
    if (!supervisor) return unknownSession();
    if (supervisor.view.link.kind === 'ended') await this.forget(id);
    else supervisor.handle({ kind: 'stop-wanted' });
    return success(undefined);
  }

  /** Ends a session at once and forgets it, whatever it is doing; resolves when its client is gone. */
  async end(id: SessionId): Promise<void> {
    await this.forget(id);
  }

  steer(id: SessionId, event: Extract<SessionEvent, { kind: `${string}-wanted` }>): Result<undefined> {
    const supervisor = this.supervisors.get(id);
    if (!supervisor) return unknownSession();
    supervisor.handle(event);
    return success(undefined);
  }

  /** Process id of the stream client on this machine; null while none runs. */
  clientPid(id: SessionId): number | null {
    return this.supervisors.get(id)?.clientPid ?? null;
  }

  readOutput(id: SessionId): Result<KeptOutput> {
    const supervisor = this.supervisors.get(id);
    return supervisor ? success(supervisor.keeper.readOutput()) : unknownSession();
  }

  /** A host may answer again: sessions that wait for it need not wait longer. @param hostId null: any host may */
  hostSeen(hostId: HostId | null): void {
    for (const supervisor of this.supervisors.values()) {
      if (hostId === null || supervisor.facts.host.id === hostId) supervisor.handle({ kind: 'host-seen' });
    }
  }

  /** @param sleptMs for how long this machine was not there, in milliseconds */
  machineWoke(sleptMs: number): void {
    for (const supervisor of this.supervisors.values()) supervisor.handle({ kind: 'machine-woke', sleptMs });
  }

  hostKeyTrusted(hostId: HostId): void {
    for (const supervisor of this.supervisors.values()) {
      if (supervisor.facts.host.id === hostId) supervisor.handle({ kind: 'host-key-trusted' });
    }
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await Promise.all([...this.supervisors.values()].map((supervisor) => supervisor.dispose()));
    this.supervisors.clear();
  }

  private ofEntry(entryId: EntryId): Supervisor | undefined {
    return [...this.supervisors.values()].find((supervisor) => supervisor.facts.entry.id === entryId);
  }

  private begin(facts: LaunchFacts): SessionId {
    const id = sessionIdSchema.parse(this.parts.newId());
    const keeper = this.parts.createKeeper();
    const supervisor = new Supervisor({ id, ...facts }, this.parts.partsFor({ id, ...facts }, keeper));
    this.supervisors.set(id, supervisor);
    supervisor.onChange(() => this.tell((news) => news.changed?.(supervisor.view)));
    supervisor.onMark((mark) => this.tell((news) => news.marked?.(supervisor.view, mark)));
    keeper.onEvent((event) => {
      if (event.kind === 'printed') this.tell((news) => news.printed?.(id, event.startsAt, event.text));
    });
    supervisor.handle({ kind: 'launched' });
    return id;
  }

  private async forget(id: SessionId): Promise<void> {
    const supervisor = this.supervisors.get(id);
    this.supervisors.delete(id);
    await supervisor?.dispose();
    this.tell((news) => news.forgotten?.(id));
  }

  private tell(say: (news: SessionNews) => void): void {
    for (const news of [...this.listeners]) say(news);
  }
}

function unknownSession(): { readonly ok: false; readonly failure: { kind: 'not-found'; message: string; advice: string } } {
  return {
    ok: false,
    failure: { kind: 'not-found', message: 'This session is not there any more.', advice: 'Launch the entry again.' },
  };
}
