// The network around GameStream hosts in a test's hand: announcements, pings, wake-up signals, and what an inquiry finds.
import { failure, success, type Result } from '../../electron/common/result';
import type { Disposable } from '../../electron/domain/clock';
import type { OfflineInquiry } from '../../electron/domain/hosts/explain-host';
import type { GameStreamRecord } from '../../electron/domain/hosts/gamestream-record';
import type { AnnouncedHost, DiscoveryNews, HostDiscovery } from '../../electron/domain/hosts/host-discovery';
import type { HostPing } from '../../electron/domain/hosts/host-ping';
import type { OfflineFacts } from '../../electron/domain/hosts/offline-reason';
import type { SleepingHost, WakeRun, WakeSignal } from '../../electron/domain/hosts/wake-signal';

export class FakeDiscovery implements HostDiscovery {
  private readonly listeners = new Set<DiscoveryNews>();

  start(news: DiscoveryNews): Disposable {
    this.listeners.add(news);
    return { dispose: () => this.listeners.delete(news) };
  }

  get isListening(): boolean {
    return this.listeners.size > 0;
  }

  announce(host: AnnouncedHost): void {
    for (const news of [...this.listeners]) news.found?.(host);
  }

  speak(from: string): void {
    for (const news of [...this.listeners]) news.heard?.(from);
  }

  lose(name: string): void {
    for (const news of [...this.listeners]) news.lost?.(name);
  }
}

export class FakePing implements HostPing {
  /** null: it can't be asked. */
  answer: boolean | null = false;
  readonly asked: string[] = [];

  async ping(address: string): Promise<boolean | null> {
    this.asked.push(address);
    return this.answer;
  }
}

export class FakeWakeSignal implements WakeSignal {
  readonly sent: SleepingHost[] = [];
  /** How many are being sent at the moment. */
  running = 0;
  isTaken = true;

  send(host: SleepingHost): WakeRun {
    this.sent.push(host);
    this.running += 1;
    const firstRound: Result<number> = this.isTaken ? success(12) : failure('host-unreachable', 'No network took the signal.', 'Connect.');
    return { firstRound: Promise.resolve(firstRound), dispose: () => (this.running -= 1) };
  }
}

/** Finds a machine where nothing listens. */
export class FakeInquiry implements OfflineInquiry {
  async collect(name: string, record: GameStreamRecord): Promise<OfflineFacts> {
    return {
      name,
      lookup: { kind: 'literal' },
      knownAddresses: record.addresses,
      neighbour: { kind: 'not-asked' },
      knownMac: record.mac,
      pingAnswered: true,
      port: record.httpPort,
      service: { kind: 'refused' },
      identity: { expected: record.uniqueId, got: null },
      certificate: record.certificatePem === null ? 'not-paired' : 'not-asked',
    };
  }
}
