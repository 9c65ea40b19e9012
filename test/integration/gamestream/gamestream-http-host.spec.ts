// The adapter at the practice host and at hosts in a test's hand: moved ports, hanging hosts, and lists nobody would expect.
import { afterEach, describe, expect, it } from 'vitest';
import { GameStreamHttpHost } from '../../../electron/adapters/gamestream/gamestream-http-host';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { Failure, Result } from '../../../electron/common/result';
import type { GameStreamAccess } from '../../../electron/domain/hosts/gamestream-host';
import { drawPng } from '../../../electron/practice/gamestream/png-picture';
import { SilentLog } from '../../fakes/silent-log';
import { startPracticeWorld, type PracticeWorld, type WorldOptions } from './practice-world';
import { http, startStandIn, xml, type Saying, type StandInOptions } from './stand-in-host';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: WorldOptions = {}): Promise<PracticeWorld> {
  const world = await startPracticeWorld(options);
  ends.push(() => world.stop());
  return world;
}

function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('it succeeded');
  expect(result.failure.advice.length).toBeGreaterThan(10);
  return result.failure;
}

interface TwoPorts {
  readonly host: GameStreamHttpHost;
  readonly access: GameStreamAccess;
  readonly log: SilentLog;
  /** Answers over TLS. */
  secure: StandInOptions['answer'];
  /** What plain HTTP names. */
  httpsPort: number;
  readonly connections: () => { readonly plain: number; readonly secure: number };
}

/** A host with a plain port that answers /serverinfo, and a TLS port that answers what the test says. */
async function twoPorts(answer: Saying | StandInOptions['answer'], greeting?: Buffer): Promise<TwoPorts> {
  const secure = await startStandIn({ tls: true, ...(greeting && { greeting }), answer: (asked) => ports.secure(asked) });
  const plain = await startStandIn({ answer: () => info(ports.httpsPort) });
  const { identities } = await start();
  ends.push(() => secure.stop(), () => plain.stop());
  const log = new SilentLog();
  const ports: TwoPorts = {
    host: new GameStreamHttpHost({ identities, clock: new SystemClock(), log }),
    access: { address: '127.0.0.1', httpPort: plain.port, certificatePem: secure.identity.certificatePem },
    log,
    secure: typeof answer === 'function' ? answer : () => answer,
    httpsPort: secure.port,
    connections: () => ({ plain: plain.connections(), secure: secure.connections() }),
  };
  return ports;
}

function info(httpsPort: number): Buffer {
  return xml({ statusCode: 200, children: [['hostname', 'Desk'], ['appversion', '7.1.431.-1'], ['uniqueid', 'HOST-1'], ['HttpsPort', httpsPort]] });
}

describe('the TLS port', () => {
  it('is asked for once, and again when nobody answers there any more', async () => {
    const ports = await twoPorts(xml({ statusCode: 200 }));
    expect(await ports.host.apps(ports.access)).toEqual({ ok: true, value: [] });
    expect(await ports.host.apps(ports.access)).toEqual({ ok: true, value: [] });
    expect(ports.connections()).toEqual({ plain: 1, secure: 2 });
    ports.secure = () => 'hang-up';
    expect(failureOf(await ports.host.apps(ports.access)).kind).toBe('host-unreachable');
    ports.secure = () => xml({ statusCode: 200 });
    expect((await ports.host.apps(ports.access)).ok).toBe(true);
  });

  it('may move', async () => {
    const ports = await twoPorts(xml({ statusCode: 200 }));
    const right = ports.httpsPort;
    ports.httpsPort = 1;
    expect(failureOf(await ports.host.apps(ports.access)).kind).toBe('host-unreachable');
    ports.httpsPort = right;
    expect((await ports.host.apps(ports.access)).ok).toBe(true);
  });
});

describe('who is not paired', () => {
  it('is told so before it could ask (Sunshine), or with an HTTP status (others)', async () => {
    const sunshine = await twoPorts('silence', xml({ statusCode: 401, query: '', statusMessage: 'The client is not authorized.' }));
    const others = await twoPorts(http('<root status_code="401" query="/applist" status_message="x"/>', '401 Unauthorized'));
    const bare = await twoPorts(http('', '401 Unauthorized'));
    for (const ports of [sunshine, others, bare]) {
      expect(failureOf(await ports.host.apps(ports.access)).kind).toBe('not-paired');
      expect(failureOf(await ports.host.art(ports.access, 5)).kind).toBe('not-paired');
      expect(await ports.host.serverInfo(ports.access)).toMatchObject({ ok: true, value: { uniqueId: 'HOST-1', paired: false } });
    }
  });

  it.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])('cannot be with the saved certificate %j', async (certificatePem) => {
    const world = await start();
    expect(await world.host.serverInfo({ ...world.access, certificatePem })).toMatchObject({ ok: true, value: { paired: false } });
    expect(failureOf(await world.host.apps({ ...world.access, certificatePem })).kind).toBe('not-paired');
  });

  it('has no identity, because the secrets are locked', async () => {
    const world = await start();
    world.secrets.refusal = new Error('locked');
    expect(failureOf(await world.host.pair(world.request)).kind).toBe('io');
    expect((await world.host.serverInfo(world.access)).ok).toBe(true);
  });
});

describe('a host that hangs', () => {
  it('is not waited for without end, and is there again when it answers', async () => {
    const world = await start();
    const access = await world.pair();
    await world.server.order({ do: 'vanish', how: 'silent' });
    expect(failureOf(await world.host.serverInfo(access))).toMatchObject({ kind: 'timed-out', advice: expect.stringContaining('restart Sunshine') as string });
    await world.server.order({ do: 'return' });
    expect((await world.host.serverInfo(access)).ok).toBe(true);
  });
});

describe('lists of apps', () => {
  const app = (id: number, name: string): string => `<App><AppTitle>${name}</AppTitle><ID>${id}</ID></App>`;

  it('of 20,000 come through whole', async () => {
    const all = Array.from({ length: 20_000 }, (_, index) => app(index + 1, `Game &amp; ${index}`)).join('');
    const ports = await twoPorts(http(`<root status_code="200">${all}</root>`));
    const apps = await ports.host.apps(ports.access);
    expect(apps.ok && apps.value.length).toBe(20_000);
  });

  it('with ids that are there twice are told to the log', async () => {
    const ports = await twoPorts(http(`<root status_code="200">${app(1, 'a')}${app(1, 'b')}${app(0, 'c')}</root>`));
    expect(await ports.host.apps(ports.access)).toMatchObject({ value: [{ id: 1, name: 'a' }] });
    expect(ports.log.heard).toMatchObject([{ level: 'warn', fields: { leftOut: 2 } }]);
  });

  it.each<[string, Buffer, RegExp]>([
    ['a web page', http('<!DOCTYPE html><html></html>'), /web page/],
    ['an error page', http('<html>oops</html>', '500 Internal Server Error'), /HTTP status 500/],
    ['an entity bomb', http('<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><root status_code="200"><App><AppTitle>&b;</AppTitle></App></root>'), /document type/],
    ['ten megabytes', http(`<root status_code="200">${'x'.repeat(10_485_760)}</root>`), /more than 8192 KiB/],
    ['a deep nest', http(`<root status_code="200">${'<a>'.repeat(100_000)}`), /no proper XML/],
    ['half of one', http('<root status_code="200"><App><AppTitle>Ga'), /no proper XML/],
    ['a refusal', xml({ statusCode: -1, statusMessage: 'no\u202E idea' }), /status -1 \(no idea\)/],
  ])('as %s are refused', async (_name, saying, message) => {
    const ports = await twoPorts(saying);
    const failure = failureOf(await ports.host.apps(ports.access));
    expect(failure.kind).toBe('bad-answer');
    expect(failure.message).toMatch(message);
  });
});

describe('covers', () => {
  it('are fetched four at a time', async () => {
    let [open, most] = [0, 0];
    const png = drawPng(3, 4, [1, 2, 3]);
    const ports = await twoPorts(async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 100));
      open--;
      return http(png, '200 OK', 'Content-Type: image/png\r\n');
    });
    await ports.host.apps(ports.access);
    most = 0;
    const all = await Promise.all(Array.from({ length: 12 }, (_, id) => ports.host.art(ports.access, id + 1)));
    expect(all.every((art) => art.ok && Buffer.from(art.value).equals(png))).toBe(true);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('are asked for as hosts expect, and twice when the first answer was lost', async () => {
    const paths: string[] = [];
    const ports = await twoPorts(({ parameters }) => {
      parameters.delete('uuid');
      parameters.delete('uniqueid');
      paths.push(parameters.toString());
      return paths.length === 1 ? 'hang-up' : http(drawPng(3, 4, [1, 2, 3]));
    });
    expect((await ports.host.art(ports.access, -7)).ok).toBe(true);
    expect(paths).toEqual(['appid=-7&AssetType=2&AssetIdx=0', 'appid=-7&AssetType=2&AssetIdx=0']);
  });
});
