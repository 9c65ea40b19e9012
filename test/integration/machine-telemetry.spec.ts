// Real figures of a real machine: through its own files, through real shells, and over a real SSH connection.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../electron/adapters/system-clock';
import { MachineReader } from '../../electron/adapters/telemetry/machine-answer';
import { machineScript } from '../../electron/adapters/telemetry/machine-script';
import { SshMachine } from '../../electron/adapters/telemetry/ssh-machine';
import { hostRecordSchema } from '../../electron/common/host';
import { telemetryFiguresSchema, telemetryReadingSchema, type TelemetryFigures, type TelemetryReading } from '../../electron/common/telemetry';
import { ProbeOwner } from '../../electron/threads/probe-owner';
import { SilentLog } from '../fakes/silent-log';
import { processTree } from '../peers/process-tree';
import { startSshServer } from '../peers/ssh-server';
import { bundleThread } from '../threads-bundle';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** What Linux tells everywhere, also in a container. */
function expectWholeReading(figures: TelemetryFigures): void {
  expect(telemetryFiguresSchema.parse(figures)).toEqual(figures);
  expect(figures.uptimeS).toBeGreaterThan(0);
  expect(figures.udpRcvErrors).toBeGreaterThanOrEqual(0);
  expect(figures.stealPct).toBeGreaterThanOrEqual(0);
}

describe('the machine script', () => {
  const shells: readonly (readonly string[])[] = [['dash'], ['bash', '--posix'], ['busybox', 'sh']];

  it.each(shells.filter(([shell = '']) => spawnSync(shell, ['--help']).error === undefined))('answers each beat in %s, and ends with its input', async (file = '', ...args) => {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    ends.push(() => child.kill('SIGKILL'));
    const reader = new MachineReader('0123abcd');
    const figures: TelemetryFigures[] = [];
    let isReady = false;
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      for (const saying of reader.take(text)) {
        if (saying.kind === 'figures') figures.push(saying.figures);
        else isReady = true;
      }
    });
    child.stdin.write(machineScript('0123abcd'));
    await vi.waitFor(() => expect(isReady).toBe(true), { timeout: 5_000 });
    child.stdin.write('\n');
    await vi.waitFor(() => expect(figures).toHaveLength(1), { timeout: 5_000 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.stdin.write('\n');
    await vi.waitFor(() => expect(figures).toHaveLength(2), { timeout: 5_000 });
    expectWholeReading(figures[1] ?? {});
    expect(figures[1]?.psiCpu !== undefined).toBe(spawnSync('cat', ['/proc/pressure/cpu']).status === 0);
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });
});

describe('over SSH', () => {
  const server = beforeAllSsh();

  it('tells once a second, through one shell that ends with the connection', async () => {
    const { port, user, privateKeyFile, knownHostsFile, pid } = server();
    const host = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '127.0.0.1', ssh: { user, port, keyFile: privateKeyFile } });
    const told: TelemetryFigures[] = [];
    const machine = new SshMachine({ host, knownHostsFile, clock: new SystemClock(), log: new SilentLog(), told: (figures) => told.push(figures) });
    ends.push(() => machine.dispose());
    await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(3), { timeout: 15_000 });
    expectWholeReading(told[1] ?? {});
    const shells = shellsOf(pid);
    // The one that answers, and the one that every connection opens first.
    expect(shells.length).toBeLessThanOrEqual(2);
    expect(shells.length).toBeGreaterThanOrEqual(1);
    machine.dispose();
    const count = told.length;
    await vi.waitFor(() => expect(shellsOf(pid)).toEqual([]), { timeout: 5_000 });
    expect(told).toHaveLength(count);
  }, 30_000);

  it('connects again when the connection was cut', async () => {
    const { port, user, privateKeyFile, knownHostsFile, pid } = server();
    const host = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '127.0.0.1', ssh: { user, port, keyFile: privateKeyFile } });
    const told: TelemetryFigures[] = [];
    const machine = new SshMachine({ host, knownHostsFile, clock: new SystemClock(), log: new SilentLog(), told: (figures) => told.push(figures) });
    ends.push(() => machine.dispose());
    await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(1), { timeout: 15_000 });
    for (const shell of shellsOf(pid)) process.kill(shell, 'SIGKILL');
    const count = told.length;
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(count + 1), { timeout: 15_000 });
  }, 40_000);

  it('tells nothing of a host whose key nobody has vouched for', async () => {
    const { port, user, privateKeyFile } = server();
    const host = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '127.0.0.1', ssh: { user, port, keyFile: privateKeyFile } });
    const told: TelemetryFigures[] = [];
    const log = new SilentLog();
    const machine = new SshMachine({ host, knownHostsFile: '/nonexistent/known_hosts', clock: new SystemClock(), log, told: (figures) => told.push(figures) });
    ends.push(() => machine.dispose());
    await vi.waitFor(() => expect(log.heard.map(({ message }) => message)).toContain('no connection for telemetry'), { timeout: 10_000 });
    expect(told).toEqual([]);
  }, 20_000);
});

describe('of this machine', () => {
  it('comes from the probe thread once a second', async () => {
    const owner = new ProbeOwner(await bundleThread('electron/threads/probe-thread.ts'), new SystemClock(), new SilentLog());
    ends.push(() => owner.dispose());
    const told: TelemetryReading[] = [];
    owner.onTelemetry((reading) => told.push(reading));
    owner.observe(null);
    await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
    for (const reading of told) expect(telemetryReadingSchema.parse(reading)).toEqual(reading);
    expect(told[0]?.source).toEqual({ kind: 'self' });
    expectWholeReading(told[2]?.figures ?? {});
    expect((told[2]?.atMs ?? 0) - (told[1]?.atMs ?? 0)).toBeGreaterThan(700);
    await owner.dispose();
    await vi.waitFor(() => expect(processTree(process.pid).filter(({ pid }) => read(`/proc/${pid}/comm`).trim() === 'tc')).toEqual([]), { timeout: 3_000 });
  }, 20_000);
});

function beforeAllSsh(): () => Awaited<ReturnType<typeof startSshServer>> {
  const place: { server: Awaited<ReturnType<typeof startSshServer>> | null } = { server: null };
  beforeAll(async () => {
    const server = await startSshServer();
    place.server = server;
    return () => server.stop();
  }, 20_000);
  return () => {
    if (place.server === null) throw new Error('the server has not been started');
    return place.server;
  };
}

/** That this sshd has started, for whoever is logged in. */
function shellsOf(sshdPid: number): number[] {
  return processTree(sshdPid).flatMap(({ pid }) => (read(`/proc/${pid}/comm`).trim() === 'sh' ? [pid] : []));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // it has just ended
  }
}
