// The port of a GameStream host (Sunshine and its forks): what it says of itself, its apps, pairing, and ending an app.
import type { Result } from '../../common/result';

/** Where a host answers, and what was pinned when it was paired. */
export interface GameStreamAccess {
  readonly address: string;
  /** Of the plain HTTP service; the other ports follow from what it answers. */
  readonly httpPort: number;
  /** The host's certificate (PEM) from pairing; null: not paired, then nothing but plain questions are asked. */
  readonly certificatePem: string | null;
}

export interface ServerInfo {
  readonly name: string;
  /** The host's identity: never its address. */
  readonly uniqueId: string;
  readonly appVersion: string;
  /** First number of `appversion`: from 7 on, pairing hashes with SHA-256. */
  readonly generation: number;
  /** Sunshine and its forks mark themselves by a negative fourth number. */
  readonly isSunshine: boolean;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Lower-case pairs joined by colons; null: not told (plain HTTP never tells). */
  readonly mac: string | null;
  readonly localAddress: string | null;
  /** The bit field `ServerCodecModeSupport`. */
  readonly codecModes: number;
  /** Whether this client is paired; plain HTTP can't tell, then null. */
  readonly paired: boolean | null;
  /** Id of the app that runs, whether or not anybody streams it; null: none. */
  readonly runningAppId: number | null;
}

export interface GameStreamApp {
  /** Changes when the app is renamed or gets another cover: remember apps by host and name, the id is a hint. */
  readonly id: number;
  readonly name: string;
  readonly hdr: boolean;
}

export interface PairedHost {
  readonly uniqueId: string;
  readonly name: string;
  readonly certificatePem: string;
}

/** What an AbortSignal is, as far as pairing needs it. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Of the host's web page. */
export interface WebLogIn {
  readonly username: string;
  readonly password: string;
}

export interface PairingRequest {
  readonly address: string;
  readonly httpPort: number;
  /** Exactly four digits; typed on the host while the first step waits. */
  readonly pin: string;
  /** How the host lists this client. */
  readonly clientName: string;
  /** Sunshine's web log-in: the PIN is then delivered through its REST interface, and nobody types. */
  readonly web?: WebLogIn;
  readonly cancel?: CancelSignal;
}

export interface GameStreamHost {
  /** Over TLS with the pinned certificate where there is one, else over plain HTTP. */
  serverInfo(access: GameStreamAccess): Promise<Result<ServerInfo>>;
  apps(access: GameStreamAccess): Promise<Result<readonly GameStreamApp[]>>;
  /** The app's cover as PNG. Hosts hand out a default picture where an app has none. */
  art(access: GameStreamAccess, appId: number): Promise<Result<Uint8Array>>;
  /**
   * Ends the running app and every stream of it; success only when the host says afterwards that nothing runs.
   * @param web lets hosts that refuse while somebody streams (`host-busy`) be asked through their web page
   */
  quit(access: GameStreamAccess, web?: WebLogIn): Promise<Result<null>>;
  /** All five steps, with every check of the protocol; nothing is saved here. Failures: wrong-pin, man-in-the-middle, … */
  pair(request: PairingRequest): Promise<Result<PairedHost>>;
}
