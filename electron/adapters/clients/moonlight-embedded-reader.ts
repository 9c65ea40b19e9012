// Reads what Moonlight Embedded prints: it exits with 0 whatever ended the stream, and not at all when none came about.
import type { ClientEnd } from '../../common/session';
import type { ClientEvent, ClientExit, OutputReader } from '../../domain/session/stream-client';
import { launchRefusal } from './launch-refusal';
import { MoonlightCoreReader } from './moonlight-core-reader';
import { startFailure } from './terminal-signs';

/** Its sentences for the library's verdicts (connection.c); any other code comes as a number. */
const verdicts: readonly (readonly [sentence: RegExp, code: number])[] = [
  [/^Connection has been terminated gracefully/, 0],
  [/^No video received from host/, -100],
  [/^Your network connection isn't performing well/, -101],
  [/^The connection was unexpectedly terminated by the host due to a video capture error/, -102],
  [/^The connection was terminated .*DRM-protected/, -103],
];

export class MoonlightEmbeddedReader implements OutputReader {
  readonly #core = new MoonlightCoreReader();
  #fault: ClientEnd | null = null;

  line(text: string): readonly ClientEvent[] {
    if (this.#fault || this.#core.decided) return [];
    this.#fault = startFailure(text) ?? faultOf(text);
    if (this.#fault) return [];
    const code = verdictOf(text);
    if (code !== null) return this.#core.terminated(code);
    if (text === 'Connection is poor') return [{ kind: 'poor' }];
    if (text === 'Connection is okay') return [{ kind: 'okay' }];
    return this.#core.line(text);
  }

  partial(): readonly ClientEvent[] {
    return [];
  }

  end({ exitCode, signal }: ClientExit): ClientEnd {
    const known = this.#core.end() ?? this.#fault;
    if (known) return known;
    if (signal !== null) return { kind: 'crashed', signal };
    // It takes the stream down and leaves with 0 when its user ends it, and only then without a verdict.
    return exitCode === 0 && (this.#core.closing || this.#core.streaming) ? { kind: 'ended-by-user' } : { kind: 'unexpected', exitCode };
  }
}

function verdictOf(text: string): number | null {
  const told = /^Connection terminated with error: (-?\d+)$/.exec(text)?.[1];
  if (told !== undefined) return Number(told);
  return verdicts.find(([sentence]) => sentence.test(text))?.[1] ?? null;
}

/** After each of these it exits with 255 (main.c), except for the lost display: 1. */
function faultOf(text: string): ClientEnd | null {
  if (text.startsWith("Can't find app ")) return launchRefusal(404, '');
  if (text.startsWith('You must pair with the PC first')) return { kind: 'not-paired' };
  // A name that nobody knows, a closed port and a host that is off: it says the same of all of them.
  if (text.startsWith("Can't connect to server ")) return { kind: 'host-unreachable' };
  const refused = /^Gamestream error: (.*)$/.exec(text)?.[1] ?? /^(Server doesn't support .*)$/.exec(text)?.[1];
  if (refused !== undefined) return launchRefusal(null, refused);
  if (/^X connection to .* broken/.test(text)) return { kind: 'display-lost' };
  if (/^(?:Platform '.*' not found|Please specify mapping file|.*unrecognized option|.*requires an argument)/.test(text)) {
    return { kind: 'client-misused', detail: text.slice(0, 200) };
  }
  return null;
}
