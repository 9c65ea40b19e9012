// Pausing and resuming real process trees over a real sshd on loopback.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { forker, startApp, stateOf, statesOf, threeGenerations, type AppTree } from './app-tree';
import { byCommand, createControl, expectFailure, expectSuccess, hostAt, inOrder, type ControlParts } from './host-world';
import { shellBehind, startOddSshServer } from './odd-ssh-server';

const made: { server?: SshServer; parts?: ControlParts; apps: AppTree[] } = { apps: [] };

function parts(): ControlParts & { server: SshServer; host: ReturnType<typeof hostAt> } {
  if (!made.server || !made.parts) throw new Error('not set up');
  return { ...made.parts, server: made.server, host: hostAt(made.server) };
}

async function app(script: string, processes: number, args: readonly string[] = []): Promise<AppTree> {
  const tree = await startApp(script, processes, args);
  made.apps.push(tree);
  return tree;
}

beforeAll(async () => {
  made.server = await startSshServer();
  made.parts = await createControl({ knownHostsFiles: [made.server.knownHostsFile] });
});

afterEach(async () => {
  for (const tree of made.apps.splice(0)) await tree.stop();
});

afterAll(async () => {
  await made.parts?.dispose();
  await made.server?.stop();
});

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

const quantile = (values: readonly number[], share: number): string =>
  ([...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? 0).toFixed(1);

it('pauses and resumes thirty times over a warm connection, every process each time', async () => {
  const { control, host } = parts();
  const tree = await app(threeGenerations, 5);
  const coldMs = performance.now();
  expectSuccess(await control.warm(host));
  const warmMs = performance.now() - coldMs;
  const tookMs: { pause: number[]; resume: number[] } = { pause: [], resume: [] };
  for (let round = 0; round < 30; round++) {
    const paused = expectSuccess(await control.pause(host, byCommand(tree.token)));
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expect(inOrder(paused.pids)).toEqual(inOrder(tree.pids()));
    tookMs.pause.push(paused.tookMs);
    const resumed = expectSuccess(await control.resume(host, byCommand(tree.token)));
    expect(statesOf(tree.pids())).not.toContain('T');
    tookMs.resume.push(resumed.tookMs);
  }
  const { pause, resume } = tookMs;
  console.log(
    `warm ${warmMs.toFixed(0)} ms; pause median ${quantile(pause, 0.5)} p95 ${quantile(pause, 0.95)} ms; ` +
      `resume median ${quantile(resume, 0.5)} p95 ${quantile(resume, 0.95)} ms`,
  );
  // Far above what it takes: this tells a lost connection or a lost TCP_NODELAY on a busy machine, no more.
  expect(Number(quantile(pause, 0.5))).toBeLessThan(500);
});

it('catches an app that starts new processes all the time', async () => {
  const { control, host } = parts();
  const tree = await app(forker, 10);
  for (let round = 0; round < 3; round++) {
    expectSuccess(await control.pause(host, byCommand(tree.token)));
    const before = tree.pids();
    expect(new Set(statesOf(before))).toEqual(new Set('T'));
    await sleep(100);
    expect(tree.pids()).toEqual(before);
    expectSuccess(await control.resume(host, byCommand(tree.token)));
    await sleep(50);
  }
});

describe('an app that was looked at before', () => {
  it('is paused whole when it has grown since, and when a part of it has left its parent', async () => {
    const { control, host } = parts();
    // On a signal, another child is born and the old one loses its parent.
    const tree = await app('sh -c "sleep 1000 & wait" & trap "kill -9 $!; sleep 1001 & sleep 1002 &" USR1; while :; do wait; done', 3);
    const target = byCommand(tree.token);
    const before = expectSuccess(await control.read(host, target)).pids;
    const leaves = before.at(-1) ?? 0;
    process.kill(tree.pid, 'SIGUSR1');
    await expect.poll(() => tree.pids().length === 3 && !tree.pids().includes(leaves)).toBe(true);
    const all = [...tree.pids(), leaves];
    expect(inOrder(all)).not.toEqual(inOrder(before));
    try {
      const paused = expectSuccess(await control.pause(host, target));
      expect(inOrder(paused.pids)).toEqual(inOrder(all));
      expect(statesOf(all)).toBe('TTTT');
      expect(inOrder(expectSuccess(await control.resume(host, target)).pids)).toEqual(inOrder(all));
      expect(statesOf(all)).not.toContain('T');
    } finally {
      process.kill(leaves, 'SIGKILL');
    }
  });

  it('is let run on where it became one that must never be stopped', async () => {
    const { control, host } = parts();
    const tree = await app('trap "echo sshd >/proc/$$/comm" USR1; sleep 1000 & while :; do wait; done', 2);
    const target = byCommand(tree.token);
    expectSuccess(await control.read(host, target));
    process.kill(tree.pid, 'SIGUSR1');
    await expect.poll(() => nameOf(tree.pid)).toBe('sshd');
    expect(expectSuccess(await control.pause(host, target)).pids).not.toContain(tree.pid);
    expect(statesOf(tree.pids())).toMatch(/^[^T]T$/);
    expectSuccess(await control.resume(host, target));
  });

  it('runs on when it can no longer be told from others', async () => {
    const { control, host } = parts();
    const tree = await app(threeGenerations, 5);
    const target = byCommand(`${tree.token}|^(x+x+)+y`);
    expectSuccess(await control.read(host, target));
    // A command line on which this pattern takes years.
    const stranger = spawn('sleep', ['1000'], { argv0: 'x'.repeat(60), stdio: 'ignore' });
    try {
      await once(stranger, 'spawn');
      expectFailure(await control.pause(host, target), 'bad-input');
      expect(statesOf(tree.pids())).not.toContain('T');
    } finally {
      stranger.kill('SIGKILL');
    }
    expectSuccess(await control.pause(host, target));
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expectSuccess(await control.resume(host, target));
  });

  it('is stopped and verified with one order', async () => {
    const { control, host } = parts();
    const tree = await app(threeGenerations, 5);
    expectSuccess(await control.read(host, byCommand(tree.token)));
    expect(expectSuccess(await control.pause(host, byCommand(tree.token))).tries).toBe(1);
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expectSuccess(await control.resume(host, byCommand(tree.token)));
  });
});

it('finishes a pause that was half done, and tells so before', async () => {
  const { control, host } = parts();
  const tree = await app(threeGenerations, 5);
  const last = tree.pids().at(-1) ?? 0;
  process.kill(last, 'SIGSTOP');
  expect(expectSuccess(await control.read(host, byCommand(tree.token)))).toMatchObject({ state: 'mixed', method: null });
  expectSuccess(await control.pause(host, byCommand(tree.token)));
  expect(statesOf(tree.pids())).toBe('TTTTT');
  expectSuccess(await control.resume(host, byCommand(tree.token)));
  expect(stateOf(last)).not.toBe('T');
});

it('succeeds when a part of the app dies while it is paused', async () => {
  const { control, host } = parts();
  const tree = await app(threeGenerations, 5);
  expectSuccess(await control.pause(host, byCommand(tree.token)));
  process.kill(tree.pids().at(-1) ?? 0, 'SIGKILL');
  const resumed = expectSuccess(await control.resume(host, byCommand(tree.token)));
  expect(resumed.pids).toHaveLength(4);
});

it('resumes children that were paused even when their parent was killed meanwhile', async () => {
  const { control, host } = parts();
  const tree = await app(threeGenerations, 5);
  const target = byCommand(tree.token);
  const all = tree.pids();
  expectSuccess(await control.pause(host, target));
  process.kill(tree.pid, 'SIGKILL');
  await expect.poll(() => ['Z', null].includes(stateOf(tree.pid))).toBe(true);
  const orphans = all.filter((pid) => pid !== tree.pid);
  try {
    expect(expectSuccess(await control.read(host, target))).toMatchObject({ state: 'paused' });
    expect(inOrder(expectSuccess(await control.resume(host, target)).pids)).toEqual(inOrder(orphans));
    expect(statesOf(orphans)).not.toContain('T');
  } finally {
    for (const pid of orphans) process.kill(pid, 'SIGKILL');
  }
});

describe('odd command lines', () => {
  it.each([
    ['line breaks', ['a\nb', '\n\n']],
    ['an imitated process', ['\n\n1 (init) S 0 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0\nsh\n\n']],
    ['bytes that are no text', ['\u0001\u001b[2J\u007f', 'ÿ\u{1F3AE}']],
    ['words of the shell', ['$(touch /tmp/x)', '; kill -9 1;', "'`\"", '*', '\\']],
    ['great length', ['x'.repeat(60_000)]],
  ])('with %s', async (_what, args) => {
    const { control, host } = parts();
    const tree = await app(threeGenerations, 5, args);
    const paused = expectSuccess(await control.pause(host, byCommand(tree.token)));
    expect(inOrder(paused.pids)).toEqual(inOrder(tree.pids()));
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expectSuccess(await control.resume(host, byCommand(tree.token)));
  });

  it('are matched over all arguments, joined by spaces', async () => {
    const { control, host } = parts();
    const tree = await app(threeGenerations, 5, ['--level', 'zwei & drei']);
    expect(expectSuccess(await control.read(host, byCommand(`^sh -c .* ${tree.token} --level zwei & drei$`))).pids).toHaveLength(5);
  });
});

describe('pid files', () => {
  it.each([
    ['nothing', '', 'does not begin with a process id'],
    ['words', 'hello 12\n', 'does not begin with a process id'],
    ['a negative number', '-1\n', 'does not begin with a process id'],
    ['init', '1\n', 'must not stop'],
    ['a process that has ended', '4194303\n', 'has ended'],
    ['a number beyond all pids', '99999999999999999999999\n', 'has ended'],
  ])('with %s are refused', async (_what, text, why) => {
    const { control, host, directory } = parts();
    const path = join(directory, "it's a file.pid");
    await writeFile(path, text);
    const failed = expectFailure(await control.pause(host, { by: 'pid-file', path }), 'app-not-found');
    expect(failed.message).toContain(why);
  });

  it('that name the SSH server are refused: Athena would lock itself out', async () => {
    const { control, host, directory, server } = parts();
    const path = join(directory, 'sshd.pid');
    await writeFile(path, String(server.pid));
    expect(expectFailure(await control.pause(host, { by: 'pid-file', path }), 'app-not-found').message).toContain('must not stop');
    expect(stateOf(server.pid)).not.toBe('T');
  });
});

it('never stops Athena itself, when the host is the machine it runs on', async () => {
  const { control, host, directory } = parts();
  const path = join(directory, 'athena.pid');
  for (const pid of [process.pid, process.ppid]) {
    await writeFile(path, String(pid));
    expect(expectFailure(await control.pause(host, { by: 'pid-file', path }), 'app-not-found').message).toContain('must not stop');
  }
});

it('refuses a pattern that would keep it busy for years, and works on', async () => {
  const { control, host } = parts();
  const tree = await app(threeGenerations, 5, ['a'.repeat(60)]);
  expectFailure(await control.pause(host, byCommand(`${tree.token} (a+)+!`)), 'bad-input');
  expectSuccess(await control.read(host, byCommand(tree.token)));
});

it.runIf(process.getuid?.() === 0)("says whose fault it is when the app runs as somebody else", async () => {
  const nobody = 65_534;
  const server = await startOddSshServer({ serve: (channel) => shellBehind(channel, ['sh'], nobody) });
  const { control, directory, ownKnownHosts, dispose } = await createControl();
  try {
    await chmod(directory, 0o755);
    await writeFile(ownKnownHosts, `${server.knownHosts.join('\n')}\n`);
    const tree = await app(threeGenerations, 5);
    const failed = expectFailure(await control.pause(hostAt(server), byCommand(tree.token)), 'permission-denied');
    expect(failed.message).toContain(String(tree.pid));
    expect(failed.advice).toContain('ssh.user');
    expect(statesOf(tree.pids())).not.toContain('T');
    const path = join(directory, 'secret.pid');
    await writeFile(path, String(tree.pid), { mode: 0o600 });
    expectFailure(await control.pause(hostAt(server), { by: 'pid-file', path }), 'permission-denied');
  } finally {
    await dispose();
    await server.stop();
  }
});
