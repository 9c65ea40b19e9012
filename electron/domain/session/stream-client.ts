// The port every stream client stands behind: how to find it, start it, and read what it says.
import type { Protocol } from '../../common/entry';
import type { ResolvedProfile } from '../../common/profile';
import type { Result } from '../../common/result';
import type { ClientEnd } from '../../common/session';
import type { Told } from '../../common/told';
import type { Secret } from '../secret';

export type StreamClientId = 'tigervnc' | 'freerdp' | 'mstsc' | 'moonlight-qt' | 'moonlight-embedded';

export interface FoundClient {
  readonly found: true;
  readonly client: StreamClientId;
  /** As people know it: "TigerVNC 1.12.0". */
  readonly displayName: string;
  readonly version: string | null;
  /** Program and the arguments that come before the client's own (`flatpak run …`). */
  readonly command: readonly [file: string, ...leading: string[]];
  readonly origin: 'path' | 'flatpak' | 'usual-place' | 'built-in';
  /** Names of the options this version knows, without hyphens; absent: it wasn't asked, or didn't tell. */
  readonly options?: readonly string[];
}

export interface MissingClient {
  readonly found: false;
  readonly client: StreamClientId;
  readonly displayName: string;
  /** What to install, and how, on this kind of machine. */
  readonly advice: string;
}

export interface ConnectRequest {
  readonly address: string;
  readonly port: number;
  readonly username: string | null;
  readonly password: Secret | null;
  readonly fullScreen: boolean;
  /** Title for the client's window, where the client can be told. */
  readonly title: string;
  /** The certificate the user trusts for this host and protocol: sha256, lower-case hex pairs joined by colons. */
  readonly certificateFingerprint: string | null;
  /** GameStream: the app to start, by the name the host gives it. */
  readonly app?: string;
  /** GameStream: how the stream is to look. */
  readonly profile?: ResolvedProfile;
  /** GameStream: an absolute path to settings that were written for this client, in place of the user's own. */
  readonly settingsDirectory?: string;
}

/** All that a process start needs; survives the structured clone into a session thread. */
export interface LaunchPlan {
  readonly file: string;
  readonly args: readonly string[];
  /** Added to the environment of the client; an undefined value removes the variable. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Typed on the pty when the client's reader reports a prompt for it; never an argument, never logged. */
  readonly typedPassword: string | null;
  /**
   * For a client that never says that its picture is there: it counts as streaming after it has lived this long, in
   * milliseconds. Absent: the reader tells.
   */
  readonly assumeStreamingAfterMs?: number;
  /** Absolute; absent: Athena's own. */
  readonly workingDirectory?: string;
}

/** What a client says of a stream that is there. */
export type StreamSign =
  /** Too many frames are lost, by the client's own measure. */
  | { readonly kind: 'poor' }
  | { readonly kind: 'okay' }
  /** Early warnings: they come before `poor` does, or without it. */
  | { readonly kind: 'lost-frames'; readonly frames: number }
  | { readonly kind: 'lost-audio' }
  /** Nothing new can be shown until the host sends a whole picture. */
  | { readonly kind: 'waiting-for-idr' }
  /** Packets arrive out of order. */
  | { readonly kind: 'reordering' }
  /** Messages to the host wait: the round trip and the loss (0 to 1) of the control channel as the client measures them. */
  | { readonly kind: 'back-pressure'; readonly rttMs: number; readonly lossRatio: number }
  /** This machine does not keep up with what it receives. */
  | { readonly kind: 'too-slow' };

/** What a client's output means. */
export type ClientEvent =
  | { readonly kind: 'stage'; readonly stage: Told }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'password-prompt' }
  | StreamSign
  /** The stream is over by the client's own verdict; the process may stay, with a dialog, until somebody ends it. */
  | { readonly kind: 'terminated'; readonly code: number }
  /** No stream came about, and the process may stay all the same: `end` is what the reader will say once it is ended. */
  | { readonly kind: 'given-up'; readonly end: ClientEnd };

/** Reads one client process from start to end; holds the facts that its exit code alone doesn't tell. */
export interface OutputReader {
  /** One line without its end; terminal escape sequences are already taken out. */
  line(text: string): readonly ClientEvent[];
  /** The text after the last line end, when the client has written nothing for a moment: prompts end without a newline. */
  partial(text: string): readonly ClientEvent[];
  end(exit: ClientExit): ClientEnd;
}

export interface ClientExit {
  readonly exitCode: number;
  /** A name such as SIGSEGV, or null. Exit codes above 128 are never read as signals: xfreerdp uses them for its own. */
  readonly signal: string | null;
}

export interface StreamClient {
  readonly id: StreamClientId;
  readonly protocols: readonly Protocol[];
  find(): Promise<FoundClient | MissingClient>;
  plan(found: FoundClient, request: ConnectRequest): Result<LaunchPlan>;
  reader(): OutputReader;
}
