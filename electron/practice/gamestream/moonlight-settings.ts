// Reads and writes what moonlight-qt keeps in its Moonlight.conf: its identity, and the hosts it is paired with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeIdentity, type Identity } from './certificate';

export interface SavedHost {
  readonly name: string;
  readonly uuid: string;
  readonly addresses: readonly string[];
  /** PEM; empty: not paired. */
  readonly certificatePem: string;
}

const company = 'Moonlight Game Streaming Project';

/** A file `portable.dat` in the working directory keeps everything there. */
export function settingsFile(environment: NodeJS.ProcessEnv, workingDirectory: string): string {
  if (existsSync(join(workingDirectory, 'portable.dat'))) return join(workingDirectory, company, 'Moonlight.ini');
  return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), company, 'Moonlight.conf');
}

/** Sections and keys of an INI file as Qt writes it; keys of arrays stay as they are ("1\hostname"). */
export function readIni(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let section = 'General';
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[(.*)\]$/.exec(line.trim())?.[1];
    if (heading !== undefined) section = heading;
    const at = line.indexOf('=');
    if (heading === undefined && at > 0 && !line.startsWith(';')) found.set(`${section}/${line.slice(0, at).trim()}`, unescape(line.slice(at + 1).trim()));
  }
  return found;
}

/** Takes off quotes, the escapes of C, and "@ByteArray(…)"; bytes above 127 come as \xNN. */
export function unescape(written: string): string {
  const bare = /^"(.*)"$/s.exec(written)?.[1] ?? written;
  const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v' };
  const text = bare.replace(/\\(?:x([0-9a-fA-F]{1,4})|(.))/gs, (_all, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (simple[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return /^@ByteArray\((.*)\)$/s.exec(text)?.[1] ?? text;
}

export function byteArray(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `"@ByteArray(${escaped})"`;
}

export class MoonlightSettings {
  readonly #file: string;
  readonly #values: Map<string, string>;

  constructor(file: string) {
    this.#file = file;
    this.#values = existsSync(file) ? readIni(readFileSync(file, 'utf8')) : new Map<string, string>();
  }

  /** Its own, or a new one, which is saved. */
  identity(): Identity {
    const certificatePem = this.#values.get('General/certificate') ?? '';
    const keyPem = this.#values.get('General/key') ?? '';
    if (certificatePem !== '' && keyPem !== '') return { certificatePem, keyPem };
    const made = makeIdentity('NVIDIA GameStream Client', 'zero');
    this.setIdentity(made);
    return made;
  }

  setIdentity({ certificatePem, keyPem }: Identity): void {
    this.#values.set('General/certificate', certificatePem).set('General/key', keyPem);
    this.#save();
  }

  get hosts(): readonly SavedHost[] {
    // An array by this name is there only while the other one is being written, and then it is the whole one.
    const array = this.#values.has('hostsbackup/size') ? 'hostsbackup' : 'hosts';
    const count = Number(this.#values.get(`${array}/size`) ?? 0);
    return Array.from({ length: count }, (_, index) => {
      const value = (key: string): string => this.#values.get(`${array}/${index + 1}\\${key}`) ?? '';
      const addresses = ['manual', 'local', 'remote', 'ipv6'].flatMap((kind) => {
        const address = value(`${kind}address`);
        return address === '' ? [] : [`${address}:${value(`${kind}port`) || '47989'}`];
      });
      return { name: value('hostname'), uuid: value('uuid'), addresses, certificatePem: value('srvcert') };
    });
  }

  /** Adds a host, or replaces the one with the same identity. */
  keepHost(host: { name: string; uuid: string; address: string; port: number; certificatePem: string }): void {
    const at = this.hosts.findIndex(({ uuid }) => uuid === host.uuid);
    const number = at < 0 ? this.hosts.length + 1 : at + 1;
    const entries: Readonly<Record<string, string>> = {
      hostname: host.name,
      // Whether its user gave it the name, not a second one.
      customname: 'false',
      uuid: host.uuid,
      manualaddress: host.address,
      manualport: String(host.port),
      srvcert: host.certificatePem,
    };
    for (const [key, value] of Object.entries(entries)) this.#values.set(`hosts/${number}\\${key}`, value);
    this.#values.set('hosts/size', String(Math.max(number, this.hosts.length)));
    this.#save();
  }

  #save(): void {
    const sections = new Map<string, string[]>();
    for (const [name, value] of this.#values) {
      const slash = name.indexOf('/');
      const lines = sections.get(name.slice(0, slash)) ?? [];
      lines.push(`${name.slice(slash + 1)}=${/[\n\\"]/.test(value) ? byteArray(value) : value}`);
      sections.set(name.slice(0, slash), lines);
    }
    const text = [...sections].map(([section, lines]) => `[${section}]\n${lines.join('\n')}\n`).join('\n');
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, text, { mode: 0o600 });
  }
}
