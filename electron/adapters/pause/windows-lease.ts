// Starts the watchdog on a Windows host, over a connection of its own, and talks to it.
import { createHash, randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import { failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../../domain/clock';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { LeaseTerms } from '../../domain/pause/lease';
import type { Watchdog, WatchdogEnd, WatchdogEvents } from '../../domain/pause/lease-watchdog';
import type { Log } from '../../domain/log';
import { LineReader } from './line-reader';
import { openChannel, openSession, type ConnectionInputs } from './ssh-connection';
import { WindowsHost, type Member, type WindowsTarget } from './windows-host';
import { readWindowsWatchdog, type WindowsWatchdogSaying } from './windows-lease-answer';
import { windowsWatchdogScript } from './windows-lease-script';
import { startCommand, startLines } from './windows-script';

export interface WindowsLeaseInputs {
  readonly connection: ConnectionInputs;
  readonly target: WindowsTarget;
  readonly terms: LeaseTerms;
  readonly events: WatchdogEvents;
  readonly clock: Clock;
  readonly log: Log;
}

/** Between two looks for the app's processes, in milliseconds: what they start meanwhile the watchdog finds itself. */
const lookEveryMs = 5_000;
const lookSoonMs = 1_000;
const lookLimitMs = 8_000;
const longestLine = 1_000_000;

/** One connection, two PowerShells: one finds the app's processes, the other is the watchdog. */
export function startWindowsWatchdog(inputs: WindowsLeaseInputs): Promise<Result<Watchdog, ControlFailure>> {
  const { connection, target, terms } = inputs;
  return openSession(connection, async ({ client, destroy, leftMs }) => {
    const [forOrders, forWatchdog] = await Promise.all([
      openChannel(client, connection.host, startCommand),
      openChannel(client, connection.host, startCommand),
    ]);
    if (!forOrders.ok) return forOrders;
    if (!forWatchdog.ok) return forWatchdog;
    const windows = new WindowsHost(forOrders.value, destroy);
    const watchdog = new WindowsWatchdog(forWatchdog.value, windows, destroy, inputs);
    const name = createHash('sha256').update(JSON.stringify([target.by, target.pattern])).digest('hex').slice(0, 8);
    const script = windowsWatchdogScript({ watchdog: randomBytes(8).toString('hex'), name, terms });
    const [begun, ready] = await Promise.all([windows.begin(leftMs()), watchdog.begin(script)]);
    if (!begun.ok) return begun.failure.kind === 'refused' ? { ok: false, failure: begun.failure.failure } : notStarted('PowerShell did not answer');
    if (!ready.ok) return ready;
    return success(watchdog);
  });
}

function notStarted(why: string): { readonly ok: false; readonly failure: ControlFailure } {
  return failure('io', `The watchdog could not be started on the host: ${why}.`, 'It is tried again by itself.');
}

class WindowsWatchdog implements Watchdog {
  readonly #mark = randomBytes(16).toString('hex');
  #awaited: ((saying: WindowsWatchdogSaying | null) => void) | null = null;
  #isClosed = false;
  #isBegun = false;
  #nextLook: Disposable | null = null;

  constructor(
    private readonly channel: ClientChannel,
    private readonly windows: WindowsHost,
    private readonly destroy: () => void,
    private readonly inputs: WindowsLeaseInputs,
  ) {
    new LineReader(channel, longestLine, {
      line: (line) => this.#take(line),
      ended: () => this.#end({ kind: 'closed', why: 'The connection to the host ended.' }),
    });
  }

  /** Until the whole start's limit is over, which ends the connection. */
  async begin(script: string): Promise<Result<null, ControlFailure>> {
    const answering = new Promise<WindowsWatchdogSaying | null>((resolve) => (this.#awaited = resolve));
    this.channel.write(startLines(this.#mark, script));
    const saying = await answering;
    if (saying?.kind === 'failed') return failure('not-supported', `PowerShell on the host can't watch over the app: ${saying.why}.`, 'Athena still pauses it over the network.');
    if (saying?.kind !== 'ready') return notStarted('PowerShell did not answer');
    this.#isBegun = true;
    this.inputs.log.debug('a watchdog runs on the host', { shell: 'powershell' });
    this.#nextLook = this.inputs.clock.after(0, () => void this.#lookAgain([]));
    return success(null);
  }

  beat(number: number): void {
    this.#write(`b ${number}\n`);
  }

  heard(): void {
    this.#write('h\n');
  }

  leave(): void {
    this.#write('r\n');
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#nextLook?.dispose();
    this.#awaited?.(null);
    this.destroy();
  }

  #end(end: WatchdogEnd): void {
    if (this.#isClosed) return;
    this.close();
    if (this.#isBegun) this.inputs.events.ended(end);
  }

  async #lookAgain(known: readonly Member[]): Promise<void> {
    const { target, log, clock } = this.inputs;
    const found = await this.windows.find(target, new Set(), lookLimitMs);
    if (this.#isClosed) return;
    if (!found.ok && found.failure.kind === 'fault') {
      this.#end({ kind: 'closed', why: 'The host stopped answering.' });
      return;
    }
    if (!found.ok && found.failure.kind === 'refused') log.warn('the lease could not look for the app', { why: found.failure.failure.message });
    const members = found.ok ? found.value : known;
    this.#write(`m ${members.map(({ pid, created }) => `${pid}:${created}`).join(' ')}\n`);
    this.#nextLook = clock.after(members.length === 0 ? lookSoonMs : lookEveryMs, () => void this.#lookAgain(members));
  }

  #write(text: string): void {
    if (!this.#isClosed) this.channel.write(text);
  }

  #take(line: string): void {
    const saying = readWindowsWatchdog(line, this.#mark, this.inputs.clock.nowMs());
    if (!saying) return;
    switch (saying.kind) {
      case 'ready':
      case 'failed':
        this.#awaited?.(saying);
        this.#awaited = null;
        break;
      case 'answered':
        this.inputs.events.answered(saying.beat);
        break;
      case 'told':
        this.inputs.events.told(saying.report);
        break;
      case 'fired':
        this.inputs.log.info('the watchdog paused the app by itself');
        break;
      case 'left':
      case 'replaced':
        this.#end({ kind: saying.kind });
        break;
    }
  }
}
