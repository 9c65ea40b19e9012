// The practice Moonlight's requests to a GameStream host: plain, or over TLS with the host's certificate pinned.
import { randomBytes } from 'node:crypto';
import { get as getPlain, type ClientRequest, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { derOf, type Identity } from './certificate';

export interface HostPlace {
  readonly address: string;
  readonly httpPort: number;
}

export interface SecureAccess extends HostPlace {
  readonly httpsPort: number;
  readonly identity: Identity;
  /** Null: any certificate is taken, as moonlight-embedded does. */
  readonly pinnedPem: string | null;
}

export interface XmlAnswer {
  /** From -2147483648 to 2147483647, as the host meant it. */
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly text: string;
}

/** What Moonlight 6.1 and moonlight-embedded both call themselves. */
const uniqueId = '0123456789ABCDEF';
export const requestLimitMs = 5_000;
export const launchLimitMs = 120_000;

export function queryOf(parameters: Readonly<Record<string, string | number>>): string {
  const query = new URLSearchParams({ uniqueid: uniqueId, uuid: randomBytes(16).toString('hex') });
  for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
  return query.toString();
}

/**
 * @param connectLimitMs for the connection alone; null: the system's
 * @throws with the system's code when nobody answers in time (null: no limit), or with what is wrong with the certificate
 */
export function askPlain(place: HostPlace, path: string, limitMs: number | null, connectLimitMs: number | null = null): Promise<XmlAnswer> {
  return receive((listen) => {
    const request = getPlain({ host: place.address, port: place.httpPort, path, agent: false }, listen);
    if (connectLimitMs !== null) {
      request.once('socket', (socket) => {
        const timer = setTimeout(() => request.destroy(noAnswer()), connectLimitMs);
        for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
      });
    }
    return request;
  }, limitMs);
}

export function askSecure(access: SecureAccess, path: string, limitMs: number): Promise<XmlAnswer> {
  const { address, httpsPort, identity, pinnedPem } = access;
  const pinned = pinnedPem === null ? null : derOf(pinnedPem);
  const trust =
    pinnedPem === null || pinned === null
      ? { rejectUnauthorized: false }
      : {
          ca: [pinnedPem],
          checkServerIdentity: (_name: string, { raw }: { raw: Buffer }): Error | undefined =>
            raw.equals(pinned) ? undefined : new Error('the host shows another certificate'),
        };
  const options = { host: address, port: httpsPort, path, cert: identity.certificatePem, key: identity.keyPem, minVersion: 'TLSv1.2' as const, agent: false as const };
  return receive((listen) => getSecure({ ...options, ...trust }, listen), limitMs);
}

function receive(ask: (listen: (response: IncomingMessage) => void) => ClientRequest, limitMs: number | null): Promise<XmlAnswer> {
  return new Promise((resolve, reject) => {
    const request = ask((response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve(readAnswer(text)));
      response.on('error', reject);
    });
    request.on('error', reject);
    if (limitMs === null) return;
    const timer = setTimeout(() => request.destroy(noAnswer()), limitMs);
    request.once('close', () => clearTimeout(timer));
  });
}

function noAnswer(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

function readAnswer(text: string): XmlAnswer {
  const code = /<root[^>]*\sstatus_code="(-?\d+)"/.exec(text)?.[1];
  const message = /<root[^>]*\sstatus_message="([^"]*)"/.exec(text)?.[1] ?? '';
  return { statusCode: code === undefined ? -1 : Number(code) | 0, statusMessage: unescapeXml(message), text };
}

/** The first element by this name; '' when it isn't there or is empty. */
export function childOf({ text }: Pick<XmlAnswer, 'text'>, name: string): string {
  return unescapeXml(new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '');
}

export interface ListedApp {
  readonly id: number;
  readonly name: string;
  readonly hdr: boolean;
}

export function appsOf({ text }: XmlAnswer): ListedApp[] {
  return [...text.matchAll(/<App>(.*?)<\/App>/gs)].map(([, app = '']) => ({
    id: Number(childOf({ text: app }, 'ID')),
    name: childOf({ text: app }, 'AppTitle'),
    hdr: childOf({ text: app }, 'IsHdrSupported') === '1',
  }));
}

function unescapeXml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (all, code: string | undefined, name: string | undefined) =>
    code === undefined ? (named[name ?? ''] ?? all) : String.fromCodePoint(Number(code)),
  );
}
