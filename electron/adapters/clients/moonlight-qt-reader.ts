// Reads what Moonlight (the Qt client) prints: it exits with 0 on every fault, after somebody has closed its dialog.
import type { ClientEnd } from '../../common/session';
import type { ClientEvent, ClientExit, OutputReader } from '../../domain/session/stream-client';
import { launchRefusal } from './launch-refusal';
import { MoonlightCoreReader } from './moonlight-core-reader';
import { startFailure } from './terminal-signs';

/** "00:00:07 - SDL Info (0): text"; the time since its start is left out after a day. */
const logLine = /^(?:\d\d:\d\d:\d\d)? ?- (SDL \w+ \(\d+\)|Qt \w+|FFmpeg): (.*)$/;

const noDisplay = /could not connect to display|no Qt platform plugin could be initialized|Could not load the Qt platform plugin/;
const argumentFault = /^(?:Unknown options?|Invalid |Unexpected value|Missing value|Host not provided|App not provided|.* must be (?:in range|greater))/;

export class MoonlightQtReader implements OutputReader {
  readonly #core = new MoonlightCoreReader();
  /** The request under way starts or resumes the app. */
  #launching = false;
  #fault: ClientEnd | null = null;
  #quit = false;

  line(text: string): readonly ClientEvent[] {
    if (this.#fault) return [];
    const [, source, message] = logLine.exec(text) ?? [];
    if (source === undefined || message === undefined) {
      if (!this.#core.decided) this.#fault = startFailure(text) ?? faultOutsideLog(text);
      return [];
    }
    if (!source.startsWith('Qt')) return this.#sdlLine(message);
    // Its log is written by several threads: a request that failed may be told after the verdict, which stands.
    if (this.#core.decided) return [];
    this.#fault = this.#launchFault(message) ?? (noDisplay.test(message) ? { kind: 'display-lost' } : null);
    // It shows the refusal in a dialog, and waits there.
    return this.#fault ? [{ kind: 'given-up', end: this.#fault }] : [];
  }

  partial(): readonly ClientEvent[] {
    return [];
  }

  end({ exitCode, signal }: ClientExit): ClientEnd {
    // What was told first stands: a fault is only looked for while there is no verdict.
    const known = this.#fault ?? this.#core.end();
    if (known) return known;
    if (signal !== null) return { kind: 'crashed', signal };
    if (this.#quit || exitCode === 0) return { kind: 'ended-by-user' };
    return { kind: 'unexpected', exitCode };
  }

  #sdlLine(message: string): readonly ClientEvent[] {
    const verdict = /^Connection terminated: (-?\d+)$/.exec(message)?.[1];
    if (verdict !== undefined) return this.#core.terminated(Number(verdict));
    if (this.#core.decided) return [];
    // "Quit event received" follows a verdict as well; without one, somebody closed the stream.
    if (/^(?:Detected quit\w* (?:key|gamepad button) combo|Quit event received|Received signal: (?:2|15)\b)/.test(message)) this.#quit = true;
    if (message === 'Connection status update: 1') return [{ kind: 'poor' }];
    if (message === 'Connection status update: 0') return [{ kind: 'okay' }];
    const events = this.#core.line(message);
    if (events.length > 0) this.#launching = false;
    return events;
  }

  /** The answer is logged first, quoted, then its status when that isn't 200. Other requests may fail without harm. */
  #launchFault(message: string): ClientEnd | null {
    if (message.startsWith('Executing request:')) {
      this.#launching = /\/(?:launch|resume)\b/.test(message);
      return null;
    }
    if (/^"(?:launch|resume)"\s+request failed with error/.test(message)) return { kind: 'host-unreachable' };
    const [, code, words = ''] = /^Request failed: (-?\d+)(?: "(.*)")?/.exec(message) ?? [];
    return this.#launching && code !== undefined ? launchRefusal(Number(code), words) : null;
  }
}

function faultOutsideLog(text: string): ClientEnd | null {
  if (noDisplay.test(text)) return { kind: 'display-lost' };
  return argumentFault.test(text) ? { kind: 'client-misused', detail: text.slice(0, 200) } : null;
}
