// Makes and joins what watches over GameStream hosts: discovery, polling, pairing, waking, and telling why one is offline.
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { MdnsDiscovery, type DiscoveryParts } from './adapters/gamestream/discovery';
import { OfflineFactsByNetwork } from './adapters/gamestream/offline-facts';
import { WakeOnLan } from './adapters/gamestream/wake-on-lan';
import { SystemPing } from './adapters/probes/system-ping';
import type { OfflineReason } from './common/gamestream';
import type { HostId } from './common/ids';
import type { Result } from './common/result';
import type { Clock } from './domain/clock';
import { askablePlace } from './domain/hosts/askable-place';
import { explainHost } from './domain/hosts/explain-host';
import { FoundHosts } from './domain/hosts/found-hosts';
import type { GameStreamHost, WebLogIn } from './domain/hosts/gamestream-host';
import type { GameStreamHosts } from './domain/hosts/gamestream-hosts';
import { endStreams, tellStreams } from './domain/hosts/host-streams';
import { HostWatch } from './domain/hosts/host-watch';
import { Pairings } from './domain/hosts/pairings';
import { quitAppOnHost } from './domain/hosts/quit-app-on-host';
import { Wake } from './domain/hosts/wake';
import type { LatencyBook } from './domain/latency/latency-book';
import type { ProbeTarget } from './domain/latency/probe';
import { probeTargets } from './domain/latency/probe-targets';
import type { Library } from './domain/library/library';
import type { Log } from './domain/log';
import type { Sessions } from './domain/session/sessions';

export interface HostParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly port: GameStreamHost;
  readonly gameStream: GameStreamHosts;
  readonly library: Library;
  readonly latency: LatencyBook;
  /** Measures these hosts; all of them. */
  readonly measure: (targets: readonly ProbeTarget[]) => void;
  /** Where a Moonlight's settings for this host lie; they hold Athena's key. */
  readonly moonlightDirectory: (hostId: HostId) => string;
}

export interface HostSide {
  readonly hostWatch: HostWatch;
  readonly foundHosts: FoundHosts;
  readonly pairings: Pairings;
  readonly wake: Wake;
  explainHost(hostId: HostId): Promise<Result<OfflineReason>>;
  /** With its pairing, its apps and the settings of its Moonlights. */
  forgetHost(hostId: HostId): Promise<Result<null>>;
  /** Joins it to the sessions, which need some of it to be made. @returns what ends a host's app, Athena's own streams of it first */
  join(sessions: Sessions): (hostId: HostId, web?: WebLogIn) => Promise<Result<null>>;
  dispose(): Promise<void>;
}

export function composeHosts({ clock, log, port, gameStream, library, latency, measure, moonlightDirectory }: HostParts): HostSide {
  const ping = new SystemPing();
  const hostWatch = new HostWatch({ gameStream, ping, clock, log });
  const foundHosts = new FoundHosts({ discovery: new MdnsDiscovery({ clock, log, ...testedDiscovery() }), gameStream, clock, log });
  const pairings = new Pairings({ gameStream, random: randomInt, clientName: `Athena on ${hostname()}`, log });
  const wake = new Wake({ gameStream, watch: hostWatch, signal: new WakeOnLan({ clock, log }), clock });
  const inquiry = new OfflineFactsByNetwork({ host: port, ping, clock });

  foundHosts.onNews({ announced: (hostId) => hostWatch.announced(hostId) });
  pairings.onChange(({ kind, hostId }) => {
    if (kind === 'paired') void hostWatch.lookNow(hostId);
  });
  // It answers echo again: most of them are asked five times a second.
  latency.onNews({ hostSeen: (hostId) => hostWatch.announced(hostId) });

  return {
    hostWatch,
    foundHosts,
    pairings,
    wake,
    explainHost: (hostId) => explainHost({ gameStream, inquiry, nameOf: (id) => library.host(id)?.address ?? null }, hostId),
    forgetHost: async (hostId) => {
      await pairings.forget(hostId);
      const forgotten = await gameStream.forget(hostId);
      if (!forgotten.ok) return forgotten;
      const directory = moonlightDirectory(hostId);
      await rm(directory, { recursive: true, force: true }).catch((error: unknown) =>
        log.warn('settings of a forgotten host could not be removed', { directory, error }),
      );
      return forgotten;
    },
    join: (sessions) => {
      const entryOf: typeof library.entry = (entryId) => library.entry(entryId);
      const probed = { targets: '' };
      const probe = (): void => {
        const targets = probeTargets(library.hosts, library.entries, (hostId) => askablePlace({ gameStream, hostWatch, sessions }, hostId));
        const text = JSON.stringify(targets);
        if (text !== probed.targets) measure(targets);
        probed.targets = text;
      };
      library.onChange(probe);
      sessions.onNews({ changed: probe, forgotten: probe });
      hostWatch.onNews({ changed: probe, appeared: (hostId) => sessions.hostSeen(hostId) });
      tellStreams(sessions, entryOf, hostWatch);
      return (hostId, web) =>
        quitAppOnHost({ gameStream, watch: hostWatch, endStreams: (id) => endStreams(sessions, entryOf, clock, id) }, hostId, web);
    },
    dispose: async () => {
      foundHosts.dispose();
      wake.dispose();
      hostWatch.dispose();
      await pairings.dispose();
    },
  };
}

/** Tests listen on loopback, at a port of their own: "127.0.0.1:5454"; "none": on no network at all. */
function testedDiscovery(): Pick<DiscoveryParts, 'interfaceAddresses' | 'port'> {
  const text = process.env['ATHENA_TEST_DISCOVERY'];
  if (text === undefined) return {};
  const [address = '', port] = text.split(':');
  return { interfaceAddresses: () => (port === undefined ? [] : [address]), ...(port !== undefined && { port: Number(port) }) };
}
