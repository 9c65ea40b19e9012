// The practice Moonlight's picture: a program that opens a window is started beside it and fed with what the stream shows.
import { spawn, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { firstBlock, type GameState } from '../practice-game';
import { startPracticeStreamServer, type PracticeStreamServer } from '../practice-stream-server';
import type { PracticeCommand } from '../practice-commands';

/** Names the program, as JSON. A Moonlight without it shows nothing, as on a machine without a display. */
const variable = 'ATHENA_PRACTICE_WINDOW';

const commandSchema = z.object({
  file: z.string(),
  leadingArgs: z.array(z.string()),
  /** Null: the variable is removed, which JSON can't say otherwise. */
  env: z.record(z.string(), z.string().nullable()),
});

export function windowVariable({ file, leadingArgs, env }: PracticeCommand): Readonly<Record<string, string>> {
  const removable = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? null]));
  return { [variable]: JSON.stringify({ file, leadingArgs, env: removable }) };
}

/** One stream's picture, from its first frame to its end. */
export class MoonlightWindow {
  #state: GameState = { gameTicks: 0, companionTicks: 0, blockXPx: firstBlock.xPx, blockYPx: firstBlock.yPx };
  #server: PracticeStreamServer | null = null;
  #child: ChildProcess | null = null;
  #over = false;

  private constructor(
    private readonly command: z.infer<typeof commandSchema>,
    private readonly title: string,
    private readonly onClosed: () => void,
  ) {}

  /** @param onClosed its user closed the window, or it broke. @returns null where nothing can be shown */
  static for(environment: NodeJS.ProcessEnv, title: string, onClosed: () => void): MoonlightWindow | null {
    const text = environment[variable];
    if (text === undefined) return null;
    const command = commandSchema.safeParse(JSON.parse(text));
    return command.success ? new MoonlightWindow(command.data, title, onClosed) : null;
  }

  show(state: GameState): void {
    this.#state = state;
  }

  async open(): Promise<void> {
    const server = await startPracticeStreamServer(() => this.#state);
    if (this.#over) {
      await server.stop();
      return;
    }
    this.#server = server;
    const { file, leadingArgs, env } = this.command;
    const changed = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? undefined]));
    const args = [...leadingArgs, '--host', '127.0.0.1', '--port', String(server.port), `--title=${this.title}`];
    const child = spawn(file, args, { stdio: 'ignore', env: { ...process.env, ...changed, [variable]: undefined } });
    this.#child = child;
    const closed = (): void => {
      if (!this.#over) this.onClosed();
    };
    child.once('exit', closed);
    child.once('error', closed);
  }

  /** The stream is over, and the window with it. */
  async close(): Promise<void> {
    this.#over = true;
    const child = this.#child;
    const gone = child && child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null;
    await this.#server?.stop();
    if (child === null || gone === null) return;
    // It ends by itself when its stream does; one that hangs is not waited for.
    const kill = setTimeout(() => child.kill('SIGKILL'), 1_000);
    await gone;
    clearTimeout(kill);
  }
}
