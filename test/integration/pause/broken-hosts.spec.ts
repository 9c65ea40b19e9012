// Hosts that go away, hang, or answer nonsense: every order ends in time, and the next one works when it can.
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../../peers/loopback-port';
import { isRunning, processTree, signalProcess } from '../../peers/process-tree';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { startApp, statesOf, threeGenerations, type AppTree } from './app-tree';
import { byCommand, createControl, expectFailure, expectSuccess, hostAt, type ControlParts } from './host-world';
import { noise, shellBehind, startOddSshServer, type OddSshServer } from './odd-ssh-server';

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function sshd(options: Parameters<typeof startSshServer>[0] = {}): Promise<SshServer> {
  const server = await startSshServer(options);
  cleanUps.push(() => server.stop());
  return server;
}

const quick = { warmAnswerMs: 700, freshAnswerMs: 1_500, connectMs: 2_000 };
/** The longest any order may take with these limits, and what a busy machine adds. */
const longestMs = quick.warmAnswerMs + quick.connectMs + quick.freshAnswerMs + 2_000;

async function control(...args: Parameters<typeof createControl>): Promise<ControlParts> {
  const parts = await createControl(...args);
  cleanUps.push(() => parts.dispose());
  return parts;
}

async function app(): Promise<AppTree> {
  const tree = await startApp(threeGenerations, 5);
  cleanUps.push(() => tree.stop());
  return tree;
}

/** A server that lets everybody in, and a control that knows its key. */
async function odd(serve?: (channel: ServerChannel, command: string) => void): Promise<{ server: OddSshServer; parts: ControlParts }> {
  const server = await startOddSshServer(serve ? { serve } : {});
  cleanUps.push(() => server.stop());
  const parts = await control({}, quick);
  await writeFile(parts.ownKnownHosts, `${server.knownHosts.join('\n')}\n`);
  return { server, parts };
}

describe('an sshd', () => {
  it('that was killed and started anew is found again by the next pause', async () => {
    const { directory } = await control();
    const port = await findFreePort();
    const first = await startSshServer({ port, stateDirectory: directory });
    cleanUps.push(() => first.stop());
    const parts = await control({ knownHostsFiles: [first.knownHostsFile] });
    const tree = await app();
    const host = hostAt(first);
    expectSuccess(await parts.control.warm(host));
    for (const member of processTree(first.pid)) signalProcess(member, 'SIGKILL');
    await first.stop();
    expectFailure(await parts.control.pause(host, byCommand(tree.token)), 'host-unreachable');
    expect(statesOf(tree.pids())).not.toContain('T');
    await sshd({ port, stateDirectory: directory });
    expectSuccess(await parts.control.pause(host, byCommand(tree.token)));
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expectSuccess(await parts.control.resume(host, byCommand(tree.token)));
  });

  it('that stands still lets a pause fail within its limits, and serves the next one', async () => {
    const server = await sshd();
    const parts = await control({ knownHostsFiles: [server.knownHostsFile] }, quick);
    const tree = await app();
    const host = hostAt(server);
    expectSuccess(await parts.control.warm(host));
    const members = processTree(server.pid);
    expect(members.length).toBeGreaterThan(1);
    for (const member of members) signalProcess(member, 'SIGSTOP');
    const startedMs = performance.now();
    const failed = expectFailure(await parts.control.pause(host, byCommand(tree.token)), 'timed-out');
    expect(performance.now() - startedMs).toBeLessThan(longestMs);
    expect(failed.message).toContain('Desk did not answer within 2 s');
    for (const member of members) signalProcess(member, 'SIGCONT');
    expectSuccess(await parts.control.pause(host, byCommand(tree.token)));
    expectSuccess(await parts.control.resume(host, byCommand(tree.token)));
  });

  it('whose one connection stands still is asked over a fresh one', async () => {
    const server = await sshd();
    const parts = await control({ knownHostsFiles: [server.knownHostsFile] }, { ...quick, connectMs: 8_000, freshAnswerMs: 8_000 });
    const tree = await app();
    const host = hostAt(server);
    expectSuccess(await parts.control.warm(host));
    const connection = processTree(server.pid).slice(1);
    for (const member of connection) signalProcess(member, 'SIGSTOP');
    const paused = expectSuccess(await parts.control.pause(host, byCommand(tree.token)));
    expect(paused.tookMs).toBeGreaterThanOrEqual(quick.warmAnswerMs);
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expectSuccess(await parts.control.resume(host, byCommand(tree.token)));
    for (const member of connection) signalProcess(member, 'SIGCONT');
  });

  it('keeps no shell of a control that was closed', async () => {
    const server = await sshd();
    const parts = await control({ knownHostsFiles: [server.knownHostsFile] });
    expectSuccess(await parts.control.warm(hostAt(server)));
    const connection = processTree(server.pid).slice(1);
    expect(connection.filter(isRunning).length).toBeGreaterThan(0);
    parts.control.close();
    await expect.poll(() => connection.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  it('sees a connection given up that is closed while it is made', async () => {
    const server = await sshd();
    const parts = await control({ knownHostsFiles: [server.knownHostsFile] });
    const host = hostAt(server);
    const warming = parts.control.warm(host);
    parts.control.close(host);
    expectFailure(await warming, 'cancelled');
    const later = parts.control.warm(host);
    await sleep(30);
    parts.control.close();
    expectFailure(await later, 'cancelled');
    expectSuccess(await parts.control.warm(host));
  });
});

describe('a host that', () => {
  it('does not exist, or has no name, says so', async () => {
    const parts = await control({}, quick);
    const nobody = hostAt({ port: await findFreePort(), user: 'x' });
    expect(expectFailure(await parts.control.warm(nobody), 'host-unreachable').message).toContain('No SSH server answers');
    const nameless = { ...nobody, address: 'no-such-host.invalid' };
    expectFailure(await parts.control.warm(nameless), 'host-unreachable');
  });

  it.each([
    ['says nothing', undefined, 'timed-out'],
    ['is no SSH server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'timed-out'],
    ['speaks a version of its own', 'SSH-9.9-odd\r\n', 'not-supported'],
    ['talks garbage', `SSH-2.0-odd\r\n${'\u0003'.repeat(2_000)}`, 'any'],
  ])('%s at its SSH port fails in time', async (_what, greeting, kind) => {
    const sockets: Socket[] = [];
    const listener = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => socket.destroy());
      if (greeting !== undefined) socket.write(greeting, 'latin1');
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    cleanUps.push(async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(listener, 'close');
      listener.close();
      await closed;
    });
    const parts = await control({}, quick);
    const startedMs = performance.now();
    const result = await parts.control.warm(hostAt({ port: (listener.address() as AddressInfo).port, user: 'x' }));
    expect(result.ok).toBe(false);
    if (!result.ok && kind !== 'any') expect(result.failure.kind, result.failure.message).toBe(kind);
    expect(performance.now() - startedMs).toBeLessThan(longestMs);
  });

  it('never answers a command fails in time', async () => {
    const { server, parts } = await odd();
    const startedMs = performance.now();
    expectFailure(await parts.control.pause(hostAt(server), byCommand('x')), 'timed-out');
    expect(performance.now() - startedMs).toBeLessThan(longestMs);
  });

  it('starts no shell is quoted', async () => {
    const { server, parts } = await odd((channel) => {
      channel.write('This account is currently not available.\n');
      channel.exit(1);
      channel.end();
    });
    const failed = expectFailure(await parts.control.warm(hostAt(server)), 'not-supported');
    expect(failed.message).toContain('"This account is currently not available."');
  });

  it('pours out text without end is hung up on', async () => {
    const { server, parts } = await odd((channel) => {
      const pour = (): void => {
        while (channel.writable && channel.write('y\n'.repeat(16_000)));
        if (channel.writable) channel.once('drain', pour);
      };
      pour();
    });
    expectFailure(await parts.control.warm(hostAt(server)), 'io');
  });

  it.each([
    ['garbage', (channel: ServerChannel) => channel.write(noise(5_000))],
    ['an end', (channel: ServerChannel) => channel.end()],
    ['a kill', (channel: ServerChannel) => channel.destroy()],
  ])('answers a later command with %s fails in time, after one fresh connection', async (_what, misbehave) => {
    const { server, parts } = await odd((channel) => {
      const child = shellBehind(channel, ['sh']);
      let seen = '';
      channel.on('data', (chunk: Buffer) => {
        seen = (seen + chunk.toString('latin1')).slice(-200);
        // The listing is the first order after the greeting.
        if (/athena_list\n\}/.test(seen)) {
          child.stdout?.unpipe(channel);
          misbehave(channel);
        }
      });
    });
    const host = hostAt(server);
    expectSuccess(await parts.control.warm(host));
    const startedMs = performance.now();
    const result = await parts.control.read(host, byCommand('x'));
    expect(result.ok).toBe(false);
    if (!result.ok) expect(['timed-out', 'io']).toContain(result.failure.kind);
    expect(performance.now() - startedMs).toBeLessThan(longestMs);
    expect(server.connections()).toBe(2);
  });

  it('runs another system is not supported, by its name', async () => {
    const { server, parts } = await odd((channel) => {
      shellBehind(channel, ['sh', '-c', 'uname() { echo Darwin; }; while IFS= read -r line; do text="$text$line\n"; case $line in "} </dev/null"*) eval "$(printf %b "$text")"; text=; esac; done']);
    });
    const failed = expectFailure(await parts.control.warm(hostAt(server)), 'not-supported');
    expect(failed.message).toContain('Darwin');
  });

  it('has a start-up file that talks, before and after, is understood', async () => {
    const { server, parts } = await odd((channel, command) => {
      expect(command).toBe('exec sh');
      channel.write('Welcome to Desk!\r\n\u001b[32mno line break');
      shellBehind(channel, ['sh', '-c', 'echo "motd"; (sleep 0.2; echo late talk; echo more >&2) & exec sh']);
    });
    const tree = await app();
    const host = hostAt(server);
    for (let round = 0; round < 3; round++) {
      expectSuccess(await parts.control.pause(host, byCommand(tree.token)));
      expect(statesOf(tree.pids())).toBe('TTTTT');
      expectSuccess(await parts.control.resume(host, byCommand(tree.token)));
      await sleep(150);
    }
    expect(server.connections()).toBe(1);
  });
});
