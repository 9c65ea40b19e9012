// The figures of another Linux machine, once a second, from one shell that stays open over an SSH connection of its own.
import { randomBytes } from 'node:crypto';
import type { HostRecord } from '../../common/host';
import type { TelemetryFigures } from '../../common/telemetry';
import type { Clock, Disposable } from '../../domain/clock';
import type { Log } from '../../domain/log';
import { KnownHostsFiles } from '../pause/known-hosts-files';
import { openLine, type SshLine } from '../pause/ssh-connection';
import type { SshHost } from '../pause/ssh-failures';
import { findLogInKeys, usualUserSsh, type UserSsh } from '../pause/ssh-keys';
import { MachineReader } from './machine-answer';
import { machineScript } from './machine-script';

export interface SshMachineParts {
  /** Whom to ask; needs `ssh`. */
  readonly host: HostRecord;
  /** Athena's own list of trusted host keys. Nobody is asked about an unknown one here. */
  readonly knownHostsFile: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly told: (figures: TelemetryFigures) => void;
  /** Where the user's own SSH set-up lies; absent: where OpenSSH looks for it. */
  readonly user?: UserSsh;
}

const beatMs = 1_000;
const connectLimitMs = 6_000;
/** An answer takes milliseconds: a shell that owes one for this long is gone. */
const answerLimitMs = 10_000;
/** A host that refuses is asked less and less often. */
const againAfterMs = [2_000, 10_000, 60_000] as const;

export class SshMachine implements Disposable {
  private readonly user: UserSsh;
  private readonly closing = new AbortController();
  private timer: Disposable | null = null;
  private line: SshLine | null = null;
  private failures = 0;

  constructor(private readonly parts: SshMachineParts) {
    this.user = parts.user ?? usualUserSsh();
    void this.begin();
  }

  /** Ends the connection, and with it the shell on the host. */
  dispose(): void {
    this.closing.abort();
    this.timer?.dispose();
    this.line?.destroy();
  }

  private async begin(): Promise<void> {
    const { host, log } = this.parts;
    const opened = await this.connect();
    if (this.closing.signal.aborted) return;
    if (opened === null) {
      this.later();
      return;
    }
    const shell = await opened.openShell();
    if (!shell.ok || this.closing.signal.aborted) {
      opened.destroy();
      if (!shell.ok) log.info('no shell for telemetry', { host: host.id, kind: shell.failure.kind });
      this.later();
      return;
    }
    this.line = opened;
    this.listen(shell.value);
  }

  private async connect(): Promise<SshLine | null> {
    const { host, knownHostsFile, log } = this.parts;
    const { ssh } = host;
    if (!ssh) return null;
    const reached: SshHost = { ...host, ssh };
    const files = new KnownHostsFiles(knownHostsFile, this.user.knownHostsFiles, log);
    const [knownHosts, keys] = await Promise.all([files.read(), findLogInKeys(ssh, this.user)]);
    if (!knownHosts.ok || this.closing.signal.aborted) return null;
    const { signal } = this.closing;
    const opened = await openLine({ host: reached, knownHosts: knownHosts.value, keys, limitMs: connectLimitMs, onUnknownKey: () => undefined, signal });
    if (opened.ok) return opened.value;
    log.info('no connection for telemetry', { host: host.id, kind: opened.failure.kind });
    return null;
  }

  private listen(channel: { write(text: string): unknown; on(event: string, listener: (chunk: Buffer) => void): unknown }): void {
    const { clock, told, log, host } = this.parts;
    const mark = randomBytes(16).toString('hex');
    const reader = new MachineReader(mark);
    let askedAt: number | null = clock.monotonicMs();
    const over = (): void => {
      if (this.line === null) return;
      this.line.destroy();
      this.line = null;
      this.timer?.dispose();
      this.later();
    };
    const beat = (): void => {
      this.timer = clock.after(beatMs, beat);
      if (askedAt === null) {
        askedAt = clock.monotonicMs();
        channel.write('\n');
      } else if (clock.monotonicMs() - askedAt > answerLimitMs) over();
    };
    channel.on('data', (chunk) => {
      try {
        for (const saying of reader.take(chunk.toString('latin1'))) {
          askedAt = null;
          this.failures = 0;
          if (saying.kind === 'figures') told(saying.figures);
        }
      } catch (error) {
        log.warn('telemetry of a host makes no sense', { host: host.id, error });
        over();
      }
    });
    for (const event of ['end', 'close']) channel.on(event, over);
    channel.write(machineScript(mark));
    this.timer = clock.after(beatMs, beat);
  }

  private later(): void {
    if (this.closing.signal.aborted) return;
    const delayMs = againAfterMs[Math.min(this.failures, againAfterMs.length - 1)] ?? 0;
    this.failures += 1;
    this.timer = this.parts.clock.after(delayMs, () => void this.begin());
  }
}
