// Reads OpenSSH known_hosts text and judges the key a host shows by it (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface KnownHostLine {
  readonly file: string;
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly revoked: boolean;
  /** The first field as written: patterns joined by commas, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  /** The public key in SSH wire format (RFC 4253, 6.6). */
  readonly key: Buffer;
}

export interface IgnoredLine {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export interface KnownHosts {
  readonly lines: readonly KnownHostLine[];
  readonly ignored: readonly IgnoredLine[];
}

export interface SshAddress {
  readonly address: string;
  readonly port: number;
}

export type KeyVerdict =
  | { readonly kind: 'known' }
  /** `otherTypes`: keys of these types are known for the host, but it did not show one of them. */
  | { readonly kind: 'unknown'; readonly otherTypes: readonly string[] }
  | { readonly kind: 'changed'; readonly at: KnownHostLine }
  | { readonly kind: 'revoked'; readonly at: KnownHostLine };

const defaultPort = 22;

/** The name a host has in known_hosts: lower case, in brackets with its port unless that is 22. */
export function knownHostName({ address, port }: SshAddress): string {
  const name = address.toLowerCase();
  return port === defaultPort ? name : `[${name}]:${port}`;
}

/** As OpenSSH shows it: "SHA256:" and base64 without padding. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type named at the start of a key in wire format; null when it is no key. */
export function keyTypeOf(key: Buffer): string | null {
  if (key.length < 4) return null;
  const length = key.readUInt32BE(0);
  if (length === 0 || length > 64 || key.length < 4 + length) return null;
  const type = key.toString('latin1', 4, 4 + length);
  return /^[a-z0-9@.-]+$/.test(type) ? type : null;
}

/** Never fails: a line that can't be used is told in `ignored`, as OpenSSH skips it too. */
export function parseKnownHosts(text: string, file: string): KnownHosts {
  const lines: KnownHostLine[] = [];
  const ignored: IgnoredLine[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const parsed = parseLine(content);
    if (typeof parsed === 'string') ignored.push({ file, line, reason: parsed });
    else lines.push({ file, line, ...parsed });
  }
  return { lines, ignored };
}

/** @returns the reason when the line can't be used */
function parseLine(content: string): Omit<KnownHostLine, 'file' | 'line'> | string {
  const fields = content.split(/[ \t]+/);
  const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
  if (marker === '@cert-authority') return 'certificate authorities are not supported';
  if (marker !== undefined && marker !== '@revoked') return `the marker ${marker} is not known`;
  const [hosts, keyType, keyBase64] = fields;
  if (hosts === undefined || keyType === undefined || keyBase64 === undefined) return 'it has fewer than three fields';
  if (/^\d+$/.test(keyType)) return 'keys of SSH protocol 1 are not supported';
  const key = Buffer.from(keyBase64, 'base64');
  if (keyTypeOf(key) !== keyType) return `its key is not of the type ${keyType}`;
  return { revoked: marker === '@revoked', hosts, keyType, key };
}

/**
 * Judges a key as OpenSSH does with StrictHostKeyChecking=ask: any listed key will do, a revoked one never does, and a key
 * listed for the name without port is good for a port for which no other key of its type is listed.
 */
export function judgeKey(lines: readonly KnownHostLine[], host: SshAddress, key: Buffer): KeyVerdict {
  const named = linesFor(lines, knownHostName(host));
  const plain = linesFor(lines, knownHostName({ ...host, port: defaultPort }));
  const isKey = (line: KnownHostLine): boolean => line.key.equals(key);

  const revoked = [...named, ...plain].find((line) => line.revoked && isKey(line));
  if (revoked) return { kind: 'revoked', at: revoked };
  const usable = named.filter((line) => !line.revoked);
  if (usable.some(isKey)) return { kind: 'known' };

  const type = keyTypeOf(key);
  const sameType = usable.find((line) => line.keyType === type);
  if (sameType) return { kind: 'changed', at: sameType };
  if (plain.some((line) => !line.revoked && isKey(line))) return { kind: 'known' };
  return { kind: 'unknown', otherTypes: [...new Set(usable.map((line) => line.keyType))] };
}

/** The types of the keys that are known for a host: these are asked for first, so that a host with several keys shows one we know. */
export function knownKeyTypes(lines: readonly KnownHostLine[], host: SshAddress): string[] {
  const named = linesFor(lines, knownHostName(host));
  const candidates = named.length > 0 ? named : linesFor(lines, knownHostName({ ...host, port: defaultPort }));
  return [...new Set(candidates.filter((line) => !line.revoked).map((line) => line.keyType))];
}

function linesFor(lines: readonly KnownHostLine[], name: string): KnownHostLine[] {
  return lines.filter((line) => namesHost(line.hosts, name));
}

function namesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return isHashOf(hosts, name);
  let named = false;
  for (const pattern of hosts.toLowerCase().split(',')) {
    // A negated pattern that fits decides for the whole line.
    if (pattern.startsWith('!')) {
      if (fits(pattern.slice(1), name)) return false;
    } else if (fits(pattern, name)) named = true;
  }
  return named;
}

/** "|1|base64 salt|base64 HMAC-SHA1 of the name": the salt is the key of the HMAC. */
function isHashOf(hashed: string, name: string): boolean {
  const [, version, salt, hash] = hashed.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

/** `*` fits any characters, `?` one; compared step by step, because a regular expression of many `*` can take for ever. */
function fits(pattern: string, name: string): boolean {
  let at = 0;
  let inName = 0;
  let lastStar = -1;
  let retryFrom = 0;
  while (inName < name.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      lastStar = at++;
      retryFrom = inName;
    } else if (wanted === '?' || wanted === name[inName]) {
      at++;
      inName++;
    } else if (lastStar >= 0) {
      at = lastStar + 1;
      inName = ++retryFrom;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
