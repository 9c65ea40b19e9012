// `athena launch --wait` with real servers and real clients: loses and finds streams, and asks where only a person can go on.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../../peers/loopback-port';
import { startPeerProcess } from '../../peers/peer-process';
import { startRdpServer } from '../../peers/rdp-server';
import { startVncServer, type VncServer } from '../../peers/vnc-server';
import { startXvfb, type VirtualDisplay } from '../../peers/xvfb';
import { garbage, startHostileServer } from '../clients/hostile-server';
import { CliUser, jsonLines, type RunningAthena } from './athena-cli';

const execute = promisify(execFile);
const place: { screen: VirtualDisplay | null; user: CliUser | null } = { screen: null, user: null };
const started: { stop(): Promise<void> }[] = [];

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  started.push(thing);
  return thing;
}

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

beforeAll(async () => {
  place.screen = await startXvfb();
});

afterAll(async () => {
  await place.screen?.stop();
});

beforeEach(async () => {
  place.user = await CliUser.create({ DISPLAY: place.screen?.display ?? '' });
});

afterEach(async () => {
  const left = await place.user?.leave();
  for (const thing of started.splice(0).reverse()) await thing.stop();
  expect(left).toBe(0);
});

async function writeLibrary(entry: Record<string, unknown>, address = '127.0.0.1'): Promise<void> {
  await user().config({
    version: 1,
    hosts: [{ id: 'rig', name: 'Rig', address }],
    entries: [{ id: 'desk', host: 'rig', name: 'My desk', protocol: 'vnc', ...entry }],
  });
}

async function vncDesk(password = 'S3cretVn'): Promise<VncServer> {
  const server = keep(await startVncServer());
  await writeLibrary({ port: server.port });
  expect((await user().run(['password', 'desk'], { input: `${password}\n` })).exitCode).toBe(0);
  return server;
}

function launch(): RunningAthena {
  return user().start(['launch', 'desk', '--wait', '--json']);
}

/** The pid that a mark such as "TigerVNC 1.12.0 started (process 4711)" names. */
function pidIn({ text }: Record<string, unknown>): number {
  const pid = /\(process (\d+)\)/.exec(String(text))?.[1];
  if (pid === undefined) throw new Error(`no process id in "${String(text)}"`);
  return Number(pid);
}

describe('a VNC session', () => {
  it('streams, comes back when its viewer is killed, and ends with Ctrl+C, leaving nothing', async () => {
    await vncDesk();
    const session = launch();
    const first = pidIn(await session.event('client-started'));
    await session.event('streaming');
    process.kill(first, 'SIGKILL');
    expect(await session.event('interrupted')).toMatchObject({ text: 'The client crashed (SIGKILL)' });
    await session.event('reconnected');
    const second = pidIn(await session.event('client-started', 2));
    expect(second).not.toBe(first);
    process.kill(second, 0);
    session.signal('SIGINT');
    const { exitCode, stdout, stderr } = await session.ended;
    expect([exitCode, stderr]).toEqual([130, '']);
    expect(jsonLines(stdout).map(({ event }) => event)).toEqual([
      'launched',
      'client-started',
      'streaming',
      'interrupted',
      'gate-open',
      'client-started',
      'reconnected',
      'ended',
    ]);
    expect(await user().running()).toEqual([]);
    expect(await user().log()).not.toContain('S3cretVn');
  });

  it('waits for a server that went away, and is back when it is', async () => {
    const server = await vncDesk();
    const session = launch();
    await session.event('streaming');
    await server.stop();
    await session.event('interrupted');
    keep(await startVncServer({ port: server.port }));
    await session.event('reconnected', 1, 45_000);
    session.signal('SIGTERM');
    expect((await session.ended).exitCode).toBe(130);
  });

  it('whose window the user closes is over', async () => {
    await vncDesk();
    // A display of its own: a window manager confuses the window with those of viewers that were killed before.
    const { display } = keep(await startXvfb({ windowManager: true }));
    const wmctrl = (...args: string[]): Promise<{ stdout: string }> => execute('wmctrl', args, { env: { ...process.env, DISPLAY: display } });
    const session = user().start(['launch', 'desk', '--wait', '--json'], { env: { DISPLAY: display } });
    await session.event('streaming');
    await expect.poll(async () => (await wmctrl('-l')).stdout, { timeout: 10_000 }).toContain('TigerVNC');
    await wmctrl('-c', 'TigerVNC');
    const { exitCode, stdout } = await session.ended;
    expect([exitCode, jsonLines(stdout).at(-1)]).toEqual([0, expect.objectContaining({ event: 'ended', text: 'Closed in the client' })]);
  });

  it('asks when the host refuses the password, once, and says how to give it', async () => {
    await vncDesk('wrong');
    const { exitCode, stdout } = await launch().ended;
    expect(exitCode).toBe(4);
    expect(jsonLines(stdout).filter(({ event }) => event === 'client-started')).toHaveLength(1);
    expect(jsonLines(stdout).at(-1)).toEqual({
      error: 'The host refused the user name or password.',
      advice: 'Give it with `athena password desk`, which reads it from standard input.',
    });
    expect(stdout).not.toContain('wrong');
  });

  it('asks when there is no password', async () => {
    const server = keep(await startVncServer());
    await writeLibrary({ port: server.port });
    const { exitCode, stderr } = await user().run(['launch', 'desk', '--wait']);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('A password is needed.\nGive it with `athena password desk`')]);
  });

  it('starts also while another entry of the library cannot be used', async () => {
    const server = keep(await startVncServer());
    await user().config(`{
      "version": 1,
      "hosts": [{ "id": "rig", "name": "Rig", "address": "127.0.0.1" }],
      "entries": [
        { "id": "old", "host": "rig", "name": "Old", "protocol": "spice" },
        { "id": "desk", "host": "rig", "name": "Desk", "protocol": "vnc", "port": ${server.port} }
      ]
    }`);
    await user().run(['password', 'desk'], { input: server.password });
    const session = launch();
    await session.event('streaming');
    session.signal('SIGINT');
    const { exitCode, stderr } = await session.ended;
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('config.json:5: entries[0].protocol')]);
  });
});

describe('a host', () => {
  it('whose name nobody knows is a question, not an endless wait', async () => {
    await writeLibrary({}, 'no-such-host.invalid');
    const { exitCode, stderr } = await user().run(['launch', 'desk', '--wait']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('The host name is not known to the network.\nCheck the address of the host in the library');
  });

  it('that does not answer is waited for until it does', async () => {
    const port = await findFreePort();
    await writeLibrary({ port });
    await user().run(['password', 'desk'], { input: 'S3cretVn' });
    const session = launch();
    await session.event('interrupted');
    keep(await startVncServer({ port }));
    await session.event('streaming', 1, 45_000);
    session.signal('SIGINT');
    expect((await session.ended).exitCode).toBe(130);
  });

  it('that talks rubbish ends in an answer, and nothing hangs', async () => {
    const server = keep(await startHostileServer((socket) => socket.end(garbage(4_096))));
    await writeLibrary({ port: server.port });
    const session = launch();
    await Promise.race([session.ended, session.event('interrupted')]);
    session.signal('SIGINT');
    const { exitCode } = await session.ended;
    expect([4, 130]).toContain(exitCode);
  });

  it('that says nothing can be given up on by Ctrl+C while it connects', async () => {
    const server = keep(await startHostileServer(() => undefined));
    await writeLibrary({ port: server.port });
    const session = launch();
    await session.event('client-started');
    session.signal('SIGINT');
    expect((await session.ended).exitCode).toBe(130);
  });
});

describe('an RDP session', () => {
  it('asks for the certificate, streams once it is vouched for, and asks again when it has changed', async () => {
    const server = keep(await startRdpServer());
    await writeLibrary({ protocol: 'rdp', port: server.port, username: server.user });
    await user().run(['password', 'desk'], { input: server.password });

    const unknown = await launch().ended;
    expect(unknown.exitCode).toBe(4);
    expect(jsonLines(unknown.stdout).at(-1)?.['error']).toContain(server.certificateFingerprint);

    expect((await user().run(['trust', 'desk', server.certificateFingerprint])).exitCode).toBe(0);
    const session = launch();
    await session.event('streaming');
    session.signal('SIGINT');
    expect((await session.ended).exitCode).toBe(130);

    await server.stop();
    keep(await startRdpServer({ port: server.port }));
    const changed = await user().run(['launch', 'desk', '--wait']);
    expect([changed.exitCode, changed.stderr]).toEqual([4, expect.stringContaining('athena trust desk none')]);
  });
});

describe('a viewer that is not installed', () => {
  /** Runs a program where the viewer is a file that can't be run, in a mount namespace of its own (unshare(1)). */
  const wrapper = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--mount', 'sh', '-c', 'mount --bind /dev/null /usr/bin/xtigervncviewer && exec "$@"', 'sh'];

  it('is named with the way to install it', async (context) => {
    const possible = await startPeerProcess({ command: wrapper[0] ?? '', args: [...wrapper.slice(1), 'sleep', '60'] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const allowed = possible.isAlive();
    await possible.stop();
    context.skip(!allowed, 'no mount namespaces here: the viewer cannot be hidden');
    await writeLibrary({});
    const { exitCode, stderr } = await user().run(['launch', 'desk', '--wait'], { wrapper });
    expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/^TigerVNC is not installed\.\n.*tigervnc-viewer/)]);
  });
});
