// The practice GameStream host as a program: a real game behind it that is paused over SSH, orders, and nothing left behind.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GameStreamHostFacts } from '../../../electron/practice/gamestream/host-facts';
import { makeIdentity } from '../../../electron/practice/gamestream/certificate';
import { pairWith } from '../../../electron/practice/gamestream/moonlight-pairing';
import type { SecureAccess } from '../../../electron/practice/gamestream/moonlight-http';
import { bundleThread } from '../../threads-bundle';
import { isPortClosed } from '../../peers/loopback-port';
import { isRunning, processTree, signalProcess, type ProcessIdentity } from '../../peers/process-tree';
import { logIn, runCommand } from './practice-peer';
import { ask, launchParameters, MoonlightProcess, writeSettings } from './gamestream-peer';

const key = '00112233445566778899aabbccddeeff';

describe('practice GameStream host program', () => {
  let hostFile: string;
  let appFile: string;
  let moonlightFile: string;
  let directory: string;
  let host: HostProcess;
  const suspects: ProcessIdentity[] = [];
  const moonlights: MoonlightProcess[] = [];

  class HostProcess {
    readonly child: ChildProcessWithoutNullStreams;
    readonly lines: Record<string, unknown>[] = [];
    facts: GameStreamHostFacts | null = null;

    constructor(args: readonly string[], ownDirectory = directory) {
      this.child = spawn(process.execPath, [hostFile, '--app', appFile, '--dir', ownDirectory, '--json', ...args], { stdio: 'pipe' });
      this.child.stderr.resume();
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        const value = JSON.parse(line) as Record<string, unknown>;
        if (value['event'] === 'ready') this.facts = value as unknown as GameStreamHostFacts;
        else this.lines.push(value);
      });
    }

    async ready(): Promise<GameStreamHostFacts> {
      await vi.waitFor(() => expect(this.facts).not.toBeNull(), 10_000);
      if (this.facts === null) throw new Error('not ready');
      return this.facts;
    }

    async sees(event: string): Promise<Record<string, unknown>> {
      return vi.waitFor(() => {
        const found = this.lines.find((line) => line['event'] === event);
        if (!found) throw new Error(`no ${event} among ${JSON.stringify(this.lines)}`);
        return found;
      }, 10_000);
    }
  }

  beforeAll(async () => {
    hostFile = await bundleThread('electron/practice/gamestream/gamestream-host-main.ts');
    appFile = await bundleThread('electron/practice/practice-app-main.ts');
    moonlightFile = await bundleThread('electron/practice/gamestream/practice-moonlight-main.ts');
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'athena-gamestream-'));
    host = new HostProcess(['--owned']);
  });
  afterEach(async () => {
    for (const moonlight of moonlights.splice(0)) await moonlight.end();
    if (host.child.exitCode === null && host.child.signalCode === null) {
      const ended = once(host.child, 'exit');
      host.child.kill('SIGCONT');
      host.child.stdin.end();
      await ended;
    }
    for (const suspect of suspects.splice(0)) signalProcess(suspect, 'SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  async function order(facts: GameStreamHostFacts, body: unknown, token = facts.orders.token): Promise<{ status: number; answer: Record<string, unknown> }> {
    const response = await fetch(`http://127.0.0.1:${facts.orders.port}/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  }

  async function pairedAccess(facts: GameStreamHostFacts): Promise<SecureAccess> {
    const identity = makeIdentity('NVIDIA GameStream Client', 'zero');
    await order(facts, { do: 'habits', habits: { autoPin: '0001' } });
    const place = { address: '127.0.0.1', httpPort: facts.ports.http, httpsPort: facts.ports.https };
    const end = await pairWith({ ...place, identity, pin: '0001', generation: 7 });
    if (end.kind !== 'paired') throw new Error(end.kind);
    return { ...place, identity, pinnedPem: end.certificatePem };
  }

  function moonlight(facts: GameStreamHostFacts, access: SecureAccess): MoonlightProcess {
    writeSettings(directory, facts, access);
    const started = new MoonlightProcess(moonlightFile, ['stream', `127.0.0.1:${facts.ports.http}`, 'Practice game'], directory);
    moonlights.push(started);
    return started;
  }

  it('runs a real game whose processes are stopped over SSH while the stream goes on', async () => {
    const facts = await host.ready();
    expect((await stat(facts.ssh.keyFile)).mode & 0o777).toBe(0o600);
    const access = await pairedAccess(facts);
    const client = moonlight(facts, access);
    await client.sees(/Received first video packet/);
    const pid = Number(await readFile(facts.pidFile, 'utf8'));
    expect(await host.sees('app-started')).toMatchObject({ name: 'Practice game', pid });
    expect(processTree(pid)).toHaveLength(2);

    const ssh = await logIn(facts);
    expect(await runCommand(ssh, `kill -STOP ${pid} && cut -d' ' -f3 /proc/${pid}/stat`)).toMatchObject({ code: 0 });
    await vi.waitFor(async () => expect((await runCommand(ssh, `cut -d' ' -f3 /proc/${pid}/stat`)).stdout).toBe('T\n'), 5_000);
    await sleep(500);
    expect(client.alive).toBe(true);
    await runCommand(ssh, `kill -CONT ${pid}`);
    ssh.end();

    client.signal('SIGINT');
    expect(await client.exit).toEqual({ code: 0, signal: null });
    const again = moonlight(facts, access);
    await again.sees(/\/resume\?/);
    await again.sees(/Received first video packet/);
    expect(Number(await readFile(facts.pidFile, 'utf8'))).toBe(pid);
    // The game dies: its clients end gracefully, and the host is free.
    process.kill(pid, 'SIGKILL');
    expect(await again.exit).toEqual({ code: 0, signal: null });
    expect((await order(facts, { do: 'state' })).answer).toMatchObject({ state: { runningApp: null, streams: 0 } });
  });

  it('takes orders with its token, and as lines; others are refused', async () => {
    const facts = await host.ready();
    expect((await order(facts, { do: 'state' }, 'guess')).status).toBe(401);
    expect((await order(facts, { do: 'fly' })).status).toBe(400);
    expect(await order(facts, { do: 'state' })).toMatchObject({ status: 200, answer: { done: true, state: { uniqueId: facts.uniqueId } } });
    host.child.stdin.write('1234\nnonsense\n{"do":"next-launch","status":503}\n');
    await vi.waitFor(() => {
      const answers = host.lines.filter(({ event }) => event === 'answer').map(({ done }) => done);
      expect(answers.sort()).toEqual([false, false, true]);
    }, 5_000);
  });

  it('is the same host after a restart', async () => {
    const first = await host.ready();
    host.child.stdin.end();
    expect(await once(host.child, 'exit')).toEqual([0, null]);
    host = new HostProcess(['--owned', '--port', String(first.ports.http)]);
    const second = await host.ready();
    expect([second.uniqueId, second.web]).toEqual([first.uniqueId, first.web]);
    expect(second.ports.http).toBe(first.ports.http);
  });

  it('survives being stopped for 3 seconds together with its streams', async () => {
    const facts = await host.ready();
    const client = moonlight(facts, await pairedAccess(facts));
    await client.sees(/Received first video packet/);
    host.child.kill('SIGSTOP');
    await sleep(3_000);
    host.child.kill('SIGCONT');
    await sleep(1_000);
    expect(client.alive).toBe(true);
    expect((await order(facts, { do: 'state' })).answer).toMatchObject({ state: { streams: 1 } });
  });

  it.each(['stdin', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)('leaves no process and no port behind at its end by %s, the game paused', async (how) => {
    const facts = await host.ready();
    const access = await pairedAccess(facts);
    await ask(access, '/launch', { appid: facts.apps[0]?.id ?? 0, ...launchParameters, rikey: key });
    const { pid } = await host.sees('app-started');
    const processes = processTree(host.child.pid ?? 0);
    suspects.push(...processes);
    expect(processes.length).toBeGreaterThanOrEqual(4); // host, guard, game, companion
    for (const member of processTree(Number(pid))) process.kill(member.pid, 'SIGSTOP');
    const ended = once(host.child, 'exit');
    if (how === 'stdin') host.child.stdin.end();
    else host.child.kill(how);
    expect(await ended).toEqual(how === 'SIGKILL' ? [null, 'SIGKILL'] : [0, null]);
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), 8_000);
    for (const port of [...Object.values(facts.ports), facts.ssh.port, facts.orders.port]) expect(await isPortClosed(port)).toBe(true);
    if (how !== 'SIGKILL') for (const file of [facts.ssh.keyFile, facts.pidFile]) expect(existsSync(file)).toBe(false);
  });

  it('ends with 2 at wrong arguments, with 1 when its port or its directory is taken, and harms nobody', async () => {
    const facts = await host.ready();
    for (const port of ['80', 'x', '65535']) {
      const wrong = new HostProcess(['--port', port]);
      expect(await once(wrong.child, 'exit')).toEqual([2, null]);
    }
    const samePort = new HostProcess(['--port', String(facts.ports.http)], join(directory, 'other'));
    expect(await once(samePort.child, 'exit')).toEqual([1, null]);
    const sameDirectory = new HostProcess([]);
    expect(await once(sameDirectory.child, 'exit')).toEqual([1, null]);
    expect((await order(facts, { do: 'state' })).status).toBe(200);
    expect(existsSync(facts.ssh.keyFile)).toBe(true);
    // Who was killed holds nothing any more.
    const killed = once(host.child, 'exit');
    host.child.kill('SIGKILL');
    await killed;
    host = new HostProcess(['--owned']);
    expect((await host.ready()).uniqueId).toBe(facts.uniqueId);
  });
});
