// Joins the flight recorder: what is measured and what sessions live through goes to its thread, and becomes incidents.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { HostId } from './common/ids';
import type { Clock } from './domain/clock';
import type { HostWatch } from './domain/hosts/host-watch';
import { IncidentDesk } from './domain/incidents/incident-desk';
import type { Observations } from './domain/latency/observations';
import type { Library } from './domain/library/library';
import type { Log } from './domain/log';
import type { Sessions } from './domain/session/sessions';
import { RecorderOwner, usualLimitBytes } from './threads/recorder-owner';

export interface RecorderComposition {
  readonly clock: Clock;
  readonly log: Log;
  readonly builtDirectory: string;
  readonly stateDirectory: string;
  readonly observations: Observations;
  readonly sessions: Sessions;
  readonly hostWatch: HostWatch;
  readonly library: Library;
}

export interface ComposedRecorder {
  readonly recorder: RecorderOwner;
  begin(): void;
  /** Ends what goes on, and resolves when everything is on disk. */
  dispose(): Promise<void>;
}

/** Where the flight recorder's store lies. */
export function flightFile(stateDirectory: string): string {
  return join(stateDirectory, 'flight', 'flight.db');
}

export function composeRecorder(parts: RecorderComposition): ComposedRecorder {
  const { clock, log, library, observations, sessions, hostWatch } = parts;
  const store = { file: flightFile(parts.stateDirectory), limitBytes: usualLimitBytes };
  const recorder = new RecorderOwner(join(parts.builtDirectory, 'recorder-thread.cjs'), store, clock, log);
  const desk = new IncidentDesk({
    clock,
    log,
    keeper: recorder,
    observations,
    sessions,
    hostWatch,
    host: (hostId: HostId) => library.host(hostId),
    random16: () => randomInt(0x1_0000),
  });
  return {
    recorder,
    begin: () => desk.begin(),
    dispose: async () => {
      await desk.dispose();
      await recorder.dispose();
    },
  };
}
