// Reads what TigerVNC's viewer prints: it exits with 0 on every fault, so only its lines tell what happened.
import type { ClientEnd } from '../../common/session';
import { tell } from '../../common/told';
import type { ClientEvent, ClientExit, OutputReader } from '../../domain/session/stream-client';
import { signalName, startFailure } from './terminal-signs';

/**
 * " CConn:       Connected to host 127.0.0.1 port 5900". Text that the server sent stands behind the name of the part
 * that logs it, each line of it, so it can't pass for another part's line.
 */
const logLine = /^ ?(\w+): +(.*)$/;

export class TigerVncReader implements OutputReader {
  #streaming = false;
  /** The first one counts, and after it the viewer only ends: later lines may be the server's own words. */
  #fault: ClientEnd | null = null;
  /** The last thing the connection said is none that we know: a fault, if it stays its last. */
  #unexplained = false;

  line(text: string): readonly ClientEvent[] {
    if (this.#fault) return [];
    this.#fault = startFailure(text) ?? faultOutsideLog(text);
    const [, part, message] = logLine.exec(text) ?? [];
    if (this.#fault || part === undefined || message === undefined) return [];
    if (part === 'CConn') return this.#connectionLine(message);
    if (part === 'main') this.#fault = endBySignal(message);
    if (this.#streaming) return [];
    if (part === 'DecodeManager' && message.startsWith('Creating')) return [{ kind: 'stage', stage: tell`connecting` }];
    if (message.startsWith('Choosing security type')) {
      // The viewer knows no option to refuse a certificate that it can't verify: it asks in a window of its own.
      const asks = /\bX509/.test(message);
      return [{ kind: 'stage', stage: asks ? tell`signing in; the viewer may ask about the host’s certificate` : tell`signing in` }];
    }
    return [];
  }

  partial(): readonly ClientEvent[] {
    return [];
  }

  end({ exitCode, signal }: ClientExit): ClientEnd {
    if (signal !== null) return { kind: 'crashed', signal };
    if (this.#fault) return this.#fault;
    if (exitCode !== 0 || !this.#streaming) return { kind: 'unexpected', exitCode };
    // Of a closed window it says nothing at all.
    return this.#unexplained ? { kind: 'connection-lost' } : { kind: 'ended-by-user' };
  }

  #connectionLine(message: string): readonly ClientEvent[] {
    this.#unexplained = false;
    if (message.startsWith('Connected to ')) return [{ kind: 'stage', stage: tell`greeting the host` }];
    // Written once the server let us in and described its screen, when the window is made and its picture is asked for.
    if (message.startsWith('Using pixel format ')) {
      if (this.#streaming) return [];
      this.#streaming = true;
      return [{ kind: 'streaming' }];
    }
    this.#fault = connectionFault(message);
    this.#unexplained = !harmless.test(message);
    return [];
  }
}

/** What CConn writes beside faults: its choices, and complaints about a server that it goes on with. */
const harmless = /^(?:Using |Throughput |SetDesktopSize failed|Invalid SetColourMapEntries|Server certificate problems|Server has an existing)/;

function connectionFault(message: string): ClientEnd | null {
  // "failure" is what 1.12 writes, "failed" what later ones do; the reason behind it is the server's.
  if (/^Authentication fail(?:ure|ed)\b/.test(message)) return { kind: 'auth-refused' };
  if (/^Authentication cancell?ed/.test(message)) return { kind: 'ended-by-user' };
  if (message.startsWith('unable to resolve host by name')) return { kind: 'host-name-unknown' };
  if (message.startsWith('unable to connect to socket')) return { kind: 'host-unreachable' };
  return /^(?:End of stream|(?:read|write): )/.test(message) ? { kind: 'connection-lost' } : null;
}

function faultOutsideLog(text: string): ClientEnd | null {
  if (/^(?:Can't open display|X I\/O error|X connection to |XIO: )/.test(text)) return { kind: 'display-lost' };
  if (/^usage: \S*vncviewer/.test(text)) {
    return { kind: 'client-misused', detail: 'the viewer does not know one of its parameters; a newer one may be needed' };
  }
  return null;
}

/** It catches the polite signals and exits with 1. */
function endBySignal(message: string): ClientEnd | null {
  const number = /^Termination signal (\d+) has been received/.exec(message)?.[1];
  return number === undefined ? null : { kind: 'crashed', signal: signalName(Number(number)) };
}
