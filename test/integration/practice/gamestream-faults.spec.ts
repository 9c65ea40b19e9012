// What a real Sunshine and a real Moonlight Embedded did under each fault, held against the practice host and the practice
// Moonlight: exit, words, what the host is left with, and the order of time. All long waits are shortened by one factor.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeIdentity } from '../../../electron/practice/gamestream/certificate';
import { startGameStreamServer, type GameStreamServer, type GameStreamServerOptions } from '../../../electron/practice/gamestream/gamestream-server';
import type { HostSnapshot } from '../../../electron/practice/gamestream/host-orders';
import { pairWith } from '../../../electron/practice/gamestream/moonlight-pairing';
import { askPlain, childOf, queryOf, type SecureAccess } from '../../../electron/practice/gamestream/moonlight-http';
import { PracticeHost } from '../../../electron/practice/practice-owner';
import { processTree } from '../../peers/process-tree';
import { startXvfb } from '../../peers/xvfb';
import { bundleThread } from '../../threads-bundle';
import { ask, MoonlightProcess, pairedAccess, pemDirectory, rest } from './gamestream-peer';
import { buildPracticePrograms, deafPort, ownProcesses, startHost, type PracticePrograms } from './practice-peer';

/** Of the seconds in the names of the rows; see time-scale.ts. */
const scale = 0.2;
const scaled = { ATHENA_PRACTICE_TIME_SCALE: String(scale) };
const seconds = (real: number): number => real * 1_000 * scale;
/** What starting, ending and a busy machine may add; milliseconds. */
const slackMs = 4_000;

/** Ended by itself or by a signal. */
const blockA = /Stopping input stream\.\.\.done\n[^]*Control stream connection failed: 4\n[^]*ENet peer acknowledged disconnection\n[^]*Cleaning up platform\.\.\.done\n$/;
/** Lost. */
const blockB = /Control stream received unexpected disconnect event\nConnection terminated with error: -1\nFailed to send ENet control packet\nLoss Stats: Transaction failed: 11\nStopping [^]*ENet peer is already disconnected\n[^]*Cleaning up platform\.\.\.done\n$/;
/** The host ended it. */
const blockC = /Server notified termination reason: 0x80030023\nConnection has been terminated gracefully\.\n[^]*Cleaning up platform\.\.\.done\n$/;

const undo: (() => Promise<unknown> | void)[] = [];
const built: { script: string; programs: PracticePrograms | null } = { script: '', programs: null };

beforeAll(async () => {
  built.script = await bundleThread('electron/practice/gamestream/practice-moonlight-main.ts');
  built.programs = await buildPracticePrograms();
});

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A paired Moonlight Embedded, and where its host is. */
class Seat {
  private constructor(
    private readonly directory: string,
    readonly httpPort: number,
    readonly access: SecureAccess,
  ) {}

  static async take(access: SecureAccess): Promise<Seat> {
    const directory = await mkdtemp(join(tmpdir(), 'athena-faults-'));
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const [certificate, key] = pemDirectory(directory);
    await writeFile(certificate, access.identity.certificatePem);
    await writeFile(key, access.identity.keyPem);
    return new Seat(directory, access.httpPort, access);
  }

  start(action: readonly string[], { host = '127.0.0.1', port = this.httpPort, env = {} }: { host?: string; port?: number; env?: Readonly<Record<string, string>> } = {}): MoonlightProcess {
    const args = ['--embedded', ...action, '-keydir', this.directory, '-port', String(port), host];
    const started = new MoonlightProcess(built.script, args, this.directory, { _STDBUF_O: 'L', ...scaled, ...env });
    undo.push(() => started.end());
    return started;
  }

  async stream(app = 'Desktop', env: Readonly<Record<string, string>> = {}): Promise<MoonlightProcess> {
    const started = this.start(['stream', '-app', app, ...(env['DISPLAY'] === undefined ? [] : ['-platform', 'x11'])], { env });
    await started.sees(/Received first video packet/);
    return started;
  }
}

interface World {
  readonly server: GameStreamServer;
  readonly seat: Seat;
  state(): Promise<HostSnapshot>;
  /** Milliseconds until the host's state is so. @throws after a while */
  until(isSo: (state: HostSnapshot) => boolean): Promise<number>;
}

async function world(options: GameStreamServerOptions = {}): Promise<World> {
  const server = await startGameStreamServer({ name: 'Rig', timeScale: scale, ...options });
  undo.push(() => server.stop());
  const seat = await Seat.take(await pairedAccess(server));
  const state = async (): Promise<HostSnapshot> => (await server.order({ do: 'state' })).state;
  const until = async (isSo: (state: HostSnapshot) => boolean): Promise<number> => {
    const startMs = performance.now();
    while (!isSo(await state())) {
      if (performance.now() - startMs > seconds(20) + slackMs) throw new Error(`the host stays ${JSON.stringify(await state())}`);
      await sleep(10);
    }
    return performance.now() - startMs;
  };
  return { server, seat, state, until };
}

/** @returns milliseconds until it ended */
async function ends(client: MoonlightProcess, exit: { code: number | null; signal: NodeJS.Signals | null }, words: RegExp | null): Promise<number> {
  const startMs = performance.now();
  expect(await client.exit).toEqual(exit);
  const tookMs = performance.now() - startMs;
  if (words !== null) expect(client.stdout).toMatch(words);
  return tookMs;
}

const zero = { code: 0, signal: null } as const;
const refused = { code: 255, signal: null } as const;

function expectBetween(tookMs: number, least: number, most: number): void {
  expect(tookMs).toBeGreaterThan(least);
  expect(tookMs).toBeLessThan(most);
}

async function log({ server }: World): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${server.web.username}:${server.web.password}`).toString('base64')}`;
  return (await rest(server.ports.web, 'GET', '/api/logs', { authorization })).text;
}

describe('signals to the client', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s: exit 0, block A, within half a second; the app runs on, BUSY', async (signal) => {
    const { seat, server, until, state } = await world();
    const client = await seat.stream();
    client.signal(signal);
    const tookMs = await ends(client, zero, blockA);
    expect(tookMs).toBeLessThan(500 + slackMs);
    expect(client.stdout).not.toMatch(/unexpected|terminated/);
    await until(({ streams }) => streams === 0);
    expect((await state()).runningApp).toBe(server.apps[1]?.id);
  });

  it.each(['SIGHUP', 'SIGQUIT'] as const)('%s: that signal, no words, at once', async (signal) => {
    const { seat } = await world();
    const client = await seat.stream();
    client.signal(signal);
    expect(await ends(client, { code: null, signal }, null)).toBeLessThan(slackMs);
    expect(client.stdout).not.toContain('Stopping');
  });

  it('SIGKILL: signal 9; on a pipe nothing after "Connecting to…"; the host logs CLIENT DISCONNECTED after 5.2-5.5 s, keeps the app, and it is the same one that is streamed again', async () => {
    const here = await world();
    const client = here.seat.start(['stream', '-app', 'Desktop'], { env: { _STDBUF_O: '' } });
    await here.until(({ streams }) => streams === 1);
    await sleep(300);
    const { runningApp } = await here.state();
    client.signal('SIGKILL');
    expect(await client.exit).toEqual({ code: null, signal: 'SIGKILL' });
    expect(client.stdout).toBe('Connecting to 127.0.0.1...\n');
    const tookMs = await here.until(({ streams }) => streams === 0);
    expectBetween(tookMs, seconds(4), seconds(5.5) + slackMs);
    expect(await log(here)).toMatch(/CLIENT DISCONNECTED\n$/);
    expect((await here.state()).runningApp).toBe(runningApp);
    await here.seat.stream();
    expect(here.server.events.filter(({ event }) => event === 'app-started')).toHaveLength(1);
  });

  it('SIGSTOP 5 s: survives', async () => {
    const { seat, state } = await world();
    const client = await seat.stream();
    client.signal('SIGSTOP');
    // The host's border is at 5.1 s: a busy machine needs room.
    await sleep(seconds(3.5));
    client.signal('SIGCONT');
    await sleep(seconds(12));
    expect(client.alive).toBe(true);
    expect((await state()).streams).toBe(1);
  });

  it('SIGSTOP 15 s: the host drops it at 5.1 s; exit 0, block B, 10.5 s after SIGCONT', async () => {
    const here = await world();
    const client = await here.seat.stream();
    client.signal('SIGSTOP');
    expectBetween(await here.until(({ streams }) => streams === 0), seconds(4), seconds(5.5) + slackMs);
    await sleep(seconds(9));
    client.signal('SIGCONT');
    expectBetween(await ends(client, zero, blockB), seconds(9), seconds(10.5) + slackMs);
  });
});

describe('the host process', () => {
  interface HostWorld {
    readonly host: PracticeHost;
    readonly seat: Seat;
    readonly pid: number;
    readonly client: MoonlightProcess;
  }

  /** A host of its own process, with a real game. */
  async function hostWorld(): Promise<HostWorld> {
    if (!built.programs) throw new Error('not built');
    const host = new PracticeHost();
    undo.push(() => host.stop());
    const facts = await startHost(host, built.programs, { env: scaled });
    const pid = ownProcesses()[0]?.pid ?? 0;
    host.order({ do: 'habits', habits: { autoPin: '0007' } });
    const identity = makeIdentity('NVIDIA GameStream Client', 'zero');
    const place = { address: '127.0.0.1', httpPort: facts.ports.http, httpsPort: facts.ports.https, identity };
    const end = await pairWith({ ...place, pin: '0007', generation: 7 });
    if (end.kind !== 'paired') throw new Error(end.kind);
    const seat = await Seat.take({ ...place, pinnedPem: end.certificatePem });
    return { host, seat, pid, client: await seat.stream('Practice game') };
  }

  it('SIGKILL: exit 0, block B, noticed at 10.1 s, ended at 10.6 s', async () => {
    const { client, pid } = await hostWorld();
    process.kill(pid, 'SIGKILL');
    expectBetween(await ends(client, zero, blockB), seconds(9), seconds(10.6) + slackMs);
  });

  it('SIGTERM: exit 0, block C, 0.7 s; the app is stopped too', async () => {
    const { client, pid, host } = await hostWorld();
    const games = host.appProcesses.map((game) => game.pid);
    expect(games).toHaveLength(2);
    process.kill(pid, 'SIGTERM');
    expect(await ends(client, zero, blockC)).toBeLessThan(700 + slackMs);
    await vi.waitFor(() => expect(ownProcesses().filter((own) => games.includes(own.pid))).toEqual([]), 5_000);
  });

  it('SIGSTOP 5 s: survives', async () => {
    const { client, pid } = await hostWorld();
    process.kill(pid, 'SIGSTOP');
    await sleep(seconds(5));
    process.kill(pid, 'SIGCONT');
    await sleep(seconds(12));
    expect(client.alive).toBe(true);
    expect(client.stdout).not.toContain('terminated');
  });

  it('SIGSTOP 15 s: exit 0, block B, noticed at 10.0 s', async () => {
    const { client, pid } = await hostWorld();
    process.kill(pid, 'SIGSTOP');
    expectBetween(await ends(client, zero, blockB), seconds(9), seconds(10.6) + slackMs);
    process.kill(pid, 'SIGCONT');
  });

  it('the app exits or is killed: exit 0, block C, within a second, then FREE', async () => {
    const { client, host, seat } = await hostWorld();
    process.kill(host.appProcesses[0]?.pid ?? 0, 'SIGKILL');
    expect(await ends(client, zero, blockC)).toBeLessThan(1_000 + slackMs);
    expect(childOf(await ask(seat.access, '/serverinfo'), 'state')).toBe('SUNSHINE_SERVER_FREE');
  });
});

describe('ending the app', () => {
  it('/cancel while streaming (this version): survives; 503 "All sessions must be disconnected before quitting"; a second `moonlight quit` returns 0 and does nothing', async () => {
    const { seat, state } = await world({ habits: { cancel: 'refuses' } });
    const client = await seat.stream();
    const answer = await ask(seat.access, '/cancel');
    expect([answer.statusCode, answer.statusMessage]).toEqual([503, 'All sessions must be disconnected before quitting']);
    expect(await seat.start(['quit']).exit).toEqual(zero);
    expect(client.alive).toBe(true);
    expect(await state()).toMatchObject({ streams: 1, runningApp: expect.any(Number) as number });
  });

  it('/cancel while streaming (newer versions): the sessions are dropped, exit 0, block B, FREE', async () => {
    const { seat, state } = await world();
    const client = await seat.stream();
    await ask(seat.access, '/cancel');
    expect(await ends(client, zero, blockB)).toBeLessThan(slackMs);
    expect((await state()).runningApp).toBeNull();
  });

  it('POST /api/apps/close: exit 0, block C, within a second, then FREE', async () => {
    const { seat, server, state } = await world();
    const client = await seat.stream();
    const authorization = `Basic ${Buffer.from(`${server.web.username}:${server.web.password}`).toString('base64')}`;
    expect((await rest(server.ports.web, 'POST', '/api/apps/close', { authorization })).status).toBe(200);
    expect(await ends(client, zero, blockC)).toBeLessThan(1_000 + slackMs);
    expect((await state()).runningApp).toBeNull();
  });
});

describe('the network', () => {
  it('UDP dropped 5 s one way: survives; dropped frames, waiting for an IDR frame, poor at +3 s, okay at +6 s', async () => {
    const { seat, server, state } = await world();
    const client = await seat.stream();
    await sleep(seconds(4));
    await server.order({ do: 'drop-packets', direction: 'from-host' });
    await sleep(seconds(5));
    await server.order({ do: 'drop-packets', direction: 'none' });
    await client.sees(/Network dropped \d+ frames[^]*Waiting for IDR frame/, seconds(3) + slackMs);
    await client.sees(/Connection is poor\n/, seconds(4) + slackMs);
    await client.sees(/Connection is poor\n[^]*Connection is okay\n/, seconds(7) + slackMs);
    expect((await state()).streams).toBe(1);
    const dropped = Number(/Network dropped (\d+) frames/.exec(client.stdout)?.[1]);
    expectBetween(dropped, 30 * 5 * scale * 0.5, 30 * 5 * scale * 2 + 30);
  });

  it('UDP dropped 5 s both ways: the host drops it at 5.15 s; then block B, exit 0, 10 s later', async () => {
    const { seat, server, until } = await world();
    const client = await seat.stream();
    await server.order({ do: 'drop-packets', direction: 'both' });
    expectBetween(await until(({ streams }) => streams === 0), seconds(4), seconds(5.5) + slackMs);
    await server.order({ do: 'drop-packets', direction: 'none' });
    expectBetween(await ends(client, zero, blockB), seconds(3.5), seconds(11) + slackMs);
  });

  it('UDP dropped or link down 15 s: exit 0, block B; host 5.5 s, client 10.0 s', async () => {
    const { seat, server, until, state } = await world();
    const client = await seat.stream();
    await server.order({ do: 'drop-packets', direction: 'both' });
    const startMs = performance.now();
    const hostMs = await until(({ streams }) => streams === 0);
    await ends(client, zero, blockB);
    expectBetween(hostMs, seconds(4), seconds(5.5) + slackMs);
    expectBetween(performance.now() - startMs, seconds(9), seconds(10.6) + slackMs);
    expect((await state()).runningApp).toBe(server.apps[1]?.id);
  });

  it('only video dropped 15 s: survives, nothing for 15 s, then "Network dropped N frames"', async () => {
    const { seat, server } = await world();
    const client = await seat.stream();
    await sleep(300);
    await server.order({ do: 'freeze', frozen: true });
    await sleep(200);
    const before = client.stdout;
    await sleep(seconds(15));
    expect(client.stdout).toBe(before);
    expect(client.alive).toBe(true);
    await server.order({ do: 'freeze', frozen: false });
    await client.sees(/Network dropped \d{2,} frames/);
    const dropped = Number(/Network dropped (\d+) frames/.exec(client.stdout)?.[1]);
    expectBetween(dropped, 30 * 15 * scale * 0.5, 30 * 15 * scale * 2);
  });
});

describe('the start is refused with 255', () => {
  it('app unknown: "Can\'t find app …", 0.4 s', async () => {
    const { seat } = await world();
    const tookMs = await ends(seat.start(['stream', '-app', 'Nothing']), refused, /^Can't find app Nothing$/m);
    expect(tookMs).toBeLessThan(400 + slackMs);
  });

  it('unpaired: "You must pair with the PC first", 0.3-1.2 s', async () => {
    const { seat, server } = await world();
    await server.order({ do: 'unpair-all' });
    expect(await ends(seat.start(['stream', '-app', 'Desktop']), refused, /^You must pair with the PC first$/m)).toBeLessThan(1_200 + slackMs);
  });

  it.each([
    ['port closed', { port: 1 }],
    ['bad name', { host: 'practice.invalid' }],
    ['no way there', { host: '255.255.255.255' }],
  ])('%s: "Can\'t connect to server …", 0.1-3.2 s', async (_what, target) => {
    const { seat } = await world();
    expect(await ends(seat.start(['stream', '-app', 'Desktop'], target), refused, /^Can't connect to server /m)).toBeLessThan(3_200 + slackMs);
  });

  it('SYN dropped (`list`): "Can\'t connect to server …" after 135 s', async () => {
    const { seat } = await world();
    const shorter = 0.02;
    const client = seat.start(['list'], { port: await deafPort(undo), env: { ATHENA_PRACTICE_TIME_SCALE: String(shorter) } });
    const tookMs = await ends(client, refused, /^Can't connect to server 127\.0\.0\.1$/m);
    expectBetween(tookMs, 135_000 * shorter * 0.8, 135_000 * shorter + slackMs);
  });

  it('command missing, prep command fails: "Gamestream error: Failed to start the specified application", 0.4 s', async () => {
    const startApp = (): Promise<never> => Promise.reject(new Error('no such command'));
    const { seat, state } = await world({ startApp });
    expect(await ends(seat.start(['stream', '-app', 'Desktop']), refused, /^Gamestream error: Failed to start the specified application$/m)).toBeLessThan(400 + slackMs);
    expect((await state()).runningApp).toBeNull();
  });

  it('second client, or reconnect within 5 s of a crash: "The host\'s concurrent stream limit has been reached…"; it heals when the host drops the old one', async () => {
    const { seat, until } = await world({ habits: { streamLimit: 1 } });
    const first = await seat.stream();
    const words = /^Gamestream error: The host's concurrent stream limit has been reached/m;
    expect(await ends(seat.start(['stream', '-app', 'Desktop']), refused, words)).toBeLessThan(1_000 + slackMs);
    first.signal('SIGKILL');
    await first.exit;
    await ends(seat.start(['stream', '-app', 'Desktop']), refused, words);
    await until(({ streams }) => streams === 0);
    await seat.stream();
  });
});

it("client's X server gone: exit 1, \"X connection to … broken\", at once", async () => {
  const display = await startXvfb();
  undo.push(() => display.stop());
  const { seat, state } = await world();
  const client = await seat.stream('Desktop', { DISPLAY: display.display });
  await sleep(200);
  await display.stop();
  expect(await ends(client, { code: 1, signal: null }, null)).toBeLessThan(slackMs);
  expect(client.stderr).toMatch(/^X connection to :\d+ broken/);
  expect((await state()).runningApp).not.toBeNull();
});

describe('a start that never exits', () => {
  async function hangs(client: MoonlightProcess, words: RegExp, atS: number): Promise<void> {
    const startMs = performance.now();
    await client.sees(words, seconds(atS) + slackMs);
    expectBetween(performance.now() - startMs, seconds(atS) * 0.8, seconds(atS) + slackMs);
    await sleep(500);
    expect(client.alive).toBe(true);
    client.signal('SIGTERM');
    expect(await client.exit).toEqual(zero);
  }

  it('RTSP dropped: "RTSP OPTIONS request failed: 110" at 10 s, alive without a stream', async () => {
    const { seat, server } = await world();
    await server.order({ do: 'refuse-streams', refused: true, how: 'dropped' });
    await hangs(seat.start(['stream', '-app', 'Desktop']), /^RTSP OPTIONS request failed: 110$/m, 10);
  });

  it('RTSP refused: "RTSP OPTIONS request failed: 111" at 11 s, alive without a stream', async () => {
    const { seat, server } = await world();
    await server.order({ do: 'refuse-streams', refused: true });
    await hangs(seat.start(['stream', '-app', 'Desktop']), /^RTSP OPTIONS request failed: 111$/m, 11);
  });

  it('UDP dropped: "Failed to establish ENet connection on UDP port …" and "failed: 11" at 8.5 s; /cancel stays 503, /api/apps/close frees the host', async () => {
    const { seat, server, state } = await world({ habits: { cancel: 'refuses' } });
    await server.order({ do: 'refuse-streams', refused: true, how: 'udp' });
    const words = new RegExp(`Failed to establish ENet connection on UDP port ${server.ports.http + 10}.*\\nfailed: 11$`, 'm');
    await hangs(seat.start(['stream', '-app', 'Desktop']), words, 8.5);
    expect((await ask(seat.access, '/cancel')).statusCode).toBe(503);
    const authorization = `Basic ${Buffer.from(`${server.web.username}:${server.web.password}`).toString('base64')}`;
    await rest(server.ports.web, 'POST', '/api/apps/close', { authorization });
    expect(await state()).toMatchObject({ streams: 0, runningApp: null });
  });
});

describe('more that a supervisor meets', () => {
  it('a killed Sunshine leaves its sockets to its app: TCP connects, nothing answers', async () => {
    const { server } = await world();
    await server.order({ do: 'vanish', how: 'silent' });
    const socket = connect(server.ports.http, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
    await expect(askPlain({ address: '127.0.0.1', httpPort: server.ports.http }, `/serverinfo?${queryOf({})}`, 1_000)).rejects.toThrow('no answer in time');
  });

  it('`pair` exits 0 on failure', async () => {
    const { seat, server } = await world();
    await server.order({ do: 'unpair-all' });
    await server.order({ do: 'habits', habits: { autoPin: '9999' } });
    await ends(seat.start(['pair', '-pin', '1234']), zero, /^Failed to pair to server: /m);
  });

  it('the web API says "status":"true" to a wrong PIN', async () => {
    const { server, until } = await world({ habits: { stringBooleans: true } });
    const identity = makeIdentity('NVIDIA GameStream Client', 'zero');
    const pairing = pairWith({ address: '127.0.0.1', httpPort: server.ports.http, httpsPort: server.ports.https, identity, pin: '1234', generation: 7 });
    await until(({ waitingForPin }) => waitingForPin > 0);
    const authorization = `Basic ${Buffer.from(`${server.web.username}:${server.web.password}`).toString('base64')}`;
    const answer = await rest(server.ports.web, 'POST', '/api/pin', { authorization, 'content-type': 'application/json' }, '{"pin":"4321","name":"x"}');
    expect([answer.status, answer.text]).toEqual([200, '{"status":"true"}']);
    expect((await pairing).kind).toBe('wrong-pin');
  });

  it('`stream -app Desktop` while another app runs silently resumes that one', async () => {
    const { seat, server, state, until } = await world();
    const first = await seat.stream('Practice game');
    first.signal('SIGINT');
    await first.exit;
    await until(({ streams }) => streams === 0);
    await seat.stream('Desktop');
    expect((await state()).runningApp).toBe(server.apps[0]?.id);
  });

  it('a host can look healthy while RTSP accepts nobody', async () => {
    const { seat, server } = await world();
    await server.order({ do: 'refuse-streams', refused: true });
    const client = seat.start(['stream', '-app', 'Desktop']);
    await client.sees(/RTSP OPTIONS request failed/);
    const info = await ask(seat.access, '/serverinfo');
    expect([info.statusCode, childOf(info, 'state')]).toEqual([200, 'SUNSHINE_SERVER_BUSY']);
    expect(processTree(client.child.pid ?? 0)).toHaveLength(1);
  });
});
