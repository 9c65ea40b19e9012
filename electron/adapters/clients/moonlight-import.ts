// Reads the user's own Moonlight settings, to take over its hosts, certificates and preferences; it never writes there.
import { posix } from 'node:path';
import { hostAddressSchema, portSchema } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { Machine } from './machine';
import { isCertificate, isKey, type MoonlightHost, type MoonlightIdentity } from './moonlight-settings';
import { longestIni, parseIni, writtenText, type IniValues } from './qt-ini';

export interface ImportedMoonlight {
  readonly file: string;
  /** Null: it was never paired. */
  readonly identity: MoonlightIdentity | null;
  readonly hosts: readonly MoonlightHost[];
  /** Its preferences, for settings that are written for a Moonlight of Athena's own. */
  readonly preferences: ReadonlyMap<string, string>;
}

const settingsPath = 'Moonlight Game Streaming Project/Moonlight.conf';
const defaultHttpPort = 47_989;
/** More hosts than this are a broken file. */
const mostHosts = 500;

/** Where Moonlight keeps its settings on Linux: as a program, as a Flatpak, as a snap. */
export function moonlightSettingsFiles(machine: Machine): string[] {
  if (machine.platform !== 'linux') return [];
  const home = machine.homeDirectory;
  const config = machine.env['XDG_CONFIG_HOME'];
  const directories = [
    config !== undefined && posix.isAbsolute(config) ? config : posix.join(home, '.config'),
    posix.join(home, '.var/app/com.moonlight_stream.Moonlight/config'),
    posix.join(home, 'snap/moonlight/current/.config'),
  ];
  return directories.map((directory) => posix.join(directory, settingsPath));
}

/** @returns the settings of every Moonlight here; none is no failure where files are looked for */
export async function importMoonlight(machine: Machine): Promise<Result<readonly ImportedMoonlight[]>> {
  if (machine.platform !== 'linux') {
    return failure('not-supported', 'Athena can’t read Moonlight’s settings on this system.', 'Pair your hosts with Athena; your Moonlight stays as it is.');
  }
  const found: ImportedMoonlight[] = [];
  for (const file of moonlightSettingsFiles(machine)) {
    const text = await machine.readText(file);
    if (text !== null && text.length <= longestIni) found.push(readMoonlightSettings(file, text));
  }
  return success(found);
}

/** Whatever the text is: what can't be used is left out. */
export function readMoonlightSettings(file: string, text: string): ImportedMoonlight {
  const values = parseIni(text);
  return { file, identity: identityIn(values), hosts: hostsIn(values), preferences: preferencesIn(values) };
}

function identityIn(values: IniValues): MoonlightIdentity | null {
  const certificatePem = values.get('General/certificate') ?? '';
  const keyPem = values.get('General/key') ?? '';
  const uniqueId = values.get('General/uniqueid') ?? '';
  if (!isCertificate(certificatePem) || !isKey(keyPem)) return null;
  // Older ones have no id of their own: all of them sent this one.
  return { certificatePem, keyPem, uniqueId: /^[0-9A-Fa-f]{1,16}$/.test(uniqueId) ? uniqueId : '0123456789ABCDEF' };
}

function hostsIn(values: IniValues): MoonlightHost[] {
  // It is there only while "hosts" is being written, and then it is the whole one.
  const array = values.has('hostsbackup/size') ? 'hostsbackup' : 'hosts';
  const size = Number(values.get(`${array}/size`) ?? 0);
  const hosts: MoonlightHost[] = [];
  for (let number = 1; number <= Math.min(size, mostHosts); number++) {
    const host = hostFrom((key) => values.get(`${array}/${number}\\${key}`) ?? '');
    if (host && !hosts.some(({ uniqueId }) => uniqueId === host.uniqueId)) hosts.push(host);
  }
  return hosts;
}

function hostFrom(value: (key: string) => string): MoonlightHost | null {
  const uniqueId = value('uuid').trim();
  const places = ['manual', 'local', 'remote', 'ipv6']
    .map((place) => ({ address: value(`${place}address`), port: Number(value(`${place}port`)) }))
    .filter(({ address }) => hostAddressSchema.safeParse(address).success);
  const [first] = places;
  if (uniqueId === '' || uniqueId.length > 128 || !first) return null;
  const certificatePem = value('srvcert');
  return {
    name: cleanName(value('hostname')) || first.address,
    uniqueId,
    addresses: [...new Set(places.map(({ address }) => address))],
    httpPort: portSchema.safeParse(first.port).success ? first.port : defaultHttpPort,
    certificatePem: isCertificate(certificatePem) ? certificatePem : null,
    mac: macFrom(value('mac')),
  };
}

/** A host chose its name itself: control characters and direction marks have no place in it. */
function cleanName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 80);
}

function macFrom(bytes: string): string | null {
  const pairs = bytes.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(2, '0'));
  return pairs.length === 6 && pairs.every((pair) => pair.length === 2) && pairs.some((pair) => pair !== '00') ? pairs.join(':') : null;
}

/** Numbers and switches only: they are what its preferences consist of. */
function preferencesIn(values: IniValues): ReadonlyMap<string, string> {
  return new Map([...values].filter(([key, value]) => /^General\/\w+$/.test(key) && /^(?:true|false|-?\d{1,9})$/.test(value)).map(([key, value]) => [key, writtenText(value)]));
}
