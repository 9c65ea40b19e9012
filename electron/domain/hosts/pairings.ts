// Pairing under way, one a host at a time: makes the PIN, waits for somebody to type it, and tells how it ended.
import type { PairingState } from '../../common/gamestream';
import type { HostId } from '../../common/ids';
import { newPin } from '../../common/pin';
import { failure, success, type Failure, type Result } from '../../common/result';
import { CancelSource } from '../cancel-source';
import type { Disposable } from '../clock';
import type { Log } from '../log';
import type { WebLogIn } from './gamestream-host';
import type { GameStreamHosts } from './gamestream-hosts';

export interface PairingsParts {
  readonly gameStream: GameStreamHosts;
  /** A whole number from 0 to below the limit, that nobody can guess. */
  readonly random: (below: number) => number;
  /** How hosts list this client. */
  readonly clientName: string;
  readonly log: Log;
}

export interface PairingWish {
  readonly hostId: HostId;
  /** Exactly four digits; made when absent. */
  readonly pin?: string | undefined;
  readonly web?: WebLogIn | undefined;
}

interface Running {
  readonly cancel: CancelSource;
  readonly done: Promise<PairingState>;
}

export class Pairings {
  private readonly last = new Map<HostId, PairingState>();
  private readonly running = new Map<HostId, Running>();
  private readonly listeners = new Set<(state: PairingState) => void>();

  constructor(private readonly parts: PairingsParts) {}

  /** The last of each host. */
  states(): PairingState[] {
    return [...this.last.values()];
  }

  onChange(listener: (state: PairingState) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Begins, and hands back the PIN to show. Failures: not-found, bad-input, host-busy (one waits already). */
  pair({ hostId, pin = newPin(this.parts.random), web }: PairingWish): Result<{ pin: string }> {
    const { gameStream, clientName } = this.parts;
    if (!gameStream.record(hostId)) return failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.');
    if (!/^[0-9]{4}$/.test(pin)) return failure('bad-input', 'A PIN is exactly four digits.', 'Leave it out to have one made.');
    if (this.running.has(hostId)) {
      return failure('host-busy', 'This host waits for a PIN already.', 'Type that PIN on the host, or cancel and pair again.');
    }
    const cancel = new CancelSource();
    this.note({ kind: 'waiting', hostId, pin, byWeb: web !== undefined });
    const done = gameStream
      .pair(hostId, { pin, clientName, cancel, ...(web && { web }) })
      .then((paired): PairingState => {
        if (paired.ok) return { kind: 'paired', hostId, apps: paired.value.apps.length };
        return paired.failure.kind === 'cancelled' ? { kind: 'cancelled', hostId } : { kind: 'failed', hostId, failure: paired.failure };
      })
      .catch((error: unknown): PairingState => {
        this.parts.log.error('pairing failed', { host: hostId, error });
        return { kind: 'failed', hostId, failure: unexpected };
      })
      .then((state) => {
        this.running.delete(hostId);
        this.note(state);
        return state;
      });
    this.running.set(hostId, { cancel, done });
    return success({ pin });
  }

  /** Resolves when the host was let go. Failure: not-found (none waits). */
  async cancel(hostId: HostId): Promise<Result<undefined>> {
    const pairing = this.running.get(hostId);
    if (!pairing) return failure('not-found', 'This host is not being paired.', 'Look at what is shown now.');
    pairing.cancel.cancel();
    await pairing.done;
    return success(undefined);
  }

  /** The host was forgotten: so is how its pairing went. */
  async forget(hostId: HostId): Promise<void> {
    await this.cancel(hostId);
    this.last.delete(hostId);
  }

  async dispose(): Promise<void> {
    const all = [...this.running.values()];
    for (const { cancel } of all) cancel.cancel();
    await Promise.all(all.map(({ done }) => done));
  }

  private note(state: PairingState): void {
    this.last.set(state.hostId, state);
    for (const listener of [...this.listeners]) listener(state);
  }
}

const unexpected: Failure = {
  kind: 'io',
  message: 'Pairing ended by an error of Athena itself.',
  advice: 'Try again; the log tells more.',
};
