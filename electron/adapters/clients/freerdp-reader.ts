// Reads what xfreerdp prints: how far the connection is, when it wants the password, and why it ended.
import type { ClientEnd } from '../../common/session';
import { tell, type Told } from '../../common/told';
import type { ClientEvent, ClientExit, OutputReader } from '../../domain/session/stream-client';
import { endOfExitCode } from './freerdp-exit';
import { signalName, startFailure } from './terminal-signs';

/** Stages of the connection sequence (MS-RDPBCGR 1.3.1.1), in the client's words and in ours. */
const stages: readonly (readonly [state: RegExp, stage: Told])[] = [
  [/^NEGO$/, tell`connecting`],
  [/^(?:NLA|AAD)$/, tell`signing in`],
  [/^(?:MCS|RDP_SECURITY|SECURE_SETTINGS|CONNECT_TIME)/, tell`opening the session`],
  [/^LICENSING/, tell`checking the licence`],
  [/^(?:MULTITRANSPORT|CAPABILITIES|FINALIZATION)/, tell`starting the picture`],
];

/** 2.x prompts "Password: ", 3.x pads it to "Password:        ". */
const passwordPrompt = /^Password:\s*$/;

const certificateTransportCode = 143;
const transportFailedCode = 147;

interface ShownCertificate {
  fingerprint: string | null;
  subject: string;
}

export class FreeRdpReader implements OutputReader {
  #streaming = false;
  #asked = false;
  /** The client began to complain about the certificate: from then on it prints names out of it as they are, line ends too. */
  #doubts = false;
  /** "Certificate details" are open; the old certificate's, which may follow, don't count. */
  #reading = false;
  #certificate: ShownCertificate | null = null;
  #deniedByPin = false;
  #state: string | null = null;
  /** Where the connection stood when the transport failed last; the client tries twice. */
  #failedIn: string | null = null;
  #fault: ClientEnd | null = null;
  #caught: string | null = null;

  line(text: string): readonly ClientEvent[] {
    this.#readCertificate(text);
    if (text.includes('ERRCONNECT_CONNECT_TRANSPORT_FAILED')) this.#failedIn = this.#state;
    if (this.#doubts) return [];
    this.#readFault(text);
    const reached = /CONNECTION_STATE_\w+ --> CONNECTION_STATE_(\w+)/.exec(text)?.[1];
    if (reached !== undefined) return this.#reach(reached);
    // gdi is set up once the connection is active, right before the window is made. All of this is after the log-on.
    if (!this.#streaming && /\[com\.freerdp\.gdi\].*Local framebuffer format/.test(text)) {
      this.#streaming = true;
      return [{ kind: 'streaming' }];
    }
    return [];
  }

  /** Nothing else that a server can make the client print stands alone after the last line end. */
  partial(text: string): readonly ClientEvent[] {
    if (this.#streaming || this.#asked || this.#doubts || !passwordPrompt.test(text)) return [];
    this.#asked = true;
    return [{ kind: 'stage', stage: tell`signing in` }, { kind: 'password-prompt' }];
  }

  end({ exitCode, signal }: ClientExit): ClientEnd {
    if (signal !== null) return { kind: 'crashed', signal };
    if (this.#fault) return this.#fault;
    switch (exitCode) {
      case certificateTransportCode:
        return this.#certificateEnd() ?? endOfExitCode(exitCode);
      case transportFailedCode:
        return this.#transportEnd();
      default:
        // A Flatpak's launcher ends with 128 and the signal's number instead of the signal.
        return this.#caught === null ? endOfExitCode(exitCode) : { kind: 'crashed', signal: this.#caught };
    }
  }

  #reach(state: string): readonly ClientEvent[] {
    this.#state = state;
    const stage = stages.find(([pattern]) => pattern.test(state))?.[1];
    return stage === undefined || this.#streaming ? [] : [{ kind: 'stage', stage }];
  }

  #readFault(text: string): void {
    const number = /\[com\.freerdp\.utils\] - Caught signal '[^']*' \[(\d+)\]/.exec(text)?.[1];
    if (number !== undefined) this.#caught = signalName(Number(number));
    this.#fault ??= startFailure(text) ?? lastingFault(text);
  }

  #readCertificate(text: string): void {
    if (/Certificate verification failure|CERTIFICATE NAME MISMATCH|HOST IDENTIFICATION HAS CHANGED/.test(text)) this.#doubts = true;
    if (/^(?:Certificate details for |New Certificate details:)/.test(text)) {
      this.#doubts = true;
      this.#reading = true;
      this.#certificate = { fingerprint: null, subject: '' };
    } else if (text.startsWith('Old Certificate details:')) this.#reading = false;
    if (/\[com\.freerdp\.crypto\] - No certificate stored, automatically denying/.test(text)) this.#deniedByPin = true;
    if (!this.#reading || !this.#certificate) return;
    const [, name, value] = /^\t(Subject|Thumbprint): +(.*)$/.exec(text) ?? [];
    if (value === undefined) return;
    if (name === 'Subject') this.#certificate.subject ||= printable(value);
    // The last one is the client's own; one before it may be a line inside a name.
    else if (/^[0-9a-f]{2}(?::[0-9a-f]{2}){31}$/i.test(value)) this.#certificate.fingerprint = value.toLowerCase();
  }

  #certificateEnd(): ClientEnd | null {
    if (this.#deniedByPin) return { kind: 'certificate-changed' };
    const { fingerprint, subject } = this.#certificate ?? { fingerprint: null, subject: '' };
    return fingerprint === null ? null : { kind: 'certificate-unknown', fingerprint, subject };
  }

  /**
   * A server that refuses a log-on by hanging up (FreeRDP's shadow server does) looks like a lost link. It does so again at
   * the client's second try, which a server that died can't: that one fails earlier.
   */
  #transportEnd(): ClientEnd {
    const failedIn = this.#failedIn ?? (this.#asked ? 'NLA' : 'NEGO');
    switch (failedIn) {
      case 'INITIAL':
      case 'NEGO':
        return { kind: 'host-unreachable' };
      case 'NLA':
        return this.#asked ? { kind: 'auth-refused' } : { kind: 'connection-lost' };
      default:
        return { kind: 'connection-lost' };
    }
  }
}

/** Facts that no exit code tells, or that stand whatever it is. */
function lastingFault(text: string): ClientEnd | null {
  if (/failed to open display|^X connection to .* broken|^XIO: /.test(text)) return { kind: 'display-lost' };
  const argument = /\[com\.winpr\.commandline\] - Failed at index \d+ \[([^:\]]*)/.exec(text)?.[1];
  return argument === undefined ? null : { kind: 'client-misused', detail: `it does not know ${argument}` };
}

/** A name out of a certificate, for people to read: without control characters, at most 200 characters. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '').trim().slice(0, 200);
}
