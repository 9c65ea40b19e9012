// Asks one echo question through the `ping` package, which knows how the ping of each system is called and what it prints.
import { isIP } from 'node:net';
import { promise as ping, type PingConfig } from 'ping';

export interface PingAnswer {
  readonly alive: boolean;
  /** null: no answer, or one without a time. */
  readonly rttMs: number | null;
  /** The address that was asked, as ping tells it; null when the name did not resolve. */
  readonly address: string | null;
  /** All that ping printed, for words about a failure. */
  readonly output: string;
}

/**
 * @param address a name or address that `hostAddressSchema` has let pass: the package puts it after the options as it is
 * @param timeoutS whole seconds to wait for the answer; looking up a name comes on top
 * @throws when ping can't be started
 */
export async function pingOnce(address: string, timeoutS: number): Promise<PingAnswer> {
  const answer = await inPlainLanguage(() => ping.probe(address, pingConfig(address, timeoutS)));
  const rttMs = answer.alive && typeof answer.time === 'number' ? answer.time : null;
  const asked = answer.numeric_host ?? (answer.alive ? answer.host : undefined);
  return { alive: answer.alive, rttMs, address: asked !== undefined && isIP(asked) !== 0 ? asked : null, output: answer.output };
}

function pingConfig(address: string, timeoutS: number): PingConfig {
  // One question, and never the package's own search for "ping6" on Linux: newer systems have only "ping", which takes both.
  const config: PingConfig = { timeout: timeoutS, min_reply: 1 };
  if (process.platform === 'linux') return { ...config, v6: false };
  const v6 = isIP(address) === 6;
  // The package refuses a time limit for macOS' ping6, which has none.
  return process.platform === 'darwin' && v6 ? { min_reply: 1, v6, timeout: false as unknown as number } : { ...config, v6 };
}

/**
 * The package sets LANG=C in our own environment before it starts ping, and leaves it there: every stream client started
 * later would speak English and lose UTF-8. And LANG gives way to LC_ALL. So both are set here, and put back at once.
 */
function inPlainLanguage<T>(start: () => Promise<T>): Promise<T> {
  const { LANG, LC_ALL } = process.env;
  process.env.LC_ALL = 'C';
  try {
    return start(); // the process is started before this returns; only its answer comes later
  } finally {
    restore('LANG', LANG);
    restore('LC_ALL', LC_ALL);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
