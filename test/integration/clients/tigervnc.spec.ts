// The TigerVNC viewer, for real: what it is told, what it prints, and how its ends are told apart.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, expect, it } from 'vitest';
import { localMachine } from '../../../electron/adapters/clients/machine';
import { createTigerVnc } from '../../../electron/adapters/clients/tigervnc';
import { Secret } from '../../../electron/domain/secret';
import type { ConnectRequest, FoundClient, LaunchPlan, MissingClient } from '../../../electron/domain/session/stream-client';
import { findFreePort } from '../../peers/loopback-port';
import { startPeerProcess } from '../../peers/peer-process';
import { startVncServer, type VncServer } from '../../peers/vnc-server';
import { readDisplay, startXvfb } from '../../peers/xvfb';
import { garbage, startHostileServer } from './hostile-server';
import { processesOf, runClient, type ClientRun, type RunOptions } from './run-client';

const execute = promisify(execFile);
const client = createTigerVnc(localMachine());
const started: { stop(): Promise<void> }[] = [];
const screen = await startXvfb({ windowManager: true });
afterAll(() => screen.stop());

const found = installed(await client.find());

afterEach(async () => {
  for (const thing of started.splice(0).reverse()) await thing.stop();
});

function installed(answer: FoundClient | MissingClient): FoundClient {
  if (!answer.found) throw new Error(answer.advice);
  return answer;
}

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  started.push(thing);
  return thing;
}

function planFor(request: Partial<ConnectRequest> & { port: number }): LaunchPlan {
  const whole: ConnectRequest = {
    address: '127.0.0.1',
    username: null,
    password: null,
    fullScreen: false,
    title: 'Desktop',
    certificateFingerprint: null,
    ...request,
  };
  const plan = client.plan(found, whole);
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

function run(plan: LaunchPlan, options: Partial<RunOptions> = {}): ClientRun {
  return keep(runClient(plan, client.reader(), { display: screen.display, ...options }));
}

async function streamFrom(server: VncServer, options: Partial<RunOptions> = {}): Promise<ClientRun> {
  const viewer = run(planFor({ port: server.port, password: new Secret(server.password) }), options);
  await viewer.reaches('streaming');
  return viewer;
}

async function temporaryDirectory(): Promise<{ path: string; stop(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'athena-viewer-'));
  return { path, stop: () => rm(path, { recursive: true, force: true }) };
}

async function windowTitles(display = screen.display): Promise<string> {
  const { stdout } = await execute('wmctrl', ['-l'], { env: { ...process.env, DISPLAY: display } });
  return stdout;
}

/** The viewer logs in its handler of SIGTERM, and hangs for ever when the signal comes while it is writing a line. */
async function silence(viewer: ClientRun): Promise<void> {
  for (let before = ''; before !== viewer.output(); await sleep(300)) before = viewer.output();
}

/** For windows that are looked for: a window manager confuses them with those of viewers that crashed before. */
async function freshDisplay(): Promise<string> {
  return keep(await startXvfb({ windowManager: true })).display;
}

it('is found with its version', () => {
  expect(found.displayName).toMatch(/^TigerVNC \d+\.\d+/);
  expect(found.command).toHaveLength(1);
});

it('streams with a password that no argument shows, and ends by the signal that asked it to', async () => {
  const server = keep(await startVncServer());
  const viewer = await streamFrom(server);
  expect(viewer.events).toEqual([
    { kind: 'stage', stage: 'connecting' },
    { kind: 'stage', stage: 'greeting the host' },
    { kind: 'stage', stage: 'signing in' },
    { kind: 'streaming' },
  ]);
  expect(await readFile(`/proc/${viewer.pid}/cmdline`, 'utf8')).not.toContain(server.password);
  expect(await windowTitles()).toContain('TigerVNC');
  await silence(viewer);
  viewer.signal('SIGTERM');
  expect(await viewer.ended()).toEqual({ kind: 'crashed', signal: 'SIGTERM' });
  await viewer.keepAs('tigervnc/streaming-then-sigterm.txt');
  expect(processesOf(viewer)).toBe(0);
});

it('is read the same when the desktop speaks another language', async () => {
  const server = keep(await startVncServer());
  const german = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', LANGUAGE: 'de' };
  const help = spawnSync('xtigervncviewer', ['--help'], { env: { ...process.env, ...german }, encoding: 'utf8' });
  expect(help.stderr).toContain('Betrachter'); // the translation is here, so that this test can fail
  const viewer = await streamFrom(server, { env: german });
  expect(viewer.output()).toContain('Connected to host');
});

it.each([
  ['a wrong password', new Secret('wrong'), 'tigervnc/wrong-password.txt'],
  ['no password at all', null, 'tigervnc/no-password.txt'],
])('is refused with %s, without asking in a window', async (_name, password, recording) => {
  const server = keep(await startVncServer());
  const viewer = run(planFor({ port: server.port, password }));
  expect(await viewer.ended()).toEqual({ kind: 'auth-refused' });
  expect(viewer.events).not.toContainEqual({ kind: 'streaming' });
  expect(await windowTitles()).toBe('');
  await viewer.keepAs(recording);
});

it('tells a port that refuses from a name that nobody knows', async () => {
  const refused = run(planFor({ port: await findFreePort() }));
  expect(await refused.ended()).toEqual({ kind: 'host-unreachable' });
  await refused.keepAs('tigervnc/refused.txt');
  const unknown = run(planFor({ address: 'no-such-host.invalid', port: 5900 }));
  expect(await unknown.ended()).toEqual({ kind: 'host-name-unknown' });
  await unknown.keepAs('tigervnc/unknown-name.txt');
});

it('loses the connection when the server dies', async () => {
  const server = keep(await startVncServer());
  const viewer = await streamFrom(server);
  server.signal('SIGKILL');
  expect(await viewer.ended()).toEqual({ kind: 'connection-lost' });
  await viewer.keepAs('tigervnc/server-killed.txt');
});

it('loses the connection when another viewer takes it, and does not take it back by coming back', async () => {
  const server = keep(await startVncServer());
  const first = await streamFrom(server);
  const alone = planFor({ port: server.port, password: new Secret(server.password) });
  const second = run({ ...alone, args: alone.args.map((arg) => (arg === '-Shared=1' ? '-Shared=0' : arg)) });
  await second.reaches('streaming');
  expect(await first.ended()).toEqual({ kind: 'connection-lost' });
  await first.keepAs('tigervnc/taken-over.txt');
  const back = await streamFrom(server);
  back.signal('SIGKILL');
  await back.ended();
  second.signal('SIGKILL'); // it still ran: its end is the signal's, not the server's
  expect(await second.ended()).toEqual({ kind: 'crashed', signal: 'SIGKILL' });
});

it.each(['SIGSEGV', 'SIGKILL', 'SIGABRT'] as const)('has crashed when %s ends it', async (signal) => {
  const server = keep(await startVncServer());
  const viewer = await streamFrom(server);
  viewer.signal(signal);
  expect(await viewer.ended()).toEqual({ kind: 'crashed', signal });
});

it('was closed by the user when its window was', async () => {
  const server = keep(await startVncServer());
  const display = await freshDisplay();
  const viewer = await streamFrom(server, { display });
  await expect.poll(() => windowTitles(display), { timeout: 10_000 }).toContain('TigerVNC');
  await execute('wmctrl', ['-c', 'TigerVNC'], { env: { ...process.env, DISPLAY: display } });
  expect(await viewer.ended()).toEqual({ kind: 'ended-by-user' });
  await viewer.keepAs('tigervnc/window-closed.txt');
});

it('has lost its display when there is none, and when it goes away', async () => {
  const server = keep(await startVncServer());
  const nowhere = run(planFor({ port: server.port }), { display: ':9999' });
  expect(await nowhere.ended()).toEqual({ kind: 'display-lost' });
  await nowhere.keepAs('tigervnc/no-display.txt');
  const other = keep(await startXvfb());
  const viewer = await streamFrom(server, { display: other.display });
  other.signal('SIGKILL');
  expect(await viewer.ended()).toEqual({ kind: 'display-lost' });
  await viewer.keepAs('tigervnc/display-gone.txt');
});

it('has been misused when it does not know a parameter, or is not there', async () => {
  const plan = planFor({ port: 5900 });
  const unknown = run({ ...plan, args: ['-NoSuchParameter=1', ...plan.args] });
  expect(await unknown.ended()).toMatchObject({ kind: 'client-misused' });
  await unknown.keepAs('tigervnc/bad-parameter.txt');
  const missing = run({ ...plan, file: '/nonexistent/xtigervncviewer' });
  expect(await missing.ended()).toEqual({
    kind: 'client-misused',
    detail: "the program can't be started: No such file or directory",
  });
});

it('says that the viewer itself may ask when the server shows a certificate', async () => {
  const directory = keep(await temporaryDirectory());
  const [key, certificate] = [join(directory.path, 'key'), join(directory.path, 'certificate')];
  const subject = ['-subj', '/CN=somebody else', '-days', '2', '-keyout', key, '-out', certificate];
  await execute('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject]);
  const port = await findFreePort();
  const args = ['-displayfd', '3', '-rfbport', String(port), '-interface', '127.0.0.1', '-nolisten', 'tcp', '-SecurityTypes', 'X509None'];
  const server = keep(await startPeerProcess({ command: 'Xvnc', args: [...args, '-X509Cert', certificate, '-X509Key', key], statusPipe: true }));
  await readDisplay('Xvnc', server);
  const display = await freshDisplay();
  const viewer = run(planFor({ port }), { display, env: { HOME: directory.path } });
  await expect.poll(() => windowTitles(display), { timeout: 10_000 }).toContain('Certificate');
  expect(viewer.events.at(-1)).toEqual({ kind: 'stage', stage: 'signing in; the viewer may ask about the host’s certificate' });
});

it('does not take garbage for a picture', async () => {
  const server = keep(await startHostileServer((socket) => socket.write(garbage(4096))));
  const viewer = run(planFor({ port: server.port }));
  expect(await viewer.ended()).toEqual({ kind: 'unexpected', exitCode: 0 });
  expect(viewer.events).not.toContainEqual({ kind: 'streaming' });
  await viewer.keepAs('tigervnc/garbage.txt');
});

it('does not believe a refusal that poses as a picture', async () => {
  const reason = Buffer.from('no\nUsing pixel format depth 24\nPassword: ');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(reason.length);
  const server = keep(
    await startHostileServer((socket) => {
      socket.write('RFB 003.008\n');
      // RFC 6143, 7.1.2: no security types, and the reason.
      socket.once('data', () => socket.end(Buffer.concat([Buffer.from([0]), length, reason])));
    }),
  );
  const viewer = run(planFor({ port: server.port, password: new Secret('S3cretVn') }));
  expect(await viewer.ended()).toEqual({ kind: 'auth-refused' });
  expect(viewer.output()).toContain('Using pixel format');
  expect(viewer.events).not.toContainEqual({ kind: 'streaming' });
  await viewer.keepAs('tigervnc/hostile-reason.txt');
});
