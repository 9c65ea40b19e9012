// A shell on a Linux host that carries out nothing too late: an order that was long on its way must not stop an app that runs again.
import type { Result } from '../../common/result';
import type { RemoteShell, ShellFault } from './remote-shell';

/**
 * What is sent while the network is gone is not lost: TCP sends it again when the network is back, up to minutes later and
 * also for a program that has given the connection up. By then the app may have been resumed over another connection.
 */
export const timelyFunction = `
athena_until() {
  athena_now=
  { IFS=. read -r athena_now athena_rest </proc/uptime; } 2>/dev/null
  case $athena_now in ''|*[!0-9]*) return 0 ;; esac
  [ "$athena_now" -le "$1" ] || exit 0
}
`;

/** What the host's own clock said once, which no one sets. */
export interface UptimeReading {
  /** Whole seconds since the host started (proc(5), uptime). */
  readonly uptimeS: number;
  /** By `performance.now()`, when it was asked: the answer is younger. */
  readonly askedMs: number;
}

export class TimelyShell {
  /** @param reading null: the host does not tell, and every order counts as in time */
  constructor(
    private readonly shell: RemoteShell,
    private readonly reading: UptimeReading | null,
  ) {}

  isOpen(): boolean {
    return this.shell.isOpen();
  }

  close(): void {
    this.shell.close();
  }

  /**
   * As `RemoteShell.run`. A shell that gets the script a second or two after its time limit ends instead: nobody waits for
   * the answer any more, and Athena speaks to another one.
   */
  run(script: string, timeoutMs: number): Promise<Result<string, ShellFault>> {
    if (this.reading === null) return this.shell.run(script, timeoutMs);
    const { uptimeS, askedMs } = this.reading;
    const untilS = uptimeS + 1 + Math.ceil((performance.now() - askedMs + timeoutMs) / 1_000);
    return this.shell.run(`athena_until ${untilS}\n${script}`, timeoutMs);
  }
}
