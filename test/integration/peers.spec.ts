// Proves that each real server the tests talk to answers its own client and leaves no process behind.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { findFreePort, isPortClosed } from '../peers/loopback-port';
import type { Peer } from '../peers/peer-process';
import { isRunning, processTree, type ProcessIdentity } from '../peers/process-tree';
import { startRdpServer, type RdpServer } from '../peers/rdp-server';
import { startSshServer } from '../peers/ssh-server';
import { startVncServer } from '../peers/vnc-server';
import { startXvfb } from '../peers/xvfb';

const run = promisify(execFile);
const started: Peer[] = [];

function keep<P extends Peer>(peer: P): P {
  started.push(peer);
  return peer;
}

afterEach(async () => {
  for (const peer of started.splice(0).reverse()) await peer.stop();
});

/** Everything this test process has started and not ended. */
function ownProcesses(): ProcessIdentity[] {
  return processTree(process.pid).slice(1);
}

async function stopAndExpectNothingLeft(peer: Peer): Promise<void> {
  const before = ownProcesses();
  expect(before.length).toBeGreaterThan(0);
  await peer.stop();
  expect(before.filter(isRunning)).toEqual([]);
}

it('a virtual display with a window manager starts, shows a root window, and leaves nothing', async () => {
  const screen = keep(await startXvfb({ widthPx: 640, heightPx: 480, windowManager: true }));
  const { stdout } = await run('xdotool', ['getdisplaygeometry'], { env: { ...process.env, DISPLAY: screen.display } });
  expect(stdout.trim()).toBe('640 480');
  await stopAndExpectNothingLeft(screen);
});

it('a VNC server greets, closes its port and removes its password at the end', async () => {
  const server = keep(await startVncServer());
  expect(existsSync(server.passwordFile)).toBe(true);
  await stopAndExpectNothingLeft(server);
  expect(await isPortClosed(server.port)).toBe(true);
  expect(existsSync(server.passwordFile)).toBe(false);
});

/** Asks the server whether it lets this user in; xfreerdp ends with 0 for yes. It wants the password as an argument for that. */
async function rdpLogIn(server: RdpServer, password: string, certificate: string): Promise<number> {
  const args = [`/v:127.0.0.1:${server.port}`, `/u:${server.user}`, `/p:${password}`, certificate, '+auth-only', '/sec:nla'];
  try {
    await run('xfreerdp', args, { env: { ...process.env, DISPLAY: server.display } });
    return 0;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'number') throw error;
    return code;
  }
}

it('an RDP server with NLA lets the right password in, behind the certificate it tells, and nobody else', async () => {
  const server = keep(await startRdpServer({ authentication: 'nla' }));
  const pinned = `/cert:deny,fingerprint:sha256:${server.certificateFingerprint}`;
  expect(await rdpLogIn(server, server.password, pinned), server.output()).toBe(0);
  expect(await rdpLogIn(server, 'wrong', pinned)).not.toBe(0);
  const otherFingerprint = Array.from({ length: 32 }, () => '00').join(':');
  expect(await rdpLogIn(server, server.password, `/cert:deny,fingerprint:sha256:${otherFingerprint}`)).toBe(143);
  await stopAndExpectNothingLeft(server);
  expect(await isPortClosed(server.port)).toBe(true);
});

it('an RDP server without authentication starts twice on the same port', async () => {
  const port = await findFreePort();
  for (let round = 0; round < 2; round++) {
    const server = keep(await startRdpServer({ port }));
    await stopAndExpectNothingLeft(server);
  }
});

it('an SSH server lets the client key in, also while a log-in is open at its end', async () => {
  const server = keep(await startSshServer());
  const logIn = [
    ...['-p', String(server.port), '-i', server.privateKeyFile, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes'],
    ...['-o', `UserKnownHostsFile=${server.knownHostsFile}`, '-o', 'StrictHostKeyChecking=yes', '-F', 'none'],
    `${server.user}@127.0.0.1`,
  ];
  const { stdout } = await run('ssh', [...logIn, 'echo', 'hello']);
  expect(stdout).toBe('hello\n');

  const client = spawn('ssh', [...logIn, 'echo ready; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(client.stdout, 'data');
  const serverTree = processTree(server.pid);
  expect(serverTree.length).toBeGreaterThan(2);
  await server.stop();
  expect(serverTree.filter(isRunning)).toEqual([]);
  expect(await isPortClosed(server.port)).toBe(true);
});

it('a stopped server still ends', async () => {
  const server = keep(await startVncServer());
  server.signal('SIGSTOP');
  await stopAndExpectNothingLeft(server);
});
