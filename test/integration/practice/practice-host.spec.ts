// The practice host as its owner has it: started, found on loopback alone, and with a real way in over SSH.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'ssh2';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GameStreamHostFacts } from '../../../electron/practice/gamestream/host-facts';
import { makeKeyPair } from '../../../electron/practice/practice-keys';
import { PracticeHost } from '../../../electron/practice/practice-owner';
import { isPortClosed } from '../../peers/loopback-port';
import { isRunning, processTree } from '../../peers/process-tree';
import {
  buildPracticePrograms,
  launchGame,
  logIn,
  ownProcesses,
  type PracticePrograms,
  runCommand,
  startHost,
} from './practice-peer';

const run = promisify(execFile);

describe('practice host', () => {
  let programs: PracticePrograms;
  let host: PracticeHost;
  let facts: GameStreamHostFacts;
  const clients: Client[] = [];

  const enter = async (...more: Parameters<typeof logIn> extends [unknown, ...infer Rest] ? Rest : never): Promise<Client> => {
    const client = await logIn(facts, ...more);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    programs = await buildPracticePrograms();
  });

  beforeEach(async () => {
    host = new PracticeHost();
    facts = await startHost(host, programs);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end();
    await host.stop();
  });

  it('keeps its key from other users, and tells the pid and the processes of its game while it runs', async () => {
    expect((await stat(facts.ssh.keyFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(facts.ssh.keyFile, '..'))).mode & 0o777).toBe(0o700);
    expect([existsSync(facts.pidFile), host.appProcesses]).toEqual([false, []]);
    const appPid = await launchGame(host, facts);
    const tree = processTree(appPid).map(({ pid }) => pid);
    await vi.waitFor(() => expect(host.appProcesses.map(({ pid }) => pid)).toEqual(tree), 5_000);
    expect(tree).toHaveLength(2);
    expect(host.facts).toEqual(facts);
  });

  it('listens on loopback only', async () => {
    const { stdout } = await run('ss', ['-Hltn']);
    for (const port of [...Object.values(facts.ports), facts.ssh.port, facts.orders.port]) {
      const addresses = stdout.split('\n').filter((line) => line.includes(`:${port} `));
      expect(addresses).toHaveLength(1);
      expect(addresses[0]).toContain(`127.0.0.1:${port}`);
    }
  });

  it('is a host that OpenSSH accepts with nothing but the facts', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'athena-known-'));
    try {
      const knownHosts = join(directory, 'known_hosts');
      await writeFile(knownHosts, `${facts.ssh.hostKeyLine}\n`);
      const args = [
        ...['-F', 'none', '-p', String(facts.ssh.port), '-i', facts.ssh.keyFile, '-o', `UserKnownHostsFile=${knownHosts}`],
        ...['-o', 'StrictHostKeyChecking=yes', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', `${facts.ssh.user}@127.0.0.1`],
      ];
      const appPid = await launchGame(host, facts);
      const { stdout, stderr } = await run('ssh', [...args, 'cat', facts.pidFile]);
      expect(stdout).toBe(`${appPid}\n`);
      expect(stderr).toBe('');
      const { stdout: scanned } = await run('ssh-keygen', ['-lf', knownHosts]);
      expect(scanned).toContain(facts.ssh.hostKey);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('runs commands and a shell with separate output, input and exit status', async () => {
    const client = await enter();
    expect(await runCommand(client, 'cat; echo problem >&2; exit 7', 'given')).toEqual({
      code: 7,
      signal: null,
      stdout: 'given',
      stderr: 'problem\n',
    });
    expect(await runCommand(client, null, 'echo one\necho two\nexit 3\n')).toMatchObject({ code: 3, stdout: 'one\ntwo\n' });
    expect(await runCommand(client, 'kill -TERM $$')).toMatchObject({ code: null, signal: 'SIGTERM' });
    const big = await runCommand(client, 'head -c 3000000 /dev/zero');
    expect(big.stdout).toHaveLength(3_000_000);
  });

  it('lets nobody in with another key, another name or a password', async () => {
    await expect(logIn(facts, { privateKey: makeKeyPair().privateText })).rejects.toThrow('authentication methods failed');
    await expect(logIn(facts, { username: 'root' })).rejects.toThrow('authentication methods failed');
    const withPassword = { privateKey: '', password: 'practice', tryKeyboard: true };
    await expect(logIn(facts, withPassword)).rejects.toThrow('authentication methods failed');
    expect((await runCommand(await enter(), 'echo still there')).stdout).toBe('still there\n');
  });

  it('closes the stdin of a command whose channel closes, and ends it with the host', async () => {
    const client = await enter();
    const directory = await mkdtemp(join(tmpdir(), 'athena-watchdog-'));
    const mark = join(directory, 'saw-the-end');
    try {
      // A watchdog of the kind that pauses a game when its connection breaks, then lives on.
      client.exec(`read line; echo $? > ${mark}; sleep 600`, () => undefined);
      await vi.waitFor(() => expect(commandLines()).toContainEqual(expect.stringContaining(mark)), 5_000);
      client.destroy();
      await vi.waitFor(async () => expect(await readFile(mark, 'utf8')).toBe('1\n'), 5_000);
      const before = ownProcesses();
      await host.stop();
      expect(before.filter(isRunning)).toEqual([]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('shrugs off garbage on every port', async () => {
    for (const port of [...Object.values(facts.ports), facts.ssh.port]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume();
      socket.end(Buffer.alloc(100_000, 0xa5));
      await closed;
    }
    expect((await runCommand(await enter(), 'echo fine')).stdout).toBe('fine\n');
    expect(await launchGame(host, facts)).toBeGreaterThan(0);
  });

  it('refuses a second start, and starts again after a stop', async () => {
    const second = await host.start({ file: process.execPath, leadingArgs: [programs.hostFile] });
    expect(second).toMatchObject({ ok: false, failure: { kind: 'already-there' } });
    await host.stop();
    expect(host.facts).toBeNull();
    for (const port of [...Object.values(facts.ports), facts.ssh.port]) expect(await isPortClosed(port)).toBe(true);
    expect(existsSync(join(facts.ssh.keyFile, '..'))).toBe(false);
    const again = await startHost(host, programs);
    expect(again.ssh.hostKey).not.toBe(facts.ssh.hostKey);
    expect(await launchGame(host, again)).toBeGreaterThan(0);
  });
});

function commandLines(): string[] {
  return ownProcesses().map(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return ''; // it ended meanwhile
    }
  });
}
