// Everything that reads what a host or a client says, without a network: fed directly, and held to what it promises.
import { createHash } from 'node:crypto';
import { readXmlAnswer, answerLimitBytes } from '../../../electron/adapters/gamestream/answer-xml';
import { readAppList } from '../../../electron/adapters/gamestream/app-list';
import { readArt } from '../../../electron/adapters/gamestream/art';
import { readCertificate, signatureBitsOf } from '../../../electron/adapters/gamestream/certificate-der';
import { cleanLine, cleanName, quoted } from '../../../electron/adapters/gamestream/host-text';
import { readOutcome } from '../../../electron/adapters/gamestream/nv-client';
import { isSignedBy, openHostChallenge, readHex, readHostSecret } from '../../../electron/adapters/gamestream/pairing-crypto';
import { readServerInfo } from '../../../electron/adapters/gamestream/server-info';
import { clientReader } from '../../../electron/adapters/clients/client-registry';
import { optionNames } from '../../../electron/adapters/clients/moonlight-arguments';
import { readMoonlightSettings } from '../../../electron/adapters/clients/moonlight-import';
import { parseIni, writtenBytes, writtenText } from '../../../electron/adapters/clients/qt-ini';
import { wordsForEnd } from '../../../electron/common/end-words';
import type { Result } from '../../../electron/common/result';
import { LineSplitter } from '../../../electron/threads/line-splitter';
import { readRdp } from '../../../electron/adapters/imports/rdp-file';
import { readRemmina } from '../../../electron/adapters/imports/remmina-file';
import { textOf } from '../../../electron/adapters/imports/connection-text';
import { entryFormSchema } from '../../../electron/common/library';
import { answers, certificates, connections, hostPem, outputs, pictures, settings, someXml } from './corpus';
import { mutate } from './mutate';
import type { Random } from './random';

/** What a target promised and did not keep. */
export class BrokenPromise extends Error {}

export interface ParserTarget {
  readonly name: string;
  readonly input: (random: Random) => Buffer;
  /** @throws what an adapter must not throw, or BrokenPromise */
  readonly read: (input: Buffer, random: Random) => void;
}

const place = { address: '192.0.2.1', port: 47_989 };

export function check(isKept: boolean, promise: string): void {
  if (!isKept) throw new BrokenPromise(promise);
}

/** What everybody may expect of a failure: words for a person, of sensible length, with nothing in them that turns text around. */
export function checkResult(result: Result<unknown>): void {
  if (result.ok) return;
  const { message, advice } = result.failure;
  check(message !== '' && advice !== '', 'a failure has a message and an advice');
  check(message.length < 1_000 && advice.length < 1_000, 'a failure is told in few words');
  check(!/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(message + advice), 'a failure holds no control characters');
}

function readXml(input: Buffer): void {
  const answer = readXmlAnswer(input, 64 * answerLimitBytes, place);
  checkResult(answer);
  if (!answer.ok) return;
  const { statusCode } = answer.value;
  check(statusCode === (statusCode | 0), 'a status is a number of 32 bits');
  for (const secure of [true, false]) {
    const info = readServerInfo(answer.value, { place, httpPort: place.port, secure });
    checkResult(info);
    if (!info.ok) continue;
    const { httpsPort, name, uniqueId, runningAppId } = info.value;
    check(httpsPort > 0 && httpsPort < 65_536, 'a port is a port');
    check(/^[!-~]{1,128}$/.test(uniqueId) && !uniqueId.includes('/'), 'an identity is visible ASCII and no path');
    check(name.length > 0 && name.length <= 80 && !/[\p{Cc}\u202e]/u.test(name), 'a host has a clean name');
    check(runningAppId === null || runningAppId > 0, 'a running app has an id');
  }
  const apps = readAppList(answer.value, place);
  checkResult(apps);
  if (!apps.ok) return;
  check(new Set(apps.value.apps.map(({ id }) => id)).size === apps.value.apps.length, 'each id is there once');
  check(apps.value.apps.every(({ name }) => name.length <= 512 && !name.includes('\0')), 'an app has a clean name');
}

const certificate = readCertificate(hostPem);
const key = createHash('sha256').update('key').digest().subarray(0, 16);

function readPairing(input: Buffer, random: Random): void {
  const bytes = readHex(input.toString('latin1'), 4_096);
  for (const hash of ['sha256', 'sha1'] as const) openHostChallenge(hash, key, bytes ?? input);
  if (certificate === null) throw new Error('the corpus has no certificate');
  const secret = readHostSecret(bytes ?? Buffer.concat([input, random.bytes(272)]).subarray(0, 272), certificate.publicKey);
  if (secret !== null) check(!isSignedBy(certificate.publicKey, secret), 'nobody forges a signature by chance');
}

function readOutput(input: Buffer, random: Random, clients: readonly Parameters<typeof clientReader>[0][]): void {
  for (const client of clients) {
    const reader = clientReader(client);
    const splitter = new LineSplitter((line) => {
      for (const event of reader.line(line)) check(typeof event.kind === 'string', 'an event has a kind');
    });
    const text = input.toString('utf8');
    for (let at = 0; at < text.length; ) {
      const end = at + 1 + random.int(4_000);
      splitter.push(text.slice(at, end));
      reader.partial(splitter.partial);
      at = end;
    }
    splitter.flush();
    const end = reader.end({ exitCode: random.int(256), signal: random.chance(0.2) ? 'SIGSEGV' : null });
    check(wordsForEnd(end) !== '', 'an end has words');
  }
}

/** Real, or broken. */
function from(corpus: readonly Buffer[]): (random: Random) => Buffer {
  return (random) => (random.chance(0.05) ? random.pick(corpus) : mutate(random.pick(corpus), random, corpus));
}

export const parserTargets: readonly ParserTarget[] = [
  { name: 'xml', input: (random) => someXml(random, (bytes) => mutate(bytes, random, answers)), read: readXml },
  {
    name: 'outcome',
    input: (random) => someXml(random, (bytes) => mutate(bytes, random, answers)),
    read: (body, random) => checkResult(readOutcome({ httpStatus: random.pick([200, 401, 404, 503, 500, 0, 999]), body, certificate: null }, answerLimitBytes, place)),
  },
  {
    name: 'art',
    input: from([...pictures, ...answers]),
    read: (body, random) => checkResult(readArt({ httpStatus: random.pick([200, 404]), body, certificate: null }, place)),
  },
  {
    name: 'certificate',
    input: from(certificates),
    read: (input) => {
      const read = readCertificate(input.toString('latin1'));
      check(read === null || read.der.length > 0, 'a certificate has bytes');
      signatureBitsOf(input);
    },
  },
  { name: 'pairing', input: from(answers.map((answer) => Buffer.from(/[0-9A-F]{90,}/.exec(answer.toString())?.[0] ?? 'AB'))), read: readPairing },
  {
    name: 'settings',
    input: from(settings),
    read: (input) => {
      const text = input.toString('utf8');
      const read = readMoonlightSettings('Moonlight.conf', text);
      check(read.hosts.length <= 500, 'a broken file brings no crowd of hosts');
      const odd = text.slice(0, 200);
      const again = parseIni(`[a]\nb=${writtenText(odd)}\nc=${writtenBytes('\u0001"')}\n`);
      check(again.get('a/b') === odd || odd === '' || /^@(?!@)/.test(odd), 'what is written is read back');
    },
  },
  {
    name: 'connections',
    input: from(connections),
    read: (input, random) => {
      const text = textOf(input);
      for (const read of [readRemmina, readRdp]) {
        const reading = read(random.pick(['/home/me/a.rdp', 'C:\\a', '']), text);
        if (reading.kind === 'unusable') {
          check(reading.message !== '' && reading.message.length < 300 && reading.advice !== '', 'a file of no use is told in few words, with an advice');
          check(!/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(`${reading.name ?? ''}${reading.message}`), 'words are clean');
        } else if (reading.kind === 'desktop') {
          const { username, ...form } = reading.desktop;
          check(entryFormSchema.safeParse({ ...form, ...(username !== null && { username }) }).success, 'the library takes what was read');
        }
      }
    },
  },
  { name: 'moonlight-output', input: from(outputs), read: (input, random) => readOutput(input, random, ['moonlight-qt', 'moonlight-embedded']) },
  { name: 'other-output', input: from(outputs), read: (input, random) => readOutput(input, random, ['freerdp', 'tigervnc', 'mstsc']) },
  {
    name: 'words',
    input: from([...answers, ...outputs]),
    read: (input) => {
      const text = input.toString('utf8');
      check(cleanName(text).length <= 512 && cleanLine(text, 80).length <= 80, 'names are cut');
      check(!/[\p{Cc}\u202e]/u.test(cleanLine(text, 80) + quoted(text)), 'words are clean');
      optionNames(text.slice(0, 100_000));
    },
  },
];
