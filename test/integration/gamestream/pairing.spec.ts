// Pairing with the practice host: the good way, every wrong turn, people in the middle, and hosts that vanish on the way.
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure, Result } from '../../../electron/common/result';
import type { PairedHost, PairingRequest } from '../../../electron/domain/hosts/gamestream-host';
import { makeIdentity } from '../../../electron/practice/gamestream/certificate';
import { startGameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { findFreePort } from '../../peers/loopback-port';
import { pin, startPracticeWorld, untilPinWanted, type PracticeWorld, type WorldOptions } from './practice-world';
import { http, relay, startStandIn, xml, type Asked, type Saying, type StandIn } from './stand-in-host';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: WorldOptions = {}): Promise<PracticeWorld> {
  const world = await startPracticeWorld(options);
  ends.push(() => world.stop());
  return world;
}

/** Pairs while somebody types `typed` at the host. */
async function pairTyping(world: PracticeWorld, typed: string, change: Partial<PairingRequest> = {}): Promise<Result<PairedHost>> {
  const pairing = world.host.pair({ ...world.request, ...change });
  await untilPinWanted(world.server);
  await world.server.order({ do: 'pin', pin: typed, name: 'Athena in a test' });
  return pairing;
}

function failureOf(result: Result<PairedHost>): Failure {
  if (result.ok) throw new Error('it paired');
  expect(result.failure.advice.length).toBeGreaterThan(10);
  return result.failure;
}

const state = async (world: PracticeWorld) => (await world.server.order({ do: 'state' })).state;

describe('pairing', () => {
  it('gives the identity, the name and the certificate of the host', async () => {
    const world = await start();
    const paired = await pairTyping(world, pin);
    const { uniqueId, name, certificatePem } = world.server;
    expect(paired).toEqual({ ok: true, value: { uniqueId, name, certificatePem } });
    expect(await state(world)).toMatchObject({ pairedClients: ['Athena in a test'], openPairings: 0 });
  });

  it('works with hosts before generation 7, which hash with SHA-1', async () => {
    const world = await start({ appVersion: '6.2.431.-1' });
    expect((await pairTyping(world, pin)).ok).toBe(true);
  });

  it('works again with a host that was installed anew', async () => {
    const world = await start();
    await pairTyping(world, pin);
    await world.server.order({ do: 'reinstall', identity: 'same' });
    expect(await pairTyping(world, '9999', { pin: '9999' })).toMatchObject({ value: { certificatePem: world.server.certificatePem } });
  });

  it('says nothing secret to the log', async () => {
    const world = await start();
    await pairTyping(world, pin);
    const log = JSON.stringify(world.log.heard);
    expect(log).not.toContain('PRIVATE KEY');
    expect(log).not.toContain(pin);
    expect(log).toContain(world.server.uniqueId);
  });

  it.each(['', '123', '12345', '12a4', '１２３４', ' 123'])('takes no PIN like %j', async (bad) => {
    const world = await start();
    expect(failureOf(await world.host.pair({ ...world.request, pin: bad })).kind).toBe('bad-input');
    expect(world.server.events).toEqual([]);
  });
});

describe('a wrong PIN', () => {
  it('is told apart, and leaves nothing behind: the next attempt works at once', async () => {
    const world = await start();
    expect(failureOf(await pairTyping(world, '9999')).kind).toBe('wrong-pin');
    expect(await state(world)).toMatchObject({ pairedClients: [], openPairings: 0 });
    expect((await pairTyping(world, pin)).ok).toBe(true);
  });

  it('counts leading zeros', async () => {
    const world = await start();
    expect(failureOf(await pairTyping(world, '0042', { pin: '4200' })).kind).toBe('wrong-pin');
  });
});

describe('giving up', () => {
  it('while the host waits for the PIN', async () => {
    const world = await start();
    const controller = new AbortController();
    const pairing = world.host.pair({ ...world.request, cancel: controller.signal });
    await untilPinWanted(world.server);
    controller.abort();
    expect(failureOf(await pairing).kind).toBe('cancelled');
    await expect.poll(async () => (await state(world)).waitingForPin).toBe(0);
    expect((await pairTyping(world, pin)).ok).toBe(true);
  });

  it('before it began', async () => {
    const world = await start();
    expect(failureOf(await world.host.pair({ ...world.request, cancel: AbortSignal.abort() })).kind).toBe('cancelled');
    expect((await state(world)).openPairings).toBe(0);
  });

  it('because nobody types', async () => {
    const world = await start({ pinLimitMs: 400 });
    expect(failureOf(await world.host.pair(world.request))).toMatchObject({ kind: 'timed-out', message: expect.stringContaining('Nobody typed') as string });
  });

  it.each([2, 3, 4])('at step %d: the host is left clean', async (step) => {
    const world = await start();
    const controller = new AbortController();
    const middle = await between(world, async (asked, pass) => {
      if (stepOf(asked) === step && !controller.signal.aborted) {
        controller.abort();
        return 'silence';
      }
      return pass();
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port, cancel: controller.signal })).kind).toBe('cancelled');
    await expect.poll(async () => (await state(world)).openPairings).toBe(0);
    expect(await state(world)).toMatchObject({ pairedClients: [] });
    expect((await pairTyping(world, pin)).ok).toBe(true);
  });
});

/** 0: not of pairing. Over TLS nobody is in the middle. */
function stepOf({ path, parameters }: Asked): number {
  if (path !== '/pair') return 0;
  const names = ['salt', 'clientchallenge', 'serverchallengeresp', 'clientpairingsecret'];
  return names.findIndex((name) => parameters.has(name)) + 1;
}

/** Stands between Athena and the plain port of the practice host. */
async function between(world: Pick<PracticeWorld, 'server'>, meddle: (asked: Asked, pass: () => Promise<Buffer>) => Promise<Saying>, port = 0): Promise<StandIn> {
  const middle = await startStandIn({ port, answer: (asked) => meddle(asked, () => relay(world.server.ports.http, asked)) });
  ends.push(() => middle.stop());
  return middle;
}

function child(reply: Buffer, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(reply.toString('latin1'))?.[1] ?? '';
}

function paired(name: string, hex: string): Buffer {
  return xml({ statusCode: 200, children: [['paired', 1], [name, hex]] });
}

describe('somebody in the middle', () => {
  it('who swaps the certificate and passes on the rest', async () => {
    const world = await start();
    const own = makeIdentity('Sunshine Gamestream Host', 'random');
    const middle = await between(world, async (asked, pass) => {
      const reply = await pass();
      return stepOf(asked) === 1 ? paired('plaincert', Buffer.from(own.certificatePem).toString('hex')) : reply;
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port })).kind).toBe('man-in-the-middle');
    expect(await state(world)).toMatchObject({ pairedClients: [], openPairings: 0 });
  });

  it('who plays a whole host and does not know the PIN', async () => {
    const world = await start();
    const evil = await startGameStreamServer({ habits: { autoPin: '5555' } });
    ends.push(() => evil.stop());
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: evil.ports.http })).kind).toBe('wrong-pin');
  });

  it('who swaps the signed secret', async () => {
    const world = await start();
    const middle = await between(world, async (asked, pass) => {
      const reply = await pass();
      if (stepOf(asked) !== 3) return reply;
      const secret = Buffer.from(child(reply, 'pairingsecret'), 'hex');
      secret[0] = (secret[0] ?? 0) ^ 1;
      return paired('pairingsecret', secret.toString('hex'));
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port })).kind).toBe('man-in-the-middle');
    expect(await state(world)).toMatchObject({ pairedClients: [], openPairings: 0 });
  });

  it('who garbles the challenge, which looks like a wrong PIN', async () => {
    const world = await start();
    const middle = await between(world, async (asked, pass) => {
      const reply = await pass();
      return stepOf(asked) === 2 ? paired('challengeresponse', '00'.repeat(48)) : reply;
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port })).kind).toBe('wrong-pin');
  });

  it('who leads TLS to another host', async () => {
    const world = await start();
    const evil = await startGameStreamServer();
    ends.push(() => evil.stop());
    const middle = await between(world, async (asked, pass) => {
      const reply = await pass();
      if (asked.path !== '/serverinfo') return reply;
      return Buffer.from(reply.toString('latin1').replace(String(world.server.ports.https), String(evil.ports.https)), 'latin1');
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port })).kind).toBe('man-in-the-middle');
  });

  it('who lies about the identity over plain HTTP', async () => {
    const world = await start();
    const middle = await between(world, async (asked, pass) => {
      const reply = (await pass()).toString('latin1');
      return asked.path === '/serverinfo' ? Buffer.from(reply.replace(world.server.uniqueId, 'x'.repeat(36)), 'latin1') : Buffer.from(reply, 'latin1');
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port })).kind).toBe('bad-answer');
  });
});

describe('a host that answers nonsense', () => {
  const long = 'AB'.repeat(20_000);
  it.each<[number, string, string, string]>([
    [1, 'plaincert', 'empty', ''],
    [1, 'plaincert', 'no hex', 'zz'],
    [1, 'plaincert', 'half a byte', 'ABC'],
    [1, 'plaincert', 'no certificate', Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n').toString('hex')],
    [1, 'plaincert', 'endless', long],
    [2, 'challengeresponse', 'empty', ''],
    [2, 'challengeresponse', 'a byte short', '00'.repeat(47)],
    [2, 'challengeresponse', 'a block too long', '00'.repeat(64)],
    [2, 'challengeresponse', 'no hex', 'not hex'],
    [2, 'challengeresponse', 'endless', long],
    [3, 'pairingsecret', 'empty', ''],
    [3, 'pairingsecret', 'without a signature', '00'.repeat(16)],
    [3, 'pairingsecret', 'a byte short', '00'.repeat(271)],
    [3, 'pairingsecret', 'endless', long],
  ])('in step %d: %s %s', async (step, name, _how, hex) => {
    const world = await start();
    const middle = await between(world, async (asked, pass) => (stepOf(asked) === step && !isTidying(middle, asked) ? pass().then(() => paired(name, hex)) : pass()));
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port }))).toMatchObject({
      kind: 'bad-answer',
      message: expect.stringContaining(`step ${step}`) as string,
    });
    expect(await state(world)).toMatchObject({ pairedClients: [], openPairings: 0 });
  });

  it('"paired" without a certificate: it pairs with somebody else', async () => {
    const world = await start();
    const middle = await between(world, async (asked, pass) => (stepOf(asked) === 1 ? xml({ statusCode: 200, children: [['paired', 1]] }) : pass()));
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: middle.port })).kind).toBe('pairing-refused');
  });

  it.each([1, 2, 3, 4])('a refusal in step %d', async (step) => {
    const world = await start();
    const middle = await between(world, async (asked, pass) =>
      stepOf(asked) === step ? xml({ statusCode: 400, statusMessage: 'Out of\norder', children: [['paired', 0]] }) : pass(),
    );
    if (step > 1) await world.server.order({ do: 'habits', habits: { autoPin: pin } });
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: middle.port }))).toMatchObject({
      kind: 'pairing-refused',
      message: expect.stringContaining(`step ${step}: status 400, Out of order`) as string,
    });
  });

  it('a host that did not believe us, with status 200', async () => {
    const world = await start();
    const middle = await between(world, async (asked, pass) => {
      if (stepOf(asked) !== 4) return pass();
      return relay(world.server.ports.http, { ...asked, text: asked.text.replace(/clientpairingsecret=[0-9a-f]{8}/, 'clientpairingsecret=00000000') });
    });
    expect(failureOf(await pairTyping(world, pin, { httpPort: middle.port }))).toMatchObject({ kind: 'pairing-refused', message: expect.stringContaining('step 4') as string });
  });

  it('a web page in place of every answer', async () => {
    const world = await start();
    const middle = await between(world, async () => Buffer.from('HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><html></html>'));
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: middle.port })).kind).toBe('bad-answer');
  });
});

/** Whether this step was asked before: then it is the cleaning up after a failure. */
function isTidying(middle: StandIn, asked: Asked): boolean {
  return middle.asked.filter((other) => stepOf(other) === stepOf(asked)).length > 1;
}

describe('a host that vanishes', () => {
  it('before the first question', async () => {
    const world = await start();
    await world.server.order({ do: 'vanish', how: 'refused' });
    expect(failureOf(await world.host.pair(world.request)).kind).toBe('host-unreachable');
  });

  it.each([1, 2, 3, 4])('at step %d, hanging up', async (step) => {
    const world = await start({ habits: { autoPin: pin } });
    const middle = await between(world, async (asked, pass) => (stepOf(asked) === step ? 'hang-up' : pass()));
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: middle.port })).kind).toBe('host-unreachable');
  });

  it('at step 3, in silence', async () => {
    const world = await start({ habits: { autoPin: pin } });
    const middle = await between(world, async (asked, pass) => (stepOf(asked) === 3 ? 'silence' : pass()));
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: middle.port })).kind).toBe('timed-out');
  });

  it('before the last step, which goes over TLS', async () => {
    const world = await start({ habits: { autoPin: pin } });
    const middle = await between(world, async (asked, pass) => {
      const reply = await pass();
      if (stepOf(asked) === 4) await world.server.order({ do: 'vanish', how: 'refused' });
      return reply;
    });
    expect(failureOf(await world.host.pair({ ...world.request, httpPort: middle.port })).kind).toBe('host-unreachable');
  });
});

describe('through the web page', () => {
  it('nobody types', async () => {
    const world = await start();
    const paired = await world.host.pair({ ...world.request, web: world.server.web });
    expect(paired).toMatchObject({ ok: true, value: { certificatePem: world.server.certificatePem } });
    expect(await state(world)).toMatchObject({ pairedClients: ['Athena in a test'] });
  });

  it('of an older release, which writes booleans as text', async () => {
    const world = await start({ habits: { stringBooleans: true } });
    expect((await world.host.pair({ ...world.request, web: world.server.web })).ok).toBe(true);
  });

  it('with a wrong password: it ends at once, and says so', async () => {
    const world = await start();
    const failure = failureOf(await world.host.pair({ ...world.request, web: { ...world.server.web, password: 'wrong' } }));
    expect(failure.kind).toBe('auth-refused');
    expect(failure.message).not.toContain('wrong');
    await expect.poll(async () => (await state(world)).waitingForPin).toBe(0);
  });

  it('of somebody else, who has a certificate of his own: it is noticed, and nothing is saved', async () => {
    const world = await start();
    // Not one of those that outgoing connections get: the port above it is likely to be free as well.
    const middle = await between(world, (_asked, pass) => pass(), await findFreePort());
    const enter = async ({ text }: Asked): Promise<Saying> => {
      const { pin: typed } = JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { pin: string };
      await world.server.order({ do: 'pin', pin: typed });
      return http('{"status":true}');
    };
    const web = await startStandIn({ tls: true, port: middle.port + 1, answer: enter });
    ends.push(() => web.stop());
    const failure = failureOf(await world.host.pair({ ...world.request, httpPort: middle.port, web: world.server.web }));
    expect(failure).toMatchObject({ kind: 'man-in-the-middle', message: expect.stringContaining('web page') as string });
    expect(await state(world)).toMatchObject({ pairedClients: [], openPairings: 0 });
  });

  it('can be cancelled', async () => {
    const world = await start();
    const controller = new AbortController();
    const pairing = world.host.pair({ ...world.request, web: world.server.web, cancel: controller.signal });
    await untilPinWanted(world.server);
    controller.abort();
    expect(failureOf(await pairing).kind).toBe('cancelled');
  });
});
