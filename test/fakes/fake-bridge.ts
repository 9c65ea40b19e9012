// The main process as the window sees it, in memory: answers every channel, keeps the library and the sessions, pushes news.
import type { AthenaBridge, InvokeArgs, InvokeChannel, InvokeReply, PushChannel, PushPayload, Snapshot } from '../../electron/common/ipc-contract';
import { invokeContract } from '../../electron/common/ipc-contract';
import type { EntryId, HostId, SessionId } from '../../electron/common/ids';
import type { Incident } from '../../electron/common/incident';
import type { SampleBatch } from '../../electron/common/latency';
import type { EntryForm, LibraryEntry, LibraryView, PauseForm } from '../../electron/common/library';
import type { Profile, ProfilePlace } from '../../electron/common/profile';
import { failure, success, type Failure, type Result } from '../../electron/common/result';
import type { SessionView } from '../../electron/common/session';
import type { ChosenSettings, SettingName } from '../../electron/common/settings';
import { tell } from '../../electron/common/told';
import type { VantagePoint } from '../../electron/common/vantage';
import { incidentHandlers } from '../../electron/ipc/incident-handlers';
import { freshQuality } from '../../electron/domain/session/stream-quality';
import { FakeHosts, type FakeHostChannel } from './fake-hosts';
import { FakeImports, type FakeImportChannel } from './fake-imports';
import { fakeIncidents } from './fake-incidents';
import { FakeProfiles, type FakeProfilesStart } from './fake-profiles';
import { FakeRecorder } from './fake-recorder';
import { changedSettings } from './fake-settings';

type Listener = (payload: unknown) => void;

export interface FakeScene {
  readonly snapshot: Snapshot;
  readonly history: (hostId: HostId) => readonly SampleBatch[];
  readonly output: string;
  readonly profiles: FakeProfilesStart;
  readonly isBareDesktop?: boolean;
  /** Whether other programs know anything; absent: no. */
  readonly hasImports?: boolean;
  /** What the flight recorder has kept; absent: the usual ones of fake-incidents.ts. */
  readonly incidents?: readonly Incident[];
  /** What is measured; absent: the usual ones of fake-incidents.ts. */
  readonly vantages?: readonly VantagePoint[];
}

export class FakeBridge implements AthenaBridge {
  readonly calls: { readonly channel: InvokeChannel; readonly args: unknown }[] = [];
  /** Channels that fail from now on, and how. */
  readonly failures = new Map<InvokeChannel, Failure>();
  readonly #listeners = new Map<PushChannel, Set<Listener>>();
  readonly #removed = new Map<EntryId, LibraryEntry>();
  readonly hosts: FakeHosts;
  readonly profiles: FakeProfiles;
  readonly imports: FakeImports;
  readonly recorder: FakeRecorder;
  #snapshot: Snapshot;

  constructor(readonly scene: FakeScene) {
    this.#snapshot = scene.snapshot;
    this.hosts = new FakeHosts(scene.snapshot, {
      library: () => this.#snapshot.library,
      changeLibrary: (part) => this.changeLibrary(part),
      push: (channel, payload) => this.push(channel, payload),
    });
    this.recorder = new FakeRecorder(() => Date.now(), scene.incidents ?? fakeIncidents(Date.now()), scene.vantages);
    this.recorder.onIncident((summary) => this.push('incident:changed', summary));
    this.imports = new FakeImports(scene.hasImports ?? false, { library: () => this.#snapshot.library, changeLibrary: (part) => this.changeLibrary(part) });
    this.profiles = new FakeProfiles(scene.profiles, { library: () => this.#snapshot.library, changeLibrary: (part) => this.changeLibrary(part) });
  }

  /** Wrong arguments are rejected as the real handlers do it. */
  async invoke<C extends InvokeChannel>(channel: C, args: InvokeArgs<C>): Promise<InvokeReply<C>> {
    this.calls.push({ channel, args });
    const parsed: unknown = invokeContract[channel].args.parse(args);
    await Promise.resolve();
    const failing = this.failures.get(channel);
    const answer = failing === undefined ? this.#answer(channel, parsed) : { ok: false, failure: failing };
    return answer as InvokeReply<C>;
  }

  on<C extends PushChannel>(channel: C, listener: (payload: PushPayload<C>) => void): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set<Listener>();
    this.#listeners.set(channel, listeners);
    listeners.add(listener as Listener);
    return () => listeners.delete(listener as Listener);
  }

  push<C extends PushChannel>(channel: C, payload: PushPayload<C>): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(payload);
  }

  get sessions(): readonly SessionView[] {
    return this.#snapshot.sessions;
  }

  changeSession(sessionId: SessionId, part: Partial<SessionView>): void {
    const known = this.#snapshot.sessions.find(({ id }) => id === sessionId);
    if (known === undefined) throw new Error(`the fake has no session ${sessionId}`);
    this.#putSession({ ...known, ...part });
  }

  changeLibrary(part: Partial<LibraryView>): void {
    this.#snapshot = { ...this.#snapshot, library: { ...this.#snapshot.library, ...part } };
    this.push('library:changed', this.#snapshot.library);
  }

  #answer(channel: InvokeChannel, args: unknown): unknown {
    switch (channel) {
      case 'app:snapshot':
        return this.#snapshot;
      case 'latency:read-history':
        return this.scene.history((args as { hostId: HostId }).hostId);
      case 'session:read-output':
        return success({ text: this.scene.output, endsAt: this.scene.output.length });
      case 'host:check':
        return success({ alive: true, rttMs: 1.34, address: '192.168.1.20' });
      case 'library:add':
        return this.#add(args as EntryForm);
      case 'library:edit': {
        const { entryId, form } = args as { entryId: EntryId; form: EntryForm };
        this.#changeEntry(entryId, { name: form.name });
        return success(entryId);
      }
      case 'library:set-pause': {
        const { entryId, form } = args as { entryId: EntryId; form: PauseForm };
        this.#changeEntry(entryId, { pause: form.pause, resumeCountdownS: form.resumeCountdownS });
        return success(undefined);
      }
      case 'library:remove':
        return this.#remove((args as { entryId: EntryId }).entryId);
      case 'library:restore':
        return this.#restore((args as { entryId: EntryId }).entryId);
      case 'library:set-favourite': {
        const { entryId, favourite } = args as { entryId: EntryId; favourite: boolean };
        this.#changeEntry(entryId, { favourite });
        return success(undefined);
      }
      case 'library:set-hidden': {
        const { entryId, hidden } = args as { entryId: EntryId; hidden: boolean };
        this.#changeEntry(entryId, { hidden });
        return success(undefined);
      }
      case 'session:forget-left': {
        const { entryId } = args as { entryId: EntryId };
        const left = this.#snapshot.leftSessions.filter((session) => session.entryId !== entryId);
        this.#snapshot = { ...this.#snapshot, leftSessions: left };
        this.push('session:left-changed', left);
        return success(undefined);
      }
      case 'session:launch':
        return this.#launch((args as { entryId: EntryId }).entryId);
      case 'host:trust-key':
      case 'host:refuse-key': {
        const { hostId } = args as { hostId: HostId };
        this.push('host:key-answered', { hostId });
        return success(undefined);
      }
      case 'host:add':
      case 'host:forget':
      case 'host:refresh':
      case 'host:pair':
      case 'host:cancel-pairing':
      case 'host:quit-app':
      case 'host:wake':
      case 'host:explain':
        return this.hosts.answer(channel satisfies FakeHostChannel, args);
      case 'import:look':
      case 'import:choose-files':
      case 'import:add':
      case 'import:undo':
      case 'client:survey':
        return this.imports.answer(channel satisfies FakeImportChannel, args);
      case 'profile:read':
        return this.profiles.read((args as { entryId: EntryId }).entryId);
      case 'profile:set': {
        const { place, profile } = args as { place: ProfilePlace; profile: Profile };
        return this.profiles.set(place, profile);
      }
      case 'incident:list':
      case 'incident:read':
      case 'incident:export':
      case 'latency:list-vantages':
      case 'latency:read-recorded':
      case 'change:list':
      case 'change:mark':
      case 'change:forget':
      case 'change:compare': {
        const handle = incidentHandlers({ recorder: this.recorder }, async (name) => success({ path: `/home/mira/Documents/${name}` }))[channel];
        return (handle as (args: unknown) => unknown)(args);
      }
      case 'window:set-couch': {
        const { couch } = args as { couch: boolean };
        this.#snapshot = { ...this.#snapshot, couch };
        this.push('window:couch-changed', { couch });
        return success(undefined);
      }
      case 'window:quit':
        return success(undefined);
      case 'settings:set':
        return this.#changeSettings(args as ChosenSettings);
      case 'settings:reset': {
        const { names } = args as { names: SettingName[] };
        return this.#changeSettings(Object.fromEntries(names.map((name) => [name, undefined])));
      }
      case 'desktop:look': {
        const isGranted = !this.scene.isBareDesktop;
        return success({ hasTray: isGranted, holdsShortcut: isGranted });
      }
      case 'practice:start':
        this.push('practice:changed', { kind: 'running', events: [] });
        return success(undefined);
      case 'practice:stop':
        this.push('practice:changed', { kind: 'off' });
        return success(undefined);
      default:
        return this.#act(channel, args as { sessionId: SessionId });
    }
  }

  #act(channel: InvokeChannel, { sessionId }: { readonly sessionId: SessionId }): Result<undefined> {
    const session = this.#snapshot.sessions.find(({ id }) => id === sessionId);
    if (session === undefined) return failure('not-found', 'This session is over.', 'Go back to the library.');
    const atMs = Date.now();
    if (channel === 'session:stop') {
      if (session.link.kind === 'ended') this.push('session:forgotten', { sessionId });
      else this.changeSession(sessionId, { link: { kind: 'ended', atMs, reason: 'stopped' } });
    } else if (channel === 'session:pause' || channel === 'session:stay-paused') {
      this.changeSession(sessionId, { app: { kind: 'paused', by: 'user', method: 'cgroup-freeze', processes: 3, atMs } });
    } else if (channel === 'session:resume') {
      this.changeSession(sessionId, { app: { kind: 'running' } });
    } else {
      this.changeSession(sessionId, { link: { kind: 'streaming', sinceMs: atMs } });
    }
    return success(undefined);
  }

  #changeSettings(part: Readonly<Partial<Record<SettingName, unknown>>>): Result<undefined> {
    this.#snapshot = { ...this.#snapshot, settings: changedSettings(this.#snapshot.settings, part) };
    this.push('settings:changed', this.#snapshot.settings);
    return success(undefined);
  }

  #add(form: EntryForm): Result<EntryId> {
    const { library } = this.#snapshot;
    const id = form.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') as EntryId;
    const hostId = (library.hosts.find(({ record }) => record.address === form.address)?.record.id ??
      form.address.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')) as HostId;
    const hosts = library.hosts.some(({ record }) => record.id === hostId)
      ? library.hosts
      : [...library.hosts, { record: { id: hostId, name: form.hostName ?? form.address, address: form.address }, reach: 'unknown' as const }];
    const { name, protocol, fullScreen, resumeCountdownS } = form;
    const entry: LibraryEntry = {
      entry: { id, host: hostId, name, protocol, fullScreen, favourite: false, hidden: false, resumeCountdownS },
      client: { found: true, displayName: 'TigerVNC 1.12.0' },
      lastUsedAtMs: null,
      playedMs: 0,
      artUrl: null,
      hasPassword: form.password !== undefined,
    };
    this.changeLibrary({ hosts, entries: [...library.entries, entry] });
    return success(id);
  }

  #changeEntry(entryId: EntryId, part: Partial<LibraryEntry['entry']>): void {
    const entries = this.#snapshot.library.entries.map((item) => (item.entry.id === entryId ? { ...item, entry: { ...item.entry, ...part } } : item));
    this.changeLibrary({ entries });
  }

  #remove(entryId: EntryId): Result<undefined> {
    const { entries } = this.#snapshot.library;
    const removed = entries.find(({ entry }) => entry.id === entryId);
    if (removed === undefined) return failure('not-found', 'This entry is not in the library.', 'It may have been removed already.');
    this.#removed.set(entryId, removed);
    this.changeLibrary({ entries: entries.filter((item) => item !== removed) });
    return success(undefined);
  }

  #restore(entryId: EntryId): Result<undefined> {
    const removed = this.#removed.get(entryId);
    if (removed === undefined) return failure('not-found', 'There is nothing to put back.', 'Add the entry again.');
    this.changeLibrary({ entries: [...this.#snapshot.library.entries, removed] });
    return success(undefined);
  }

  #launch(entryId: EntryId): Result<SessionId> {
    const item = this.#snapshot.library.entries.find(({ entry }) => entry.id === entryId);
    if (item === undefined) return failure('not-found', 'This entry is not in the library.', 'Add it again.');
    if (!item.client.found) return failure('client-missing', `${item.client.displayName} is not installed.`, item.client.advice);
    const nowMs = Date.now();
    const id = `session-of-${entryId}` as SessionId;
    this.#putSession({
      id,
      entryId,
      hostId: item.entry.host,
      name: item.entry.name,
      clientName: item.client.displayName,
      startedAtMs: nowMs,
      link: { kind: 'connecting', attempt: 1, stage: tell`asking the host`, sinceMs: nowMs },
      app: { kind: 'running' },
      quality: freshQuality,
      marks: [{ kind: 'launched', atMs: nowMs, text: tell`${item.client.displayName} started` }],
    });
    return success(id);
  }

  #putSession(view: SessionView): void {
    const others = this.#snapshot.sessions.filter(({ id }) => id !== view.id);
    this.#snapshot = { ...this.#snapshot, sessions: [...others, view] };
    this.push('session:changed', view);
  }
}
