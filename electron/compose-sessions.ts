// Joins the sessions: what each needs of clients, hosts and files, what is written down of it, and how its stream is to look.
import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { tell } from './common/told';
import { localMachine } from './adapters/clients/machine';
import { LocalLink } from './adapters/network/local-link';
import { createNetworkEvents } from './adapters/network/network-events';
import { Router } from './adapters/network/router';
import { SleepClock } from './adapters/power/sleep-clock';
import { emptyJournal, JournalFile, journalSchema } from './adapters/store/journal-file';
import { JsonRecordFile } from './adapters/store/json-record-file';
import { LocalStallTelemetry } from './adapters/telemetry/local-stall-telemetry';
import type { HostId } from './common/ids';
import { failure, success, type Result } from './common/result';
import type { Clock } from './domain/clock';
import { askHost } from './domain/hosts/ask-host';
import type { GameStreamHosts } from './domain/hosts/gamestream-hosts';
import type { HostKeys } from './domain/hosts/host-keys';
import type { Wake } from './domain/hosts/wake';
import type { LatencyBook } from './domain/latency/latency-book';
import type { Probe } from './domain/latency/probe';
import type { Library } from './domain/library/library';
import type { CertificateStore } from './domain/library/library-store';
import type { Passwords } from './domain/library/passwords';
import { PlayTime } from './domain/library/play-time';
import type { Log } from './domain/log';
import type { HostControl } from './domain/pause/host-control';
import type { LeaseKeeper } from './domain/pause/lease';
import { Profiles } from './domain/profiles/profiles';
import type { ClientChoice } from './domain/session/client-choice';
import type { CrashLimits } from './domain/session/crash-loop';
import { GateHints } from './domain/session/gate-hints';
import { Journal } from './domain/session/journal';
import type { NetworkEvents } from './domain/session/network-events';
import { prepareClient, type MoonlightPlace, type PreparationParts } from './domain/session/prepare-client';
import { HostGate } from './domain/session/session-gate';
import { Sessions } from './domain/session/sessions';
import { SleepWatch } from './domain/session/sleep-watch';
import { StallObserver } from './domain/session/stall-observer';
import type { WriteTroubles } from './domain/write-troubles';
import { practiceHostId } from './practice/practice-library';
import { SessionOwner } from './threads/session-owner';

/** What a host's sessions work with: the practice host has everything of its own. */
export interface HostOutfit {
  readonly clients: ClientChoice;
  readonly control: HostControl;
  readonly gameStream: GameStreamHosts;
  /** Absent: its apps are paused by orders alone. */
  readonly lease?: LeaseKeeper;
  moonlight(hostId: HostId): Promise<Result<MoonlightPlace>>;
}

export interface SessionsComposition {
  readonly clock: Clock;
  readonly log: Log;
  readonly builtDirectory: string;
  readonly stateDirectory: string;
  readonly library: Library;
  readonly passwords: Passwords;
  readonly certificates: CertificateStore;
  readonly latency: LatencyBook;
  readonly probe: Probe;
  readonly hostKeys: HostKeys;
  readonly storage: WriteTroubles;
  readonly wake: Wake;
  readonly outfitOf: (hostId: HostId) => HostOutfit;
  /** Absent: the usual ones. */
  readonly crashLimits?: CrashLimits;
}

export interface ComposedSessions {
  readonly sessions: Sessions;
  readonly journal: Journal;
  readonly profiles: Profiles;
  readonly askHost: PreparationParts['askHost'];
  /** Where it is told that a host may be reached again. */
  readonly hints: GateHints;
  readonly sleepWatch: SleepWatch;
  dispose(): Promise<void>;
}

export function composeSessions(parts: SessionsComposition): ComposedSessions {
  const { clock, log, builtDirectory, stateDirectory, library, passwords, certificates, latency, hostKeys, outfitOf } = parts;
  const ask: PreparationParts['askHost'] = (hostId, appName) => askHost({ gameStream: outfitOf(hostId).gameStream, clock }, hostId, appName);
  const wake: PreparationParts['wake'] = async (hostId, cancel) => (await parts.wake.wakeAndWait(hostId, cancel)).ok;
  const profiles: Profiles = new Profiles({
    library,
    network: new Router({ machine: localMachine(), clock }),
    link: new LocalLink({ machine: localMachine() }),
    addressOf: (hostId) => outfitOf(hostId).gameStream.record(hostId)?.addresses[0] ?? null,
    summaries: () => latency.summaries(),
    sessions: () => sessions.views(),
  });
  const profile: PreparationParts['profile'] = (entry, host) => profiles.resolvedFor(entry, host);

  const stallWatcher = new StallObserver({
    clock,
    probe: parts.probe,
    telemetry: new LocalStallTelemetry(),
    placeOf: (hostId) => {
      const record = outfitOf(hostId).gameStream.record(hostId);
      return record && { address: record.addresses[0] ?? '', port: record.httpPort };
    },
  });
  const hints = new GateHints(clock, (address) =>
    library.hosts
      .filter(({ id, address: known }) => known === address || isIP(known) === 0 || outfitOf(id).gameStream.record(id)?.addresses.includes(address) === true)
      .map(({ id }) => id),
  );
  const sessions: Sessions = new Sessions({
    newId: randomUUID,
    createKeeper: () => new SessionOwner(join(builtDirectory, 'session-thread.cjs'), log),
    look: async (entryId) => {
      const entry = library.entry(entryId);
      const host = entry && library.host(entry.host);
      if (!entry || !host) return failure('not-found', `There is no entry "${entryId}".`, 'Look at the library for its name.');
      const answer = await outfitOf(host.id).clients.choose(entry.protocol);
      if (answer.kind === 'missing') {
        return failure('client-missing', `${answer.missing.displayName} is not installed.`, answer.missing.advice);
      }
      await library.noteUse(entryId);
      return success({ entry, host, clientName: answer.found.displayName });
    },
    partsFor: ({ entry, host }, keeper) => {
      const outfit = outfitOf(host.id);
      const { clients, control, lease } = outfit;
      const moonlight: PreparationParts['moonlight'] = (hostId) => outfit.moonlight(hostId);
      return {
        clock,
        random: Math.random,
        log,
        keeper,
        control,
        // As they are by now: a refused user name is put right in the library, and the next attempt takes it.
        prepare: async (attempt) => {
          const present = library.entry(entry.id) ?? entry;
          // A virtual machine that a pause suspended must run, or no client would ever reach it.
          if (attempt.resuming && entry.pause) {
            const awake = await control.awaken?.(host, entry.pause);
            if (awake?.ok === false) log.warn('host could not be let run on for an attempt', { host: host.id, kind: awake.failure.kind, message: awake.failure.message });
          }
          const preparation = { clients, passwords, certificates, moonlight, askHost: ask, profile, wake };
          return prepareClient(present, library.host(present.host) ?? host, preparation, attempt);
        },
        askHost: entry.protocol === 'gamestream' && entry.app !== undefined ? () => ask(host.id, entry.app ?? '') : null,
        ...(lease && { lease }),
        stallWatcher,
        ...(parts.crashLimits && { crashLimits: parts.crashLimits }),
        gate: new HostGate({ hostId: host.id, latency, probe: parts.probe, hints, clock }),
        onControlFailure: ({ kind, message, question }) => {
          log.warn('host control failed', { host: host.id, kind, message });
          if (question) hostKeys.ask(question);
        },
      };
    },
  });

  const journal = new Journal({
    store: new JournalFile(new JsonRecordFile(join(stateDirectory, 'journal.json'), journalSchema, emptyJournal, clock, log, parts.storage), () => clock.nowMs()),
    clock,
    sessions,
    isKept: (entryId) => library.entry(entryId)?.host !== practiceHostId,
    log,
  });
  const playTime = new PlayTime({ clock, note: (entryId, playedMs, ended) => library.notePlayed(entryId, playedMs, ended) });
  sessions.onNews({ changed: (view) => playTime.see(view), forgotten: (sessionId) => playTime.gone(sessionId) });
  latency.onNews({ hostSeen: (hostId) => sessions.hostSeen(hostId) });
  hints.onHint((hostId) => sessions.hostSeen(hostId));
  const network: { events: NetworkEvents | null } = { events: null };
  sessions.onNews({
    // A command that streams nothing has no use for a process that listens.
    changed: () => {
      if (network.events !== null) return;
      network.events = createNetworkEvents(clock, log);
      network.events.onEvent((event) => hints.noteNetwork(event));
    },
  });
  const sleepWatch = new SleepWatch({
    clock,
    meter: new SleepClock(),
    woke: (sleptMs) => {
      log.info('this machine has slept', { sleptMs });
      sessions.machineWoke(sleptMs);
      hints.noteEveryHost(tell`this machine woke up`);
    },
  });
  hostKeys.onNews({ answered: (hostId, trusted) => trusted && sessions.hostKeyTrusted(hostId) });

  return {
    sessions,
    journal,
    profiles,
    askHost: ask,
    hints,
    sleepWatch,
    dispose: async () => {
      sleepWatch.dispose();
      await sessions.dispose();
      network.events?.dispose();
      stallWatcher.dispose();
      await playTime.dispose();
      await journal.dispose();
    },
  };
}
