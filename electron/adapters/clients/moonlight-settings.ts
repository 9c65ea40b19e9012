// Writes settings for a Moonlight of Athena's own, so that one pairing serves both and the user's own Moonlight stays untouched.
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { failure, success, type Result } from '../../common/result';
import { formatIni, writtenBytes, writtenNumber, writtenText } from './qt-ini';

/** Who Athena is for GameStream hosts. */
export interface MoonlightIdentity {
  /** PEM, in the form in which it was sent at pairing: some hosts compare texts. */
  readonly certificatePem: string;
  /** PEM, PKCS #8. */
  readonly keyPem: string;
  /** 16 hex digits. */
  readonly uniqueId: string;
}

export interface MoonlightHost {
  readonly name: string;
  /** The host's own `uniqueid`. */
  readonly uniqueId: string;
  /** The last good one first. */
  readonly addresses: readonly string[];
  readonly httpPort: number;
  /** PEM; null: not paired. */
  readonly certificatePem: string | null;
  /** Lower-case hex pairs joined by colons; null: not known. */
  readonly mac: string | null;
}

export interface PrivateSettings {
  readonly identity: MoonlightIdentity;
  readonly hosts: readonly MoonlightHost[];
  /** Preferences by their key in Moonlight's settings, as they stand in the file: what an import of the user's own read. */
  readonly preferences?: ReadonlyMap<string, string>;
}

const organisation = 'Moonlight Game Streaming Project';

/** Moonlight Embedded reads its certificate into a fixed buffer, two characters a byte (client.c). */
const longestCertificate = 2_000;

/**
 * Writes for moonlight-qt, in both forms that it looks for: started with XDG_CONFIG_HOME at the directory (Linux), or in
 * it as its working directory (any system: portable.dat). And for Moonlight Embedded, started with `-keydir`.
 * Moonlight writes its settings back while it runs: call this only while none runs with this directory.
 * @param directory absolute; made for this user only
 * @throws when the disk refuses
 */
export async function writeMoonlightSettings(directory: string, settings: PrivateSettings): Promise<Result<undefined>> {
  const { certificatePem, keyPem, uniqueId } = settings.identity;
  if (!isCertificate(certificatePem) || certificatePem.length > longestCertificate || !isKey(keyPem) || !/^[0-9A-Fa-f]{1,16}$/.test(uniqueId)) {
    return failure('bad-input', 'Athena’s own certificate or key can’t be used by Moonlight.', 'Make a new identity, and pair your hosts again.');
  }
  const text = settingsText(settings);
  const inside = join(directory, organisation);
  await privateDirectory(directory);
  await privateDirectory(inside);
  const files: readonly (readonly [file: string, text: string])[] = [
    [join(inside, 'Moonlight.conf'), text],
    [join(inside, 'Moonlight.ini'), text],
    [join(directory, 'portable.dat'), ''],
    [join(directory, 'client.pem'), certificatePem],
    [join(directory, 'key.pem'), keyPem],
    [join(directory, 'uniqueid.dat'), uniqueId.padStart(16, '0')],
  ];
  for (const [file, content] of files) await writeFileAtomic(file, content, { encoding: 'utf8', mode: 0o600 });
  return success(undefined);
}

/** An older directory may be open to others, and mkdir(2) leaves it so. */
async function privateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
}

/** What is Athena's to say; the import's preferences say the rest. */
const ownPreferences: readonly (readonly [key: string, written: string])[] = [
  // The newest set of defaults: older numbers make Moonlight change settings at its start (streamingpreferences.cpp).
  ['General/defaultver', writtenNumber(2)],
  // The host is told; looking for others would only add what Athena doesn't show.
  ['General/mdns', writtenNumber(false)],
  // After a failure it would ask a server on the Internet whether the network blocks it.
  ['General/detectnetblocking', writtenNumber(false)],
  ['General/confwarnings', writtenNumber(false)],
];

function settingsText({ identity, hosts, preferences = new Map<string, string>() }: PrivateSettings): string {
  const own = new Set([...ownPreferences.map(([key]) => key), 'General/certificate', 'General/key', 'General/uniqueid']);
  return formatIni([
    ...[...preferences].filter(([key]) => /^General\/\w+$/.test(key) && !own.has(key)),
    ...ownPreferences,
    ['General/certificate', writtenBytes(identity.certificatePem)],
    ['General/key', writtenBytes(identity.keyPem)],
    ['General/uniqueid', writtenText(identity.uniqueId)],
    ...hosts.flatMap((host, index) => hostLines(host, index + 1)),
    ['hosts/size', writtenNumber(hosts.length)],
  ]);
}

function hostLines(host: MoonlightHost, number: number): [key: string, written: string][] {
  const line = (key: string, written: string): [string, string] => [`hosts/${number}\\${key}`, written];
  const { manual, local, remote, ipv6 } = places(host.addresses);
  const at = (place: string, address: string): [string, string][] => [
    line(`${place}address`, writtenText(address)),
    line(`${place}port`, writtenNumber(address === '' ? 0 : host.httpPort)),
  ];
  return [
    line('hostname', writtenText(host.name)),
    line('customname', writtenNumber(false)),
    line('uuid', writtenText(host.uniqueId)),
    line('mac', writtenBytes(macBytes(host.mac))),
    ...at('manual', manual),
    ...at('local', local),
    ...at('remote', remote),
    ...at('ipv6', ipv6),
    line('srvcert', writtenBytes(host.certificatePem ?? '')),
    line('nvidiasw', writtenNumber(false)),
  ];
}

/** Moonlight has a place for each kind of address and tries them all; the best one goes where nothing overwrites it. */
function places(addresses: readonly string[]): Record<'manual' | 'local' | 'remote' | 'ipv6', string> {
  const [manual = '', ...others] = addresses;
  const [local = '', remote = ''] = others.filter((address) => !address.includes(':'));
  return { manual, local, remote, ipv6: others.find((address) => address.includes(':')) ?? '' };
}

function macBytes(mac: string | null): string {
  return mac === null ? '' : String.fromCharCode(...mac.split(':').map((pair) => Number.parseInt(pair, 16)));
}

export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false; // not one, and that is the answer
  }
}

export function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false; // not one, and that is the answer
  }
}
