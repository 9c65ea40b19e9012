// Decides which other machines tell how they fare: a host that is in use, and the VM host it runs on.
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import type { TelemetryFigures, TelemetryReading, TelemetrySource } from '../../common/telemetry';
import type { Clock, Disposable } from '../clock';

/** Asks a machine once a second, until it is disposed. @param host whom; its `ssh` says how */
export type MachineListening = (host: HostRecord, told: (figures: TelemetryFigures) => void) => Disposable;

export interface MachineWatchParts {
  readonly listen: MachineListening;
  readonly hosts: () => readonly HostRecord[];
  readonly isInUse: (hostId: HostId) => boolean;
  readonly told: (reading: TelemetryReading) => void;
  readonly clock: Clock;
}

interface Asked {
  readonly signature: string;
  readonly listening: Disposable;
}

export class MachineWatch implements Disposable {
  private readonly asked = new Map<string, Asked>();
  private isStarted = false;

  constructor(private readonly parts: MachineWatchParts) {}

  start(): void {
    this.isStarted = true;
    this.update();
  }

  /** To be called when sessions or hosts have changed. */
  update(): void {
    if (!this.isStarted) return;
    const wanted = new Map(this.wanted().map((one) => [one.key, one]));
    for (const [key, { signature, listening }] of this.asked) {
      if (wanted.get(key)?.signature === signature) continue;
      listening.dispose();
      this.asked.delete(key);
    }
    for (const [key, { signature, host, source }] of wanted) {
      if (this.asked.has(key)) continue;
      const told = (figures: TelemetryFigures): void => this.parts.told({ source, atMs: this.parts.clock.nowMs(), figures });
      this.asked.set(key, { signature, listening: this.parts.listen(host, told) });
    }
  }

  dispose(): void {
    this.isStarted = false;
    for (const { listening } of this.asked.values()) listening.dispose();
    this.asked.clear();
  }

  private wanted(): { readonly key: string; readonly signature: string; readonly host: HostRecord; readonly source: TelemetrySource }[] {
    return this.parts.hosts().flatMap((host) => {
      if (!this.parts.isInUse(host.id)) return [];
      const { id: hostId, name, ssh, vmHost } = host;
      return [
        ...(ssh ? [{ host, source: { kind: 'host', hostId } } as const] : []),
        ...(vmHost?.ssh ? [{ host: { id: hostId, name: `${name}’s VM host`, ...vmHost }, source: { kind: 'vmhost', hostId } } as const] : []),
      ].map((one) => ({ ...one, key: `${one.source.kind}/${hostId}`, signature: JSON.stringify([one.host.address, one.host.ssh]) }));
    });
  }
}
