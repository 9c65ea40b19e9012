// Wakes a sleeping host: sends the signal, and asks until the host answers or has had as long as a boot takes.
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../clock';
import type { CancelSignal } from './gamestream-host';
import type { GameStreamHosts } from './gamestream-hosts';
import { hasJustAnswered, type HostWatch } from './host-watch';
import type { SleepingHost, WakeRun, WakeSignal } from './wake-signal';

export interface WakeParts {
  readonly gameStream: GameStreamHosts;
  readonly watch: HostWatch;
  readonly signal: WakeSignal;
  readonly clock: Clock;
}

/** A cold start with a system update takes minutes; milliseconds. */
export const wakeLimitMs = 180_000;
const askEveryMs = 2_000;

/** One host being woken, until it answers. */
class Waking {
  readonly sent: Promise<Result<null>>;
  readonly answer: Promise<Result<null>>;
  private readonly run: WakeRun;
  private readonly limit: Disposable;
  private next: Disposable | null = null;
  private isOver = false;
  private resolve: (result: Result<null>) => void = () => undefined;

  constructor(
    private readonly parts: WakeParts,
    private readonly host: { readonly hostId: HostId } & SleepingHost,
    private readonly onEnd: () => void,
  ) {
    this.answer = new Promise((resolve) => (this.resolve = resolve));
    this.run = parts.signal.send(host);
    this.limit = parts.clock.after(wakeLimitMs, () => this.end(stillAsleep()));
    parts.watch.woken(host.hostId);
    this.sent = this.run.firstRound.then((sent) => {
      if (!sent.ok) this.end(sent);
      else void this.ask();
      return sent.ok ? success(null) : sent;
    });
  }

  end(result: Result<null>): void {
    if (this.isOver) return;
    this.isOver = true;
    this.next?.dispose();
    this.limit.dispose();
    this.run.dispose();
    this.onEnd();
    this.resolve(result);
  }

  private async ask(): Promise<void> {
    const { watch, clock } = this.parts;
    const state = await watch.lookNow(this.host.hostId);
    if (hasJustAnswered(state)) this.end(success(null));
    if (this.isOver) return;
    // It was held to be there still when the signal went out.
    if (state?.kind === 'asleep') watch.woken(this.host.hostId);
    this.next = clock.after(askEveryMs, () => void this.ask());
  }
}

export class Wake {
  /** A second wish for a host that is being woken waits for the same answer. */
  private readonly running = new Map<HostId, Waking>();

  constructor(private readonly parts: WakeParts) {}

  /**
   * Sends the signal, again and again in the background until the host answers; resolves when the first round is out.
   * Failures: not-found, not-paired (no hardware address known), host-unreachable (no network took the signal).
   */
  async wake(hostId: HostId): Promise<Result<null>> {
    const waking = this.begin(hostId);
    return waking.ok ? waking.value.sent : waking;
  }

  /** As `wake`, but resolves when the host answers. Failures also: timed-out, cancelled. */
  async wakeAndWait(hostId: HostId, signal?: CancelSignal): Promise<Result<null>> {
    if (signal?.aborted) return cancelled();
    const waking = this.begin(hostId);
    if (!waking.ok) return waking;
    const { answer } = waking.value;
    if (!signal) return answer;
    return new Promise((resolve, reject) => {
      // Others may wait for the same host: the signal goes on, only this one leaves.
      const leave = (): void => resolve(cancelled());
      signal.addEventListener('abort', leave);
      answer.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject);
    });
  }

  dispose(): void {
    for (const waking of [...this.running.values()]) waking.end(cancelled());
  }

  private begin(hostId: HostId): Result<Waking> {
    const under = this.running.get(hostId);
    if (under) return success(under);
    const record = this.parts.gameStream.record(hostId);
    if (!record) return failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.');
    const { mac, addresses, httpPort } = record;
    if (mac === null) {
      return failure(
        'not-paired',
        'The hardware address of this host is not known, so it can’t be woken.',
        'Turn it on by hand and pair it: then it tells its own.',
      );
    }
    const waking = new Waking(this.parts, { hostId, mac, addresses, httpPorts: [httpPort] }, () => this.running.delete(hostId));
    this.running.set(hostId, waking);
    return success(waking);
  }
}

function cancelled(): ReturnType<typeof failure> {
  return failure('cancelled', 'It was cancelled before the host answered.', 'Try again when you like.');
}

function stillAsleep(): ReturnType<typeof failure> {
  return failure(
    'timed-out',
    `The host was woken, but did not answer within ${wakeLimitMs / 60_000} minutes.`,
    'Wake-on-LAN must be turned on in its firmware and its system; a cable wakes more surely than Wi-Fi.',
  );
}
