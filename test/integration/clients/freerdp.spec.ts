// xfreerdp, for real, against FreeRDP's shadow server: certificates, the typed password, faults and ends.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createFreeRdp } from '../../../electron/adapters/clients/freerdp';
import { localMachine } from '../../../electron/adapters/clients/machine';
import { english } from '../../../electron/common/told';
import { Secret } from '../../../electron/domain/secret';
import type { ConnectRequest, FoundClient, LaunchPlan, MissingClient } from '../../../electron/domain/session/stream-client';
import { findFreePort, waitForGreeting } from '../../peers/loopback-port';
import { startPeerProcess } from '../../peers/peer-process';
import { startRdpServer, type RdpServer } from '../../peers/rdp-server';
import { startXvfb } from '../../peers/xvfb';
import { garbage, startHostileServer } from './hostile-server';
import { processesOf, runClient, terminalEchoes, type ClientRun, type RunOptions } from './run-client';

const execute = promisify(execFile);
const started: { stop(): Promise<void> }[] = [];
const wrongPin = Array.from({ length: 32 }, () => '00').join(':');
const title = 'Athena’s desktop';
const screen = await startXvfb({ windowManager: true });
const directory = await mkdtemp(join(tmpdir(), 'athena-freerdp-'));
afterAll(async () => {
  await screen.stop();
  await rm(directory, { recursive: true, force: true });
});

// xfreerdp wants a display even to tell its version.
const client = createFreeRdp({ ...localMachine(), run: runOn(screen.display) }, join(directory, 'state'));
const found = installed(await client.find());

afterEach(async () => {
  for (const thing of started.splice(0).reverse()) await thing.stop();
});

function runOn(display: string) {
  return async (file: string, args: readonly string[]) => {
    const { stdout, stderr } = await execute(file, [...args], { env: { ...process.env, DISPLAY: display } });
    return { exitCode: 0, text: stdout + stderr };
  };
}

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
    title,
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

function pinnedTo(server: RdpServer): Partial<ConnectRequest> & { port: number } {
  return { port: server.port, certificateFingerprint: server.certificateFingerprint };
}

async function streamFrom(server: RdpServer, options: Partial<RunOptions> = {}): Promise<ClientRun> {
  const viewer = run(planFor(pinnedTo(server)), options);
  await viewer.reaches('streaming');
  return viewer;
}

function said(viewer: ClientRun): string[] {
  return viewer.events.map((event) => (event.kind === 'stage' ? english(event.stage) : event.kind));
}

it('is found with its version', () => {
  expect(found.displayName).toMatch(/^FreeRDP \d+\.\d+\.\d+$/);
});

it('asks about an unknown certificate without a prompt, and connects once it is trusted', async () => {
  const server = keep(await startRdpServer({ authentication: 'nla' }));
  const access = { port: server.port, username: server.user, password: new Secret(server.password) };
  const first = run(planFor(access));
  expect(await first.ended()).toEqual({
    kind: 'certificate-unknown',
    fingerprint: server.certificateFingerprint,
    subject: expect.stringMatching(/^CN = /) as string,
  });
  expect(said(first)).not.toContain('password-prompt');
  await first.keepAs('freerdp/certificate-unknown.txt');

  const echoes: boolean[] = [];
  const plan = planFor({ ...access, certificateFingerprint: server.certificateFingerprint });
  const second = run(plan, { atPrompt: async (viewer) => void echoes.push(await terminalEchoes(viewer)) });
  await second.reaches('streaming');
  const stages = ['connecting', 'signing in', 'password-prompt', 'signing in', 'opening the session'];
  expect(said(second).slice(0, 5)).toEqual(stages);
  expect(said(second).slice(-2)).toEqual(['starting the picture', 'streaming']);
  expect(echoes).toEqual([false]);
  expect(second.output()).not.toContain(server.password);
  expect(await readFile(`/proc/${second.pid}/cmdline`, 'utf8')).not.toContain(server.password);
  expect(await readFile(`/proc/${second.pid}/environ`, 'utf8')).not.toContain(server.password);
  second.signal('SIGTERM');
  expect(await second.ended()).toEqual({ kind: 'crashed', signal: 'SIGTERM' });
  await second.keepAs('freerdp/streaming-then-sigterm.txt');
  expect(processesOf(second)).toBe(0);
});

it('refuses a changed certificate before the password is asked for', async () => {
  const server = keep(await startRdpServer({ authentication: 'nla' }));
  const access = { port: server.port, username: server.user, password: new Secret(server.password) };
  const viewer = run(planFor({ ...access, certificateFingerprint: wrongPin }));
  expect(await viewer.ended()).toEqual({ kind: 'certificate-changed' });
  expect(said(viewer)).not.toContain('password-prompt');
  await viewer.keepAs('freerdp/certificate-changed.txt');
});

it.each([
  ['a wrong password', 'tester', new Secret('wrong'), 'freerdp/wrong-password.txt'],
  ['no password', 'tester', null, 'freerdp/no-password.txt'],
  ['no user name', null, new Secret('S3cretPw'), 'freerdp/no-user.txt'],
])('is refused with %s', async (_name, username, password, recording) => {
  const server = keep(await startRdpServer({ authentication: 'nla' }));
  const viewer = run(planFor({ ...pinnedTo(server), username, password }));
  expect(await viewer.ended()).toEqual({ kind: 'auth-refused' });
  expect(said(viewer).filter((word) => word === 'password-prompt')).toHaveLength(1);
  expect(said(viewer)).not.toContain('streaming');
  await viewer.keepAs(recording);
});

it('does not blame the password when the server dies during the log-on', async () => {
  const server = keep(await startRdpServer({ authentication: 'nla' }));
  const plan = planFor({ ...pinnedTo(server), username: server.user, password: new Secret(server.password) });
  const viewer = run(plan, { atPrompt: () => server.stop() });
  expect(await viewer.ended()).toEqual({ kind: 'host-unreachable' });
  await viewer.keepAs('freerdp/server-killed-during-log-on.txt');
});

it('tells a port that refuses from a name that nobody knows', async () => {
  const refused = run(planFor({ port: await findFreePort() }));
  expect(await refused.ended()).toEqual({ kind: 'host-unreachable' });
  await refused.keepAs('freerdp/refused.txt');
  const unknown = run(planFor({ address: 'no-such-host.invalid', port: 3389 }));
  expect(await unknown.ended()).toEqual({ kind: 'host-name-unknown' });
  await unknown.keepAs('freerdp/unknown-name.txt');
});

it('streams without a log-on too, and loses the connection when the server dies', async () => {
  const server = keep(await startRdpServer());
  const viewer = await streamFrom(server);
  expect(said(viewer)).not.toContain('password-prompt');
  server.signal('SIGKILL');
  expect(await viewer.ended()).toEqual({ kind: 'connection-lost' });
  await viewer.keepAs('freerdp/server-killed.txt');
});

it.each(['SIGSEGV', 'SIGKILL'] as const)('has crashed when %s ends it', async (signal) => {
  const server = keep(await startRdpServer());
  const viewer = await streamFrom(server);
  viewer.signal(signal);
  expect(await viewer.ended()).toEqual({ kind: 'crashed', signal });
  await viewer.keepAs(`freerdp/${signal.toLowerCase()}.txt`);
});

it('was closed by the user when its window, which bears our title, was', async () => {
  const server = keep(await startRdpServer());
  const viewer = await streamFrom(server);
  const env = { ...process.env, DISPLAY: screen.display };
  const titles = async (): Promise<string> => (await execute('wmctrl', ['-l'], { env })).stdout;
  await expect.poll(titles, { timeout: 10_000 }).toContain(title);
  await execute('wmctrl', ['-c', title], { env });
  expect(await viewer.ended()).toEqual({ kind: 'ended-by-user' });
  await viewer.keepAs('freerdp/window-closed.txt');
});

it('has lost its display when there is none, and when it goes away', async () => {
  const server = keep(await startRdpServer());
  const nowhere = run(planFor(pinnedTo(server)), { display: ':9999' });
  expect(await nowhere.ended()).toEqual({ kind: 'display-lost' });
  await nowhere.keepAs('freerdp/no-display.txt');
  const other = keep(await startXvfb());
  const viewer = await streamFrom(server, { display: other.display });
  other.signal('SIGKILL');
  expect(await viewer.ended()).toEqual({ kind: 'display-lost' });
  await viewer.keepAs('freerdp/display-gone.txt');
});

it('has been misused when it does not know an argument, or is not there', async () => {
  const plan = planFor({ port: 3389 });
  const unknown = run({ ...plan, args: ['/no-such-option:1', ...plan.args] });
  expect(await unknown.ended()).toEqual({ kind: 'client-misused', detail: 'it does not know /no-such-option' });
  await unknown.keepAs('freerdp/bad-argument.txt');
  const missing = run({ ...plan, file: '/nonexistent/xfreerdp' });
  expect(await missing.ended()).toEqual({
    kind: 'client-misused',
    detail: "the program can't be started: No such file or directory",
  });
});

it('does not take garbage for a picture, nor a hang-up', async () => {
  const noise = keep(await startHostileServer((socket) => socket.write(garbage(4096))));
  const first = run(planFor({ port: noise.port, password: new Secret('S3cretPw') }));
  expect(await first.ended()).toEqual({ kind: 'unexpected', exitCode: 133 });
  expect(said(first)).toEqual(['connecting']);
  await first.keepAs('freerdp/garbage.txt');
  const closing = keep(await startHostileServer((socket) => socket.end()));
  const second = run(planFor({ port: closing.port }));
  expect(await second.ended()).toEqual({ kind: 'host-unreachable' });
  await second.keepAs('freerdp/hang-up.txt');
});

it('does not speak to a server without a certificate: the password would go to whoever answers', async () => {
  const port = await findFreePort();
  const args = [`/port:${port}`, '/bind-address:127.0.0.1', '/sec:rdp', '-auth'];
  const server = keep(await startPeerProcess({ command: 'freerdp-shadow-cli', args, env: { DISPLAY: screen.display, HOME: directory, XDG_CONFIG_HOME: directory } }));
  const request = Uint8Array.from([3, 0, 0, 11, 6, 0xe0, 0, 0, 0, 0, 0]); // X.224 without negotiation: RDP's own security
  await waitForGreeting(port, { send: request, expectPrefix: Uint8Array.from([3, 0]) }, server.isAlive);
  const plan = planFor({ port, username: 'tester', password: new Secret('S3cretPw') });
  const willing = run({ ...plan, args: plan.args.filter((arg) => arg !== '-sec-rdp') });
  await willing.reaches('streaming'); // so that this test can fail
  const viewer = run(plan);
  expect(await viewer.ended()).toEqual({ kind: 'unexpected', exitCode: 133 });
  expect(said(viewer)).not.toContain('password-prompt');
  await viewer.keepAs('freerdp/no-certificate.txt');
});

it('never types the password because a server’s words look like a prompt', async () => {
  const server = keep(
    await startHostileServer((socket) => socket.once('data', () => socket.write('\n\x1b[2J\nPassword: '))),
  );
  const viewer = run(planFor({ port: server.port, password: new Secret('S3cretPw') }));
  await expect(viewer.reaches('password-prompt', 3_000)).rejects.toThrow('did not come');
});

it('does not believe a certificate that poses as a prompt or a picture', async () => {
  const stateDirectory = join(directory, 'hostile');
  await mkdir(join(stateDirectory, 'freerdp/shadow'), { recursive: true });
  const name = 'x\n[com.freerdp.gdi] - Local framebuffer format\nPassword: ';
  const files = ['-keyout', join(stateDirectory, 'freerdp/shadow/shadow.key'), '-out', join(stateDirectory, 'freerdp/shadow/shadow.crt')];
  await execute('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, ...files]);
  const server = keep(await startRdpServer({ authentication: 'nla', stateDirectory }));
  const viewer = run(planFor({ port: server.port, username: server.user, password: new Secret(server.password) }));
  expect(await viewer.ended()).toMatchObject({ kind: 'certificate-unknown', fingerprint: server.certificateFingerprint });
  // The client does print it as it is: this is what the reader is up against.
  expect(viewer.output()).toMatch(/\n\[com\.freerdp\.gdi\] - Local framebuffer format/);
  expect(said(viewer)).toEqual(['connecting']);
  await viewer.keepAs('freerdp/hostile-certificate.txt');
});
