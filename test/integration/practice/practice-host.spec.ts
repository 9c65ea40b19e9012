// The practice host as a newcomer uses it: real processes, a stream that shows a pause, and a real way in over SSH.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'ssh2';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PracticeHostFacts } from '../../../electron/practice/practice-facts';
import { makeKeyPair } from '../../../electron/practice/practice-keys';
import { PracticeHost } from '../../../electron/practice/practice-owner';
import { isPortClosed } from '../../peers/loopback-port';
import { isRunning, processTree } from '../../peers/process-tree';
import {
  buildPracticePrograms,
  logIn,
  nextFrames,
  ownProcesses,
  type PracticePrograms,
  runCommand,
  startHost,
  StreamView,
} from './practice-peer';

const run = promisify(execFile);

describe('practice host', () => {
  let programs: PracticePrograms;
  let host: PracticeHost;
  let facts: PracticeHostFacts;
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

  it('keeps its key from other users and tells the pid of its game', async () => {
    expect((await stat(facts.keyFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(facts.keyFile, '..'))).mode & 0o777).toBe(0o700);
    expect(await readFile(facts.pidFile, 'utf8')).toBe(`${facts.appPid}\n`);
    const tree = processTree(facts.appPid).map(({ pid }) => pid);
    expect(tree).toEqual(facts.appProcesses.map(({ pid }) => pid));
    expect(tree).toHaveLength(2);
    expect(host.facts).toEqual(facts);
  });

  it('listens on loopback only', async () => {
    const { stdout } = await run('ss', ['-Hltn']);
    for (const port of [facts.streamPort, facts.sshPort]) {
      const addresses = stdout.split('\n').filter((line) => line.includes(`:${port} `));
      expect(addresses).toHaveLength(1);
      expect(addresses[0]).toContain(`127.0.0.1:${port}`);
    }
  });

  it('streams about 30 pictures a second in which game, companion and block move', async () => {
    const view = new StreamView(facts);
    try {
      const startedMs = performance.now();
      const frames = await nextFrames(view, 60);
      expect(performance.now() - startedMs).toBeGreaterThan(1_500);
      const [first, last] = [frames[0], frames.at(-1)];
      if (first === undefined || last === undefined) throw new Error('no frames');
      expect(last.sequence - first.sequence).toBe(59);
      expect(last.gameTicks - first.gameTicks).toBeGreaterThan(30);
      expect(last.companionTicks - first.companionTicks).toBeGreaterThan(30);
      expect(new Set(frames.map(({ blockXPx, blockYPx }) => `${blockXPx},${blockYPx}`)).size).toBeGreaterThan(30);
      expect(view.news.filter(({ kind }) => kind !== 'frame')).toEqual([
        { kind: 'stage', stage: 'connecting' },
        { kind: 'stage', stage: 'handshake' },
        { kind: 'streaming', widthPx: 640, heightPx: 400 },
      ]);
    } finally {
      view.close();
    }
    expect(view.end()).toBe('closed-by-user');
  });

  it('streams on while its game stands still, paused and resumed over its own SSH', async () => {
    const view = new StreamView(facts);
    try {
      await nextFrames(view, 10);
      const client = await enter();
      // As Athena does it: the game and its children, stopped one by one.
      const paused = await runCommand(client, `kill -STOP ${facts.appPid} $(pgrep -P ${facts.appPid})`);
      expect(paused).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
      await nextFrames(view, 10); // what was on its way arrives
      const still = await nextFrames(view, 30);
      expect(new Set(still.map(({ gameTicks, companionTicks }) => `${gameTicks} ${companionTicks}`)).size).toBe(1);
      expect(new Set(still.map(({ sequence }) => sequence)).size).toBe(30);
      const before = still[0]?.gameTicks ?? 0;

      await runCommand(client, `kill -CONT ${facts.appPid} $(pgrep -P ${facts.appPid})`);
      const after = await nextFrames(view, 30);
      const ticks = after.map(({ gameTicks }) => gameTicks);
      expect(ticks.at(-1)).toBeGreaterThan(before + 10);
      // It goes on where it stood; it does not catch up.
      expect(ticks.at(-1)).toBeLessThan(before + 60);
    } finally {
      view.close();
    }
  });

  it('is a host that OpenSSH accepts with nothing but the facts', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'athena-known-'));
    try {
      const knownHosts = join(directory, 'known_hosts');
      await writeFile(knownHosts, `${facts.hostKeyLine}\n`);
      const args = [
        ...['-F', 'none', '-p', String(facts.sshPort), '-i', facts.keyFile, '-o', `UserKnownHostsFile=${knownHosts}`],
        ...['-o', 'StrictHostKeyChecking=yes', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', `${facts.user}@127.0.0.1`],
      ];
      const { stdout, stderr } = await run('ssh', [...args, 'cat', facts.pidFile]);
      expect(stdout).toBe(`${facts.appPid}\n`);
      expect(stderr).toBe('');
      const { stdout: scanned } = await run('ssh-keygen', ['-lf', knownHosts]);
      expect(scanned).toContain(facts.hostKey);
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

  it('shrugs off garbage on both ports', async () => {
    const view = new StreamView(facts);
    try {
      for (const port of [facts.streamPort, facts.sshPort]) {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => socket.destroy());
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.resume();
        socket.write(Buffer.alloc(100_000, 0xa5));
        await closed;
      }
      await nextFrames(view, 10);
      expect((await runCommand(await enter(), 'echo fine')).stdout).toBe('fine\n');
    } finally {
      view.close();
    }
  });

  it('refuses a second start, and starts again after a stop', async () => {
    const second = await host.start({ file: process.execPath, leadingArgs: [programs.hostFile] });
    expect(second).toMatchObject({ ok: false, failure: { kind: 'already-there' } });
    await host.stop();
    expect(host.facts).toBeNull();
    expect(await isPortClosed(facts.streamPort)).toBe(true);
    expect(await isPortClosed(facts.sshPort)).toBe(true);
    expect(existsSync(join(facts.keyFile, '..'))).toBe(false);
    const again = await startHost(host, programs);
    expect(again.hostKey).not.toBe(facts.hostKey);
    const view = new StreamView(again);
    await nextFrames(view, 3);
    view.close();
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
