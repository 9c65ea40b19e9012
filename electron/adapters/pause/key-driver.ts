// Presses a key on a Linux host's display, for games that pause by themselves when their pause key is pressed.
import type { TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import { AskedApp } from './asked-app';
import { pressCommand, pressScript, readDesktop, type Desktop } from './key-press';
import { refused, type HostResult, type LinuxHost } from './linux-host';
import { lastWords, runProgram } from './linux-program';
import type { HostShell } from './own-command-driver';

type Target = TargetOf<'key'>;

const limitMs = 5_000;

export class KeyDriver implements AppDriver<Target> {
  readonly #app: AskedApp<Target>;

  constructor(private readonly parts: { readonly shell: HostShell; readonly clock: Clock }) {
    this.#app = new AskedApp({
      method: 'key',
      clock: parts.clock,
      ask: (host, target, wanted) => {
        const key = wanted === 'paused' ? target.key : (target.resumeKey ?? target.key);
        return parts.shell.perform(host, (linux, lookMs) => press(linux, key, lookMs));
      },
      // A key press leaves nothing that could be read.
      look: () => null,
    });
  }

  warm(host: HostRecord): Promise<Result<null, ControlFailure>> {
    return this.parts.shell.warm(host);
  }

  pause(host: HostRecord, target: Target): Promise<Result<ControlReport, ControlFailure>> {
    return this.#app.settle(host, target, 'paused');
  }

  resume(host: HostRecord, target: Target): Promise<Result<ControlReport, ControlFailure>> {
    return this.#app.settle(host, target, 'running');
  }

  /** What was asked for, and that nothing verified it; the host must be within reach for it all the same. */
  async read(host: HostRecord, target: Target): Promise<Result<AppReading, ControlFailure>> {
    const warm = await this.parts.shell.warm(host);
    return warm.ok ? this.#app.read(host, target) : warm;
  }

  close(host?: HostRecord): void {
    this.#app.cancel(host);
  }
}

async function press(linux: LinuxHost, key: string, lookMs: number): Promise<HostResult<null>> {
  const looked = await linux.runScript(pressScript, lookMs);
  if (!looked.ok) return looked;
  const desktop: Desktop = readDesktop(looked.value);
  const command = pressCommand(desktop, key);
  if (command.kind === 'impossible') return refused('not-supported', command.why, command.advice);
  const ended = await runProgram(linux, command.words, limitMs, command.variables);
  if (!ended.ok) return ended;
  if (ended.value.exitCode === 0) return success(null);
  const said = lastWords(ended.value.output);
  return refused('io', `${command.words[0] ?? ''} could not press the key: ${said === '' ? `it ended with ${ended.value.exitCode}` : said}.`, 'Try it by hand on the host, as the user who runs the app.');
}
