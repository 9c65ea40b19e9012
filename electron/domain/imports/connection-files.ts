// The port to other programs' connection files: where they lie, and what each of them says.
import type { ImportSource, ImportTrouble } from '../../common/imports';

export interface DesktopConnection {
  readonly name: string;
  readonly protocol: 'vnc' | 'rdp';
  readonly address: string;
  readonly port: number;
  /** With its domain, where there is one: "DOMAIN\user". */
  readonly username: string | null;
  readonly fullScreen: boolean;
}

/** Without the certificate, which belongs to another identity than Athena's: it has to be paired anew. */
export interface HostConnection {
  readonly name: string;
  readonly uniqueId: string;
  /** The last good one first. */
  readonly addresses: readonly [string, ...string[]];
  readonly httpPort: number;
  readonly mac: string | null;
}

export type ConnectionReading =
  | { readonly kind: 'desktop'; readonly desktop: DesktopConnection; readonly notes: readonly string[] }
  | { readonly kind: 'host'; readonly host: HostConnection; readonly notes: readonly string[] }
  /** `name` null: the file does not tell one. */
  | { readonly kind: 'unusable'; readonly name: string | null; readonly message: string; readonly advice: string };

export interface FoundConnection {
  /** The same each time the same thing is read. */
  readonly id: string;
  readonly source: ImportSource;
  readonly file: string;
  readonly reading: ConnectionReading;
}

export interface FoundConnections {
  readonly found: readonly FoundConnection[];
  readonly troubles: readonly ImportTrouble[];
}

export interface ConnectionFiles {
  /** Looks where programs usually keep them. Never throws: what can't be read is a reading, too. */
  look(): Promise<FoundConnections>;
  /** Reads these files, and these only, whatever they are. Never throws. */
  read(files: readonly string[]): Promise<FoundConnections>;
}

/** Asks a person for files. None: they thought better of it. The window's shell does that, tests answer by themselves. */
export type ChooseConnectionFiles = () => Promise<readonly string[]>;
