// The practice GameStream host as its clients meet it on the network: pairing, TLS, apps, launches, REST, and its quirks.
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startGameStreamServer, type GameStreamServer, type GameStreamServerOptions } from '../../../electron/practice/gamestream/gamestream-server';
import { appsOf, askPlain, askSecure, childOf, queryOf } from '../../../electron/practice/gamestream/moonlight-http';
import { MoonlightLink, type LinkNews } from '../../../electron/practice/gamestream/moonlight-link';
import { pairWith } from '../../../electron/practice/gamestream/moonlight-pairing';
import { isPortClosed } from '../../peers/loopback-port';
import { accessOf, ask, launchParameters, newIdentity, pair, pairedAccess, rawPlain, readAll, rest, silentTls } from './gamestream-peer';

describe('practice GameStream host', () => {
  const servers: GameStreamServer[] = [];
  const links: MoonlightLink[] = [];

  async function start(options: GameStreamServerOptions = {}): Promise<GameStreamServer> {
    const server = await startGameStreamServer(options);
    servers.push(server);
    return server;
  }

  afterEach(async () => {
    for (const link of links.splice(0)) link.close();
    for (const server of servers.splice(0)) await server.stop();
  });

  /** Opens the stream of a launch and keeps what it tells. */
  function openStream(server: GameStreamServer, keyHex: string): LinkNews[] {
    const news: LinkNews[] = [];
    const target = { address: '127.0.0.1', port: server.ports.stream, keyHex, mode: '640x400x30', timeScale: 1 };
    links.push(new MoonlightLink(target, (item) => news.push(item)));
    return news;
  }

  const until = async (isSo: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> => {
    const deadlineMs = performance.now() + withinMs;
    while (!(await isSo())) {
      if (performance.now() > deadlineMs) throw new Error(`not so within ${withinMs} ms: ${String(isSo)}`);
      await sleep(20);
    }
  };

  const keyA = '00112233445566778899aabbccddeeff';
  const keyB = 'ffeeddccbbaa99887766554433221100';

  describe('tells who it is', () => {
    it('over plain HTTP without its MAC and never as paired', async () => {
      const server = await start({ name: 'Living & room' });
      const info = await askPlain({ address: '127.0.0.1', httpPort: server.ports.http }, '/serverinfo?uniqueid=1', 5_000);
      const names = [...info.text.matchAll(/<(\w+)>/g)].map(([, name]) => name);
      expect(names).toEqual([
        ...['hostname', 'appversion', 'GfeVersion', 'uniqueid', 'HttpsPort', 'ExternalPort', 'MaxLumaPixelsHEVC', 'mac', 'LocalIP'],
        ...['ServerCodecModeSupport', 'PairStatus', 'currentgame', 'state'],
      ]);
      expect(childOf(info, 'hostname')).toBe('Living & room');
      expect(childOf(info, 'HttpsPort')).toBe(String(server.ports.http - 5));
      expect(childOf(info, 'PairStatus')).toBe('0');
      expect(childOf(info, 'mac')).toBe('00:00:00:00:00:00');
      expect(childOf(info, 'state')).toBe('SUNSHINE_SERVER_FREE');
    });

    it('over TLS with its MAC, and as paired where a unique id is given', async () => {
      const server = await start();
      const access = await pairedAccess(server);
      const info = await ask(access, '/serverinfo');
      expect(childOf(info, 'PairStatus')).toBe('1');
      expect(childOf(info, 'mac')).toMatch(/^02:/);
      expect(childOf(info, 'ExternalPort')).toBe(String(server.ports.http));
      expect(childOf(await askSecure(access, '/serverinfo', 5_000), 'PairStatus')).toBe('0');
    });

    it('by the same certificate, identity and pairings after a restart', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'athena-gamestream-'));
      try {
        const first = await start({ directory });
        const access = await pairedAccess(first);
        const kept = [first.uniqueId, first.certificatePem, first.web.password];
        await first.stop();
        const second = await start({ directory, httpPort: first.ports.http });
        expect([second.uniqueId, second.certificatePem, second.web.password]).toEqual(kept);
        expect(childOf(await ask(access, '/serverinfo'), 'PairStatus')).toBe('1');
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    });
  });

  describe('pairs', () => {
    it('with the right PIN, and refuses the same client before and after it is unpaired', async () => {
      const server = await start();
      const identity = newIdentity();
      const open = accessOf(server, identity, server.certificatePem);
      expect((await ask(open, '/applist')).statusCode).toBe(401);
      expect((await pair(server, identity, '0042')).kind).toBe('paired');
      expect((await ask(open, '/applist')).statusCode).toBe(200);
      await server.order({ do: 'unpair-all' });
      expect((await ask(open, '/applist')).statusCode).toBe(401);
    });

    it('not with a wrong one, and keeps the session that then spoils the next attempt', async () => {
      const server = await start();
      const identity = newIdentity();
      expect(await pair(server, identity, '1234', '4321')).toEqual({ kind: 'wrong-pin' });
      expect(await pair(server, identity, '1234')).toEqual({ kind: 'refused', step: 1, statusCode: 400 });
      expect((await pair(server, identity, '1234')).kind).toBe('paired');
    });

    it('by itself when that is its habit, also as a host that hashes with SHA-1', async () => {
      const server = await start({ appVersion: '3.2.1.0', habits: { autoPin: '7777', autoPinAfterMs: 100 } });
      const { http: httpPort, https: httpsPort } = server.ports;
      const end = await pairWith({ address: '127.0.0.1', httpPort, httpsPort, identity: newIdentity(), pin: '7777', generation: 3 });
      expect(end.kind).toBe('paired');
    });

    it('never while nobody types: the request is held, and a client that leaves is forgotten by nobody', async () => {
      const server = await start();
      const waiting = get({ host: '127.0.0.1', port: server.ports.http, path: `/pair?phrase=getservercert&uniqueid=9&salt=${'0'.repeat(32)}&clientcert=00`, agent: false });
      waiting.on('error', () => undefined);
      await until(async () => (await server.order({ do: 'state' })).state.waitingForPin === 1);
      await sleep(300);
      expect((await server.order({ do: 'state' })).state.waitingForPin).toBe(1);
      waiting.destroy();
      await until(async () => (await server.order({ do: 'state' })).state.waitingForPin === 0);
      expect((await server.order({ do: 'state' })).state.openPairings).toBe(1);
    });

    it('gives a PIN that comes too early to the session an aborted attempt left behind', async () => {
      const server = await start();
      const identity = newIdentity();
      await pair(server, identity, '1234', '4321');
      expect(await server.order({ do: 'pin', pin: '1234' })).toMatchObject({ done: false, state: { openPairings: 0 } });
    });

    it.each([
      ['no uniqueid', 400, '/pair?phrase=getservercert'],
      ['an unknown session', 400, '/pair?uniqueid=1&clientchallenge=00'],
    ])('answers %s with %i', async (_what, status, path) => {
      const server = await start();
      const answer = await askPlain({ address: '127.0.0.1', httpPort: server.ports.http }, path, 5_000);
      expect(answer.statusCode).toBe(status);
    });
  });

  describe('keeps strangers out', () => {
    it.each(['TLSv1.2', 'TLSv1.3'] as const)('with a 401 before it has read anything (%s)', async (version) => {
      const server = await start();
      const { certificatePem: cert, keyPem: key } = newIdentity();
      const said = await silentTls(server.ports.https, { cert, key, minVersion: version, maxVersion: version });
      expect(said).toContain('HTTP/1.1 200 OK\r\nContent-Length: ');
      expect(said).toContain('<root status_code="401" query="" status_message="The client is not authorized. Certificate verification failed."/>');
    });

    it('with a closed connection when they show no certificate', async () => {
      const server = await start();
      expect(await silentTls(server.ports.https, {}).catch(() => '')).toBe('');
    });

    it('from a client that pinned another certificate, before a byte is asked', async () => {
      const server = await start();
      const access = await pairedAccess(server);
      await server.order({ do: 'reinstall' });
      await expect(ask(access, '/serverinfo')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      expect(server.events.filter(({ event }) => event === 'unauthorized')).toHaveLength(0);
    });
  });

  describe('answers an unknown path', () => {
    const body = '<?xml version="1.0" encoding="utf-8"?>\n<root status_code="404"/>';

    it.each(['/unpair', '/applist', '/'])('malformed, byte by byte as Sunshine does (%s over plain HTTP)', async (path) => {
      const server = await start();
      const said = await rawPlain(server.ports.http, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect(said).toBe(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}HTTP/1.1 404 NOT FOUND\r\n${body}`);
    });

    it('so that the parser of Node refuses it', async () => {
      const server = await start();
      const error = await new Promise((resolve) => {
        get({ host: '127.0.0.1', port: server.ports.http, path: '/unpair', agent: false }, (response) => response.resume()).on('error', resolve);
      });
      expect(error).toMatchObject({ code: 'HPE_INVALID_HEADER_TOKEN' });
    });

    it('honestly when the quirk is off', async () => {
      const server = await start({ habits: { malformed404: false } });
      const said = await rawPlain(server.ports.http, 'GET /unpair HTTP/1.1\r\nHost: x\r\n\r\n');
      expect(said).toBe(`HTTP/1.1 404 NOT FOUND\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
  });

  it('lists its apps, names that break readers included, and has a picture for each', async () => {
    const server = await start();
    const access = await pairedAccess(server);
    const apps = appsOf(await ask(access, '/applist'));
    expect(apps.map(({ name }) => name)).toEqual(['Practice game', 'Desktop', 'He said "5 > 3 & 2"\nמשחק']);
    const covers = await Promise.all(
      [...apps.map(({ id }) => id), 1].map(async (id) => {
        const query = queryOf({ appid: id, AssetType: 2, AssetIdx: 0 });
        const { text } = await askSecure(access, `/appasset?${query}`, 5_000);
        return text;
      }),
    );
    for (const cover of covers) expect(cover.slice(1, 4)).toBe('PNG');
    expect(new Set(covers).size).toBe(3);
    expect(covers[2]).toBe(covers[3]); // no art of its own, and no such app
    // Without an id its handler throws, and nothing comes.
    await expect(ask(access, '/appasset')).rejects.toThrow();
  });

  describe('launches', () => {
    async function pairedHost(options: GameStreamServerOptions = {}) {
      const server = await start(options);
      const access = await pairedAccess(server);
      const appid = server.apps[1]?.id ?? 0;
      const launch = (keyHex: string, more: Record<string, string | number> = {}) => ask(access, '/launch', { appid, ...launchParameters, rikey: keyHex, ...more });
      const resume = (keyHex: string) => ask(access, '/resume', { ...launchParameters, rikey: keyHex });
      return { server, access, appid, launch, resume };
    }

    it('an app, streams it, and is busy with it after the client has left', async () => {
      const { server, access, appid, launch } = await pairedHost();
      const answer = await launch(keyA);
      expect(answer.statusCode).toBe(200);
      expect(childOf(answer, 'sessionUrl0')).toBe(`rtspenc://127.0.0.1:${server.ports.stream}`);
      expect(childOf(answer, 'gamesession')).toBe('1');
      const news = openStream(server, keyA);
      await until(() => news.some(({ kind }) => kind === 'first-picture'));
      expect(news[0]).toEqual({ kind: 'opened' });
      links[0]?.close();
      await until(async () => (await server.order({ do: 'state' })).state.streams === 0);
      const info = await ask(access, '/serverinfo');
      expect(childOf(info, 'currentgame')).toBe(String(appid));
      expect(childOf(info, 'state')).toBe('SUNSHINE_SERVER_BUSY');
    });

    it('with every refusal its clients must know', async () => {
      const { server, launch, resume, access } = await pairedHost();
      expect(await resume(keyA)).toMatchObject({ statusCode: 503, statusMessage: 'No running app to resume' });
      expect((await launch(keyA, { appid: 5 })).statusCode).toBe(404);
      expect((await ask(access, '/launch', { appid: 5 })).statusCode).toBe(400);
      await server.order({ do: 'habits', habits: { encryptionMandatory: true } });
      expect((await launch(keyA, { corever: 0 })).statusCode).toBe(403);
      await server.order({ do: 'habits', habits: { encryptionMandatory: false } });
      for (const status of [503, -1, 4_294_967_295]) {
        await server.order({ do: 'next-launch', status });
        const answer = await launch(keyA);
        expect(answer.statusCode).toBe(status | 0);
        expect(childOf(answer, 'gamesession')).toBe('0');
      }
      expect((await launch(keyA)).statusCode).toBe(200);
      const again = await launch(keyB);
      expect(again).toMatchObject({ statusCode: 400, statusMessage: 'An app is already running on this host' });
      expect(childOf(again, 'resume')).toBe('0');
      expect((await ask(access, '/resume', { rikeyid: 1 })).statusCode).toBe(400);
    });

    it('one at a time: a second one is answered, but its key opens nothing until the first is forgotten', async () => {
      const { server, launch, resume } = await pairedHost({ pingTimeoutMs: 1_500 });
      await launch(keyA);
      expect((await resume(keyB)).statusCode).toBe(200);
      const dropped = openStream(server, keyB);
      await until(() => dropped.length > 0);
      expect(dropped).toEqual([{ kind: 'not-opened', stage: 'rtsp', code: -1 }]);
      await until(async () => !(await server.order({ do: 'state' })).state.launchPending);
      const late = openStream(server, keyA);
      await until(() => late.length > 0);
      expect(late).toEqual([{ kind: 'not-opened', stage: 'rtsp', code: -1 }]);
      await resume(keyB);
      const good = openStream(server, keyB);
      await until(() => good.some(({ kind }) => kind === 'first-picture'));
      // Opened: the next may be armed at once.
      await resume(keyA);
      const second = openStream(server, keyA);
      await until(() => second.some(({ kind }) => kind === 'first-picture'));
      expect((await server.order({ do: 'state' })).state.streams).toBe(2);
    });

    it('slowly when its preparation takes its time, and not at all when the app cannot start', async () => {
      const { launch } = await pairedHost({ habits: { launchDelayMs: 400 } });
      const startedMs = performance.now();
      await launch(keyA);
      expect(performance.now() - startedMs).toBeGreaterThan(350);
      const broken = await pairedHost({ startApp: () => Promise.reject(new Error('no such command')) });
      expect(await broken.launch(keyA)).toMatchObject({ statusCode: -1, statusMessage: 'Failed to start the specified application' });
    });

    it('and cancels: new hosts drop the streams without a reason, older ones refuse while somebody streams', async () => {
      const { server, access, launch } = await pairedHost();
      await launch(keyA);
      const news = openStream(server, keyA);
      await until(() => news.some(({ kind }) => kind === 'first-picture'));
      await server.order({ do: 'habits', habits: { cancel: 'refuses' } });
      const refused = await ask(access, '/cancel');
      expect(refused).toMatchObject({ statusCode: 503, statusMessage: 'All sessions must be disconnected before quitting' });
      await server.order({ do: 'habits', habits: { cancel: 'drops' } });
      expect(childOf(await ask(access, '/cancel'), 'cancel')).toBe('1');
      await until(() => news.some(({ kind }) => kind === 'lost'));
      expect(news.at(-1)).toEqual({ kind: 'lost', code: -1, how: 'disconnect' });
      expect(childOf(await ask(access, '/serverinfo'), 'currentgame')).toBe('0');
      expect(childOf(await ask(access, '/cancel'), 'cancel')).toBe('1'); // also when nothing runs
    });

    it('and tells its clients why when the app ends', async () => {
      const { server, launch } = await pairedHost();
      await launch(keyA);
      const news = openStream(server, keyA);
      await until(() => news.some(({ kind }) => kind === 'first-picture'));
      await server.order({ do: 'end-app' });
      await until(() => news.some(({ kind }) => kind === 'ended-by-host'));
      expect(news.at(-1)).toEqual({ kind: 'ended-by-host', hostCode: 0x80030023 });
    });
  });

  describe('vanishes', () => {
    it('silently: it accepts and answers nothing, and comes back as if nothing had been', async () => {
      const server = await start();
      const access = await pairedAccess(server);
      await server.order({ do: 'vanish', how: 'silent' });
      for (const port of [server.ports.http, server.ports.https]) expect(await isPortClosed(port)).toBe(false);
      await expect(askPlain(access, '/serverinfo', 400)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
      await expect(askSecure(access, '/serverinfo', 400)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
      await server.order({ do: 'return' });
      expect((await ask(access, '/serverinfo')).statusCode).toBe(200);
    });

    it('altogether: nobody listens, until it returns on the same ports', async () => {
      const server = await start();
      const access = await pairedAccess(server);
      await server.order({ do: 'vanish', how: 'refused' });
      expect(await isPortClosed(server.ports.http)).toBe(true);
      await server.order({ do: 'return' });
      expect((await ask(access, '/serverinfo')).statusCode).toBe(200);
    });

    it('and answers as another host when its identity changes', async () => {
      const server = await start();
      const { uniqueId } = server;
      await server.order({ do: 'reinstall', identity: 'same' });
      expect(server.uniqueId).toBe(uniqueId);
      await server.order({ do: 'reinstall' });
      const info = await askPlain({ address: '127.0.0.1', httpPort: server.ports.http }, '/serverinfo', 5_000);
      expect(childOf(info, 'uniqueid')).not.toBe(uniqueId);
    });
  });

  describe('has a web interface', () => {
    async function webHost(options: GameStreamServerOptions = {}) {
      const server = await start(options);
      const authorization = `Basic ${Buffer.from(`${server.web.username.toUpperCase()}:${server.web.password}`).toString('base64')}`;
      const call = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
        const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
        return rest(server.ports.web, method, path, { authorization, ...type, ...headers }, body === undefined ? undefined : JSON.stringify(body));
      };
      return { server, call };
    }

    it('that knows who may ask', async () => {
      const { server, call } = await webHost();
      const refused = await rest(server.ports.web, 'GET', '/api/apps', { authorization: `Basic ${Buffer.from('practice:x').toString('base64')}` });
      expect(refused.status).toBe(401);
      expect(refused.headers['www-authenticate']).toContain('Basic');
      expect(JSON.parse(refused.text)).toEqual({ status_code: 401, status: false, error: 'Unauthorized' });
      expect((await rest(server.ports.web, 'GET', '/api/configLocale', {})).status).toBe(200);
      // Asked before the log-in.
      expect((await rest(server.ports.web, 'POST', '/api/pin', { 'content-type': 'text/plain' }, '{}')).status).toBe(400);
      expect((await call('GET', '/api/apps')).headers['x-frame-options']).toBe('DENY');
      expect((await call('GET', '/api/nothing')).status).toBe(404);
    });

    it('that refuses what a foreign page sends, unless it has the token', async () => {
      const { call } = await webHost();
      const foreign = { origin: 'https://evil.example' };
      expect((await call('POST', '/api/apps/close', undefined, foreign)).status).toBe(400);
      expect((await call('POST', '/api/apps/close', undefined, { ...foreign, 'x-csrf-token': 'guess' })).status).toBe(400);
      const { csrf_token: token } = JSON.parse((await call('GET', '/api/csrf-token')).text) as { csrf_token: string };
      expect((await call('POST', '/api/apps/close', undefined, { ...foreign, 'x-csrf-token': token })).status).toBe(200);
      expect((await call('POST', '/api/apps/close', undefined, { origin: 'https://localhost:47990' })).status).toBe(200);
      expect((await call('POST', '/api/apps/close', undefined, { origin: 'https://localhost.evil.example' })).status).toBe(400);
      expect((await call('POST', '/api/apps/close')).status).toBe(200);
    });

    it('that enters the PIN, lists and unpairs clients, ends the app and shows the log', async () => {
      const { server, call } = await webHost();
      expect(JSON.parse((await call('POST', '/api/pin', { pin: '1234', name: 'x' })).text)).toEqual({ status: false });
      expect((await call('POST', '/api/pin', { pin: 1234 })).status).toBe(400);
      expect((await call('POST', '/api/pin', { pin: 'abcd' })).status).toBe(400);
      const access = await pairedAccess(server);
      const { named_certs: clients } = JSON.parse((await call('GET', '/api/clients/list')).text) as { named_certs: { uuid: string; enabled: boolean }[] };
      expect(clients).toMatchObject([{ name: 'Practice client', enabled: true }]);
      expect(JSON.parse((await call('GET', '/api/config')).text)).toMatchObject({ status: true, platform: 'linux' });

      await ask(access, '/launch', { appid: server.apps[1]?.id ?? 0, ...launchParameters, rikey: keyA });
      const news = openStream(server, keyA);
      await until(() => news.some(({ kind }) => kind === 'first-picture'));
      expect((await call('GET', '/api/logs')).text).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\]: Info: Executing \[Desktop\]\n/);
      await call('POST', '/api/apps/close');
      await until(() => news.at(-1)?.kind === 'ended-by-host');
      expect(JSON.parse((await call('POST', '/api/clients/update', { uuid: clients[0]?.uuid, enabled: false })).text)).toEqual({ status: true });
      expect((await ask(access, '/applist')).statusCode).toBe(401);
      await call('POST', '/api/clients/unpair', { uuid: clients[0]?.uuid });
      expect((await server.order({ do: 'state' })).state.pairedClients).toEqual([]);
    });

    it('in which older releases write booleans as strings', async () => {
      const { call } = await webHost({ habits: { stringBooleans: true } });
      expect(JSON.parse((await call('POST', '/api/pin', { pin: '1234' })).text)).toEqual({ status: 'false' });
    });
  });

  it('shrugs off garbage on all its ports', async () => {
    const server = await start();
    for (const port of Object.values(server.ports)) {
      const socket = connect(port, '127.0.0.1');
      const said = readAll(socket).catch(() => '');
      socket.end(Buffer.alloc(100_000, 0xa5));
      await said;
    }
    const info = await askPlain({ address: '127.0.0.1', httpPort: server.ports.http }, '/serverinfo', 5_000);
    expect(info.statusCode).toBe(200);
    await server.stop();
    for (const port of Object.values(server.ports)) expect(await isPortClosed(port)).toBe(true);
  });
});
