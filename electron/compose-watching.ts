// Makes and joins what measures: vantage points, figures of this machine and of others, and the ways to hosts.
import { localMachine } from './adapters/clients/machine';
import { LocalAddressSense } from './adapters/network/local-address-sense';
import { LocalNeighbourhood } from './adapters/network/local-neighbourhood';
import { SshMachine } from './adapters/telemetry/ssh-machine';
import type { Clock } from './domain/clock';
import { askablePlace } from './domain/hosts/askable-place';
import type { GameStreamHost } from './domain/hosts/gamestream-host';
import type { GameStreamHosts } from './domain/hosts/gamestream-hosts';
import { isInUse } from './domain/hosts/host-streams';
import type { HostWatch } from './domain/hosts/host-watch';
import { AddressWatch } from './domain/latency/address-watch';
import type { LatencyBook } from './domain/latency/latency-book';
import type { LiveObservations } from './domain/latency/live-observations';
import type { MachineTelemetry } from './domain/latency/machine-telemetry';
import { MachineWatch } from './domain/latency/machine-watch';
import type { Neighbourhood } from './domain/latency/neighbourhood';
import type { Probe, ProbeTarget } from './domain/latency/probe';
import { VantageWatch } from './domain/latency/vantage-watch';
import type { Library } from './domain/library/library';
import type { Log } from './domain/log';
import type { Sessions } from './domain/session/sessions';

export interface WatchingParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly probe: Probe & MachineTelemetry;
  readonly latency: LatencyBook;
  readonly observations: LiveObservations;
  readonly library: Pick<Library, 'hosts' | 'probesPerSecond' | 'onChange'>;
  readonly gameStream: Pick<GameStreamHosts, 'record'>;
  readonly port: Pick<GameStreamHost, 'serverInfo'>;
  readonly hostWatch: Pick<HostWatch, 'state'>;
  readonly sessions: Pick<Sessions, 'views' | 'onNews'>;
  readonly knownHostsFile: string;
  /** Another one for tests. */
  readonly neighbourhood?: Neighbourhood;
}

export interface Watching {
  /** The hosts that are measured. */
  setHosts(targets: readonly ProbeTarget[]): void;
  /** From here on everything else is looked at, too: not for a command that asks and ends. */
  begin(): void;
  dispose(): void;
}

export function composeWatching(parts: WatchingParts): Watching {
  const { clock, log, probe, latency, observations, library, gameStream, port, hostWatch, sessions, knownHostsFile } = parts;
  const hosts = (): Library['hosts'] => library.hosts;
  const addresses = new AddressWatch({
    sense: new LocalAddressSense(port),
    hosts,
    placeOf: (hostId) => askablePlace({ gameStream, hostWatch, sessions }, hostId),
    told: (reading) => observations.tellAddress(reading),
    clock,
    log,
  });
  const vantages = new VantageWatch({
    latency,
    observations,
    neighbourhood: parts.neighbourhood ?? testedNeighbourhood() ?? new LocalNeighbourhood({ machine: localMachine() }),
    hosts,
    perSecond: () => library.probesPerSecond,
    seenAt: () => addresses.seenAt(),
    clock,
    log,
  });
  const machines = new MachineWatch({
    listen: (host, told) => new SshMachine({ host, knownHostsFile, clock, log, told }),
    hosts,
    isInUse: (hostId) => isInUse(sessions.views(), hostId),
    told: (reading) => observations.tellTelemetry(reading),
    clock,
  });
  /** The card that leads to the host that is in use is the one whose figures tell. */
  const observe = (): void => {
    const used = sessions.views().find(({ link }) => link.kind !== 'ended')?.hostId;
    probe.observe(observations.addresses().find(({ hostId }) => hostId === used)?.ip ?? null);
  };
  const begun = { now: false };
  const follow = (): void => {
    if (!begun.now) return;
    machines.update();
    observe();
  };
  probe.onSamples((batches) => observations.tellSamples(batches));
  probe.onTelemetry((reading) => observations.tellTelemetry(reading));
  sessions.onNews({ changed: follow, forgotten: follow });
  library.onChange(follow);
  return {
    setHosts: (targets) => vantages.setHosts(targets),
    begin: () => {
      begun.now = true;
      addresses.start();
      vantages.start();
      machines.start();
      observe();
    },
    dispose: () => {
      begun.now = false;
      machines.dispose();
      vantages.dispose();
      addresses.dispose();
    },
  };
}

/** Tests that look for hosts on loopback alone send nothing to anybody else either; in a network of their own they say "real". */
function testedNeighbourhood(): Neighbourhood | null {
  if (process.env['ATHENA_TEST_DISCOVERY'] === undefined || process.env['ATHENA_TEST_NEIGHBOURHOOD'] === 'real') return null;
  return {
    gateway: () => Promise.resolve(null),
    neighbours: () => Promise.resolve([]),
    ask: () => Promise.resolve({ asked: 0, answered: 0, slowestMs: null }),
  };
}
