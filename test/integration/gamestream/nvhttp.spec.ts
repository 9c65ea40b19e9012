// One request on a real connection: pinning, limits, and every way in which a host can fail to answer.
import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { pemOf, readCertificate, selfSigned } from '../../../electron/adapters/gamestream/certificate-der';
import { readOutcome } from '../../../electron/adapters/gamestream/nv-client';
import { ask, type Question, type RawAnswer } from '../../../electron/adapters/gamestream/nvhttp';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { Result } from '../../../electron/common/result';
import { Secret } from '../../../electron/domain/secret';
import { makeIdentity, type Identity } from '../../../electron/practice/gamestream/certificate';
import { replyBytes } from '../../../electron/practice/gamestream/nvhttp-wire';
import { findFreePort } from '../../peers/loopback-port';
import { http, startStandIn, xml, type StandIn, type StandInOptions } from './stand-in-host';

const clock = new SystemClock();
const client = makeIdentity('NVIDIA GameStream Client', 'zero');
const other = makeIdentity('Sunshine Gamestream Host', 'random');
const started: StandIn[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((host) => host.stop()));
});

async function start(options: StandInOptions): Promise<StandIn> {
  const host = await startStandIn(options);
  started.push(host);
  return host;
}

type Change = Partial<Omit<Question, 'place'>> & { readonly address?: string; readonly port?: number };

function question({ address = '127.0.0.1', port = 1, ...change }: Change): Promise<Result<RawAnswer>> {
  return ask({ place: { address, port }, path: '/serverinfo?x=1', tls: null, limitMs: 5_000, limitBytes: 100_000, ...change }, clock);
}

/** As after pairing with the host that has this certificate. */
function pinned({ certificatePem }: Pick<Identity, 'certificatePem'>): Question['tls'] {
  const certificate = readCertificate(certificatePem);
  if (!certificate) throw new Error('no certificate');
  return { pinned: certificate.der, client: { certificatePem: client.certificatePem, key: new Secret(client.keyPem) } };
}

const fine = xml({ statusCode: 200 });

function failureOf(result: Result<RawAnswer>): { kind: string; message: string; advice: string } {
  if (result.ok) throw new Error('it was answered');
  expect(result.failure.advice.length).toBeGreaterThan(10);
  return result.failure;
}

describe('over plain HTTP', () => {
  it('asks once, on a connection of its own that it closes, with nothing a proxy would want', async () => {
    const host = await start({ answer: () => fine });
    expect(await question({ port: host.port })).toMatchObject({ ok: true, value: { httpStatus: 200, certificate: null } });
    await question({ port: host.port });
    expect(host.connections()).toBe(2);
    expect(host.asked[0]?.text).toBe(`GET /serverinfo?x=1 HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`);
  });

  it("takes no notice of the system's proxies", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', ALL_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' });
    try {
      const host = await start({ answer: () => fine });
      expect((await question({ port: host.port })).ok).toBe(true);
    } finally {
      process.env = before;
    }
  });

  it('reaches IPv6 literals, and names', async () => {
    const host = await start({ answer: () => fine, address: '::1' });
    expect((await question({ address: '::1', port: host.port })).ok).toBe(true);
    expect(host.asked[0]?.text).toContain(`Host: [::1]:${host.port}\r\n`);
    const named = await start({ answer: () => fine });
    expect((await question({ address: 'localhost', port: named.port })).ok).toBe(true);
  });

  it.each([true, false])("reads Sunshine's malformed answer to an unknown path as not found (malformed: %s)", async (malformed) => {
    const host = await start({ answer: () => replyBytes({ kind: 'not-found' }, malformed) });
    const raw = await question({ port: host.port, path: '/unpair' });
    if (!raw.ok) throw new Error(raw.failure.message);
    expect(readOutcome(raw.value, 1_000, { address: 'x', port: 1 })).toMatchObject({ ok: true, value: { statusCode: 404 } });
  });

  it('takes an answer in pieces, one without a length, and one in chunks', async () => {
    const sayings = [
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), Buffer.from('<root status_code="200"/>')]),
      Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<root s\r\n12\r\ntatus_code="200"/>\r\n0\r\n\r\n'),
    ];
    for (const saying of sayings) {
      const host = await start({ answer: () => saying });
      const raw = await question({ port: host.port });
      expect(raw.ok && raw.value.body.toString()).toBe('<root status_code="200"/>');
    }
  });
});

describe('a host that does not answer as it should', () => {
  it('is not there', async () => {
    const failure = failureOf(await question({ port: await findFreePort() }));
    expect(failure.kind).toBe('host-unreachable');
    expect(failure.advice).toContain('Start Sunshine');
  });

  it('has no name', async () => {
    expect(failureOf(await question({ address: 'no-such-host.invalid' }))).toMatchObject({ kind: 'host-unreachable', message: expect.stringContaining('name') as string });
  });

  it('is an address of one link without its interface', async () => {
    expect(failureOf(await question({ address: 'fe80::1' })).kind).toBe('host-unreachable');
  });

  it('takes the connection and says nothing', async () => {
    const host = await start({ answer: () => 'silence' });
    expect(failureOf(await question({ port: host.port, limitMs: 300 }))).toMatchObject({ kind: 'timed-out', message: expect.stringContaining('0.3 s') as string });
  });

  it('drips an answer without end', async () => {
    const host = await start({ answer: () => 'silence', greeting: 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<roo' });
    expect(failureOf(await question({ port: host.port, limitMs: 500 })).kind).toMatch(/host-unreachable|timed-out/);
  });

  it('hangs up', async () => {
    const host = await start({ answer: () => 'hang-up' });
    expect(failureOf(await question({ port: host.port }))).toMatchObject({ kind: 'host-unreachable', message: expect.stringContaining('closed') as string });
  });

  it('breaks off in the middle', async () => {
    const host = await start({ answer: () => http(randomBytes(500)).subarray(0, 300) });
    expect(failureOf(await question({ port: host.port })).kind).toBe('host-unreachable');
  });

  it.each([
    ['says so', 'Content-Length: 10485760\r\n'],
    ['does not say so', ''],
  ])('sends ten megabytes and %s', async (_name, header) => {
    const host = await start({ answer: () => Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${header}\r\n`), Buffer.alloc(10_485_760, 'x')]) });
    expect(failureOf(await question({ port: host.port }))).toMatchObject({ kind: 'bad-answer', message: expect.stringContaining('more than 98 KiB') as string });
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'X-Y: zzzzzzzzzzzzzzzz\r\n'.repeat(10_000)}`],
    ['a broken header', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n'],
    ['zeros', Buffer.alloc(100)],
  ])('speaks %s', async (_name, saying) => {
    const host = await start({ answer: () => Buffer.from(saying) });
    expect(failureOf(await question({ port: host.port })).kind).toBe('bad-answer');
  });

  it('wants another protocol', async () => {
    const host = await start({ answer: () => Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n') });
    expect(failureOf(await question({ port: host.port })).kind).toBe('host-unreachable');
  });
});

describe('cancelling', () => {
  it('ends at once, before or while it waits', async () => {
    const host = await start({ answer: () => 'silence' });
    const controller = new AbortController();
    const waiting = question({ port: host.port, limitMs: null, cancel: controller.signal });
    await expect.poll(() => host.asked.length).toBe(1);
    controller.abort();
    expect(failureOf(await waiting).kind).toBe('cancelled');
    expect(failureOf(await question({ port: host.port, cancel: controller.signal })).kind).toBe('cancelled');
    expect(host.connections()).toBe(1);
  });

  it('has no limit of its own when told so', async () => {
    const host = await start({ answer: () => new Promise((resolve) => clock.after(1_500, () => resolve(fine))) });
    expect((await question({ port: host.port, limitMs: null })).ok).toBe(true);
  });
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', (maxTlsVersion) => {
  it('asks the pinned host, showing its own certificate', async () => {
    const host = await start({ tls: true, maxTlsVersion, answer: () => fine });
    const answer = await question({ port: host.port, tls: pinned(host.identity) });
    expect(answer).toMatchObject({ ok: true, value: { httpStatus: 200 } });
    expect(answer.ok && answer.value.certificate).toEqual(readCertificate(host.identity.certificatePem)?.der);
  });

  it('lets no byte of the request through to another certificate', async () => {
    const host = await start({ tls: true, maxTlsVersion, answer: () => fine });
    expect(failureOf(await question({ port: host.port, tls: pinned(other) })).kind).toBe('certificate-changed');
    await new Promise<void>((resolve) => clock.after(100, resolve));
    expect(host.connections()).toBe(1);
    expect(host.bytesHeard()).toBe(0);
  });

  it('hears the refusal that is written before the request is read, every time', async () => {
    const greeting = xml({ statusCode: 401, query: '', statusMessage: 'no' });
    const host = await start({ tls: true, maxTlsVersion, greeting, answer: () => 'silence' });
    for (let time = 0; time < 25; time++) {
      const answer = await question({ port: host.port, tls: pinned(host.identity) });
      expect(answer.ok && answer.value.body.toString()).toContain('status_code="401"');
    }
  });
});

describe('certificates', () => {
  const day = 24 * 3_600_000;
  it.each([
    ['has run out', -400 * day, -30 * day],
    ['is not valid yet, because the clock of the host was wrong', 30 * day, 400 * day],
  ])('one that %s counts all the same: only its bytes do', async (_name, from, until) => {
    const { keyPem } = other;
    const keys = { publicKey: createPublicKey(keyPem), privateKey: createPrivateKey(keyPem) };
    const der = selfSigned({ name: 'Sunshine Gamestream Host', ...keys, fromMs: Date.now() + from, untilMs: Date.now() + until });
    const identity = { certificatePem: pemOf(der), keyPem };
    const host = await start({ tls: true, identity, answer: () => fine });
    expect((await question({ port: host.port, tls: pinned(identity) })).ok).toBe(true);
    // The same key in another certificate is another certificate.
    expect(failureOf(await question({ port: host.port, tls: pinned(other) })).kind).toBe('certificate-changed');
  });

  it('none at all, because the port speaks plain HTTP', async () => {
    const host = await start({ answer: () => fine });
    const failure = failureOf(await question({ port: host.port, tls: pinned(other), limitMs: 1_000 }));
    expect(failure.kind).toMatch(/bad-answer|timed-out/);
  });

  it('a handshake that never ends', async () => {
    const host = await start({ answer: () => 'silence' });
    expect(failureOf(await question({ port: host.port, tls: pinned(other), limitMs: 300 })).kind).toBe('timed-out');
  });

  it('a host that hangs up in the handshake', async () => {
    const host = await start({ greeting: '', answer: () => 'silence' });
    expect(failureOf(await question({ port: host.port, tls: pinned(other) })).kind).toBe('host-unreachable');
  });
});
