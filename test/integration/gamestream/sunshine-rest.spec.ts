// Sunshine's web interface, at the practice host and at hosts that refuse, lie, or speak something else.
import { afterEach, describe, expect, it } from 'vitest';
import { readCertificate } from '../../../electron/adapters/gamestream/certificate-der';
import { closeApp, enterPin, webPlace, type WebHost } from '../../../electron/adapters/gamestream/sunshine-rest';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { makeIdentity } from '../../../electron/practice/gamestream/certificate';
import { startPracticeWorld, type PracticeWorld, type WorldOptions } from './practice-world';
import { http, startStandIn, type StandInOptions } from './stand-in-host';

const clock = new SystemClock();
const never = new AbortController().signal;
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: WorldOptions = {}): Promise<PracticeWorld> {
  const world = await startPracticeWorld(options);
  ends.push(() => world.stop());
  return world;
}

async function standIn(answer: StandInOptions['answer']) {
  const host = await startStandIn({ tls: true, answer });
  ends.push(() => host.stop());
  const web: WebHost = { place: { address: '127.0.0.1', port: host.port }, logIn: { username: 'röth', password: 'pa:ss"wörd' }, certificate: null };
  return { host, web };
}

function webOf({ server }: PracticeWorld, certificatePem: string | null = server.certificatePem): WebHost {
  const place = webPlace({ address: server.address, port: server.ports.http });
  return { place, logIn: server.web, certificate: certificatePem === null ? null : (readCertificate(certificatePem)?.der ?? null) };
}

describe('at the practice host', () => {
  it('nobody waits for a PIN', async () => {
    const world = await start();
    const answer = await enterPin(webOf(world), '1234', 'Athena', clock, never);
    expect(answer).toMatchObject({ ok: true, value: { done: false } });
    expect(answer.ok && answer.value.certificate).toEqual(readCertificate(world.server.certificatePem)?.der);
  });

  it.each([false, true])('an app is closed, and nothing to close is no trouble (old booleans: %s)', async (stringBooleans) => {
    const world = await start({ habits: { stringBooleans } });
    await world.pair();
    await world.launch(world.server.apps[1]?.id ?? 0);
    expect(await closeApp(webOf(world), clock)).toEqual({ ok: true, value: null });
    expect((await world.server.order({ do: 'state' })).state.runningApp).toBeNull();
    expect(await closeApp(webOf(world), clock)).toEqual({ ok: true, value: null });
  });

  it('a wrong log-in is told as that', async () => {
    const world = await start();
    const web = { ...webOf(world), logIn: { username: world.server.web.username, password: 'wrong' } };
    expect(await closeApp(web, clock)).toMatchObject({ ok: false, failure: { kind: 'auth-refused' } });
  });

  it('the log-in goes to nobody with another certificate than the pinned one', async () => {
    const world = await start();
    const other = makeIdentity('Sunshine Gamestream Host', 'random').certificatePem;
    expect(await closeApp(webOf(world, other), clock)).toMatchObject({ failure: { kind: 'certificate-changed' } });
  });
});

describe('what is sent', () => {
  it('is JSON with a log-in, and comes from no web page', async () => {
    const { host, web } = await standIn(() => http('{"status":true}', '200 OK', 'Content-Type: application/json\r\n'));
    expect(await enterPin(web, '0042', 'Wohn"zimmer', clock, never)).toMatchObject({ ok: true, value: { done: true } });
    const [asked] = host.asked;
    expect(asked).toMatchObject({ method: 'POST', path: '/api/pin' });
    const text = asked?.text ?? '';
    expect(Buffer.from(/^Authorization: Basic (\S+)\r$/m.exec(text)?.[1] ?? '', 'base64').toString()).toBe('röth:pa:ss"wörd');
    expect(text).toMatch(/^Content-Type: application\/json\r$/m);
    expect(text).not.toMatch(/^(Origin|Referer|Cookie):/im);
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toEqual({ pin: '0042', name: 'Wohn"zimmer' });
  });

  it('has no body when the app is closed', async () => {
    const { host, web } = await standIn(() => http('{"status":true}'));
    await closeApp(web, clock);
    expect(host.asked[0]?.text).toMatch(/^Content-Length: 0\r$/m);
    expect(host.asked[0]?.text).not.toMatch(/Content-Type/);
  });
});

describe('answers', () => {
  it.each([
    ['200 OK', '{"status":false}', 'bad-answer'],
    ['200 OK', '{"status":"false"}', 'bad-answer'],
    ['200 OK', '{}', 'bad-answer'],
    ['200 OK', '<html></html>', 'bad-answer'],
    ['200 OK', '[true]', 'bad-answer'],
    ['200 OK', '{"status":"maybe"}', 'bad-answer'],
    ['200 OK', `{"status":true,"x":"${'x'.repeat(70_000)}"}`, 'bad-answer'],
    ['307 Temporary Redirect', '', 'auth-refused'],
    ['401 Unauthorized', '{"status_code":401,"status":false,"error":"Unauthorized"}', 'auth-refused'],
    ['403 Forbidden', '', 'permission-denied'],
    ['404 Not Found', '{"status_code":404,"error":"Not Found"}', 'not-supported'],
    ['400 Bad Request', '{"status_code":400,"status":false,"error":"Missing\\nCSRF token"}', 'bad-answer'],
    ['500 Internal Server Error', 'x', 'bad-answer'],
  ])('%s %.40s: %s', async (status, body, kind) => {
    const { web } = await standIn(() => http(body, status));
    const closed = await closeApp(web, clock);
    expect(closed).toMatchObject({ ok: false, failure: { kind } });
    expect(!closed.ok && closed.failure.message).not.toMatch(/\n|pa:ss/);
  });
});
