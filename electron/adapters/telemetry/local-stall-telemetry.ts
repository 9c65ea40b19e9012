// What this machine can tell of a client it runs; where there is no /proc, only our own load and questions to the service.
import { performance } from 'node:perf_hooks';
import type { Protocol } from '../../common/entry';
import type { AskLook } from '../../domain/session/stall-evidence';
import type { ClientTelemetry, ServicePlace, StallTelemetry, TelemetryLook } from '../../domain/session/stall-telemetry';
import { ClientProcesses } from './client-processes';
import { ClientSockets } from './client-sockets';
import { OwnLoad } from './own-load';
import { ServiceQuestion } from './service-question';

/** New threads and sockets, and what `ss` tells, while nothing is suspicious: starting it is most of what a watch costs. */
const refreshEveryMs = 2_000;
/** At first twice as often: what is usual is to be known soon. */
const youngRefreshEveryMs = 1_000;
const youngMs = 10_000;

export class LocalStallTelemetry implements StallTelemetry {
  constructor(private readonly platform: NodeJS.Platform = process.platform) {}

  open(clientPid: number): ClientTelemetry {
    return new LocalClientTelemetry(clientPid, this.platform === 'linux');
  }
}

class LocalClientTelemetry implements ClientTelemetry {
  private readonly load = new OwnLoad();
  private readonly processes: ClientProcesses | null;
  private readonly sockets: ClientSockets | null;
  private question: ServiceQuestion | null = null;
  private readonly openedMs = now();
  private refreshedMs = Number.NEGATIVE_INFINITY;

  constructor(clientPid: number, hasProc: boolean) {
    this.processes = hasProc ? new ClientProcesses(clientPid) : null;
    this.sockets = hasProc ? new ClientSockets(clientPid, now) : null;
  }

  look(closely: boolean): TelemetryLook {
    const tMs = now();
    const everyMs = tMs - this.openedMs < youngMs ? youngRefreshEveryMs : refreshEveryMs;
    if (tMs - this.refreshedMs >= everyMs) {
      this.refreshedMs = tMs;
      this.processes?.refresh();
      this.sockets?.refresh(this.processes?.pids ?? []);
    } else if (closely) this.sockets?.refreshClosely();
    const { sockets = null, received = [] } = this.sockets?.look() ?? {};
    return { own: this.load.look(tMs), client: this.processes?.look() ?? null, sockets, received };
  }

  peer(): ServicePlace | null {
    return this.sockets?.peer() ?? null;
  }

  ask(place: ServicePlace, protocol: Protocol): void {
    this.question?.dispose();
    this.question = new ServiceQuestion(place, protocol, now);
  }

  unask(): void {
    this.question?.dispose();
    this.question = null;
  }

  asked(): AskLook {
    return this.question?.look() ?? { kind: 'none' };
  }

  dispose(): void {
    this.load.dispose();
    this.processes?.dispose();
    this.sockets?.dispose();
    this.unask();
  }
}

function now(): number {
  return performance.now();
}
