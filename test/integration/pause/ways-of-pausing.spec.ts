// Proves that each way of pausing reaches its driver as the app joins them: commands, keys on a real display, machines, quitting.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { composePausing, type Pausing } from '../../../electron/compose-pausing';
import type { PauseTarget } from '../../../electron/common/entry';
import { success } from '../../../electron/common/result';
import { PauseSecrets } from '../../../electron/domain/pause/pause-secrets';
import type { VmState } from '../../../electron/adapters/pause/proxmox-answer';
import { VmDriver } from '../../../electron/adapters/pause/vm-driver';
import { hostWith, proxmoxToken, sshSide, windowsSide } from '../../contract/app-driver/worlds';
import { FakeHostControl } from '../../fakes/fake-host-control';
import { FakeSecretStore } from '../../fakes/fake-secret-store';
import { SilentLog } from '../../fakes/silent-log';
import { startProxmoxStandIn } from '../../peers/proxmox-stand-in';
import { makeSelfSigned } from '../../peers/self-signed';
import { startXvfb } from '../../peers/xvfb';
import { startPeerProcess } from '../../peers/peer-process';
import { startApp, stateOf, threeGenerations } from './app-tree';
import { expectFailure, expectSuccess } from './host-world';

const clock = new SystemClock();
const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function pausingWith(side: { ssh: { knownHostsFile: string; user?: { homeDirectory: string; knownHostsFiles: readonly string[] } } }, secrets = new PauseSecrets(new FakeSecretStore(), new SilentLog())): Pausing & { readonly suspended: string[]; readonly quits: string[] } {
  const suspended: string[] = [];
  const quits: string[] = [];
  const pausing = composePausing({
    clock,
    log: new SilentLog(),
    knownHostsFile: side.ssh.knownHostsFile,
    secrets,
    gameStream: {
      quit: async (hostId) => success(quits.push(hostId) > 0 ? null : null),
      isRunning: async () => success(quits.length === 0),
    },
    entryName: () => 'Game',
    onSuspended: ({ id }) => suspended.push(id),
    ...(side.ssh.user && { user: side.ssh.user }),
  });
  closing.push(() => pausing.control.close());
  return { ...pausing, suspended, quits };
}

describe('the drivers, as the app joins them', () => {
  it('run a command on this machine, and tell one that does not do', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'athena-own-'));
    closing.push(() => rm(directory, { recursive: true, force: true }));
    const file = join(directory, 'paused; not a shell');
    const { control } = pausingWith({ ssh: { knownHostsFile: join(directory, 'known_hosts') } });
    const target: PauseTarget = { by: 'own-command', on: 'here', pause: ['touch', file], resume: ['rm', file], read: ['test', '-e', file] };
    const host = hostWith({});
    expect(expectSuccess(await control.pause(host, target))).toMatchObject({ method: 'own-command', tries: 1 });
    expect((await stat(file)).isFile()).toBe(true);
    expect(expectSuccess(await control.read(host, target)).state).toBe('paused');
    expectSuccess(await control.resume(host, target));
    const broken = { ...target, pause: ['true'] };
    expectFailure(await control.pause(host, broken), 'not-verified');
    expectFailure(await control.pause(host, { ...target, pause: ['/no/such/program'] }), 'not-found');
    const { read: _none, ...unread } = target;
    expect(expectSuccess(await control.pause(host, unread)).verified).toBe(false);
  });

  it('never touch an app of the policy "never", and end one whose entry asks for that', async () => {
    const { control, quits } = pausingWith({ ssh: { knownHostsFile: '/nonexistent/known_hosts' } });
    expectFailure(await control.pause(hostWith({}), { by: 'never', because: 'online' }), 'not-supported');
    expect(expectSuccess(await control.pause(hostWith({}), { by: 'quit' }))).toMatchObject({ method: 'quit', tries: 1 });
    expect(quits).toEqual(['desk']);
    expect(expectSuccess(await control.read(hostWith({}), { by: 'quit' })).state).toBe('gone');
    expectSuccess(await control.resume(hostWith({}), { by: 'quit' }));
  });

  it('press a real key on a real display, and never call that verified', async () => {
    const display = await startXvfb();
    closing.push(() => display.stop());
    const env = { DISPLAY: display.display };
    const listener = await startPeerProcess({ command: 'xev', args: ['-event', 'keyboard', '-geometry', '600x600+0+0'], env });
    closing.push(() => listener.stop());
    await sleep(300);
    // Without a window manager keys go to the window under the pointer.
    await promisify(execFile)('xdotool', ['mousemove', '100', '100'], { env: { ...process.env, ...env } });
    const side = await sshSide(env);
    closing.push(() => side.dispose());
    const { control } = pausingWith(side);
    const host = hostWith({ ssh: side.access });
    const target: PauseTarget = { by: 'key', key: 'F10' };
    expect(expectSuccess(await control.pause(host, target))).toMatchObject({ method: 'key', verified: false, tries: 1 });
    expect(expectSuccess(await control.pause(host, target)).tries).toBe(0);
    expect(expectSuccess(await control.read(host, target))).toMatchObject({ state: 'paused', verified: false });
    expectSuccess(await control.resume(host, target));
    const presses = (): number => listener.output().split('KeyPress event').length - 1;
    for (let waits = 0; presses() < 2 && waits < 100; waits++) await sleep(20);
    expect(presses()).toBe(2);
    expect(listener.output()).toContain('F10');
  });

  it('suspend a Windows tree and a Proxmox machine through the one port', async () => {
    const side = await windowsSide();
    closing.push(() => side.dispose());
    const certificate = await makeSelfSigned();
    const api = await startProxmoxStandIn(certificate, proxmoxToken);
    closing.push(() => api.stop());
    const secrets = new PauseSecrets(new FakeSecretStore(), new SilentLog());
    const { control, suspended } = pausingWith(side, secrets);
    const game = await startApp(threeGenerations, 5);
    closing.push(() => game.stop());
    const host = hostWith({ ssh: side.access, vmHost: { address: '127.0.0.1' } });
    const windows: PauseTarget = { by: 'windows-command', pattern: `${game.token}$` };
    expectSuccess(await control.warm(host, windows));
    expectSuccess(await control.pause(host, windows));
    expect(game.pids().every((pid) => stateOf(pid) === 'T')).toBe(true);
    expectSuccess(await control.resume(host, windows));

    const [tokenId = '', secret = ''] = proxmoxToken.split('=');
    // Resumed for an attempt, the app inside is stopped at once: over SSH, as it stays until the count-down is over.
    const machine: PauseTarget = { by: 'proxmox', port: api.port, node: 'pve', vmid: 101, tokenId, fingerprint: certificate.fingerprint, processes: windows };
    expectFailure(await control.pause(host, machine), 'auth-refused');
    await secrets.give(host, machine, secret);
    expectSuccess(await control.pause(host, machine));
    expect([api.machine.qmpstatus, suspended]).toEqual(['paused', ['desk']]);
    expectSuccess(await control.awaken(host, machine));
    expect(api.machine.qmpstatus).toBe('running');
    expect(game.pids().every((pid) => stateOf(pid) === 'T')).toBe(true);
    expect(expectSuccess(await control.read(host, machine))).toMatchObject({ state: 'paused', method: 'suspended' });
    expectSuccess(await control.resume(host, machine));
    expect(game.pids().some((pid) => stateOf(pid) === 'T')).toBe(false);
  });
});

describe('a machine without named processes', () => {
  it('is suspended again when nobody comes back to it, and stays running when somebody does', async () => {
    let state: VmState = { kind: 'running' };
    const vm = {
      state: async () => success(state),
      order: async (_host: unknown, _target: unknown, wanted: 'suspend' | 'resume') => {
        state = { kind: wanted === 'suspend' ? 'suspended' : 'running' };
        return success(null);
      },
    };
    const driver = new VmDriver({ vm, processes: () => new FakeHostControl(clock), clock, log: new SilentLog(), onSuspended: () => undefined, attemptMs: 150 });
    const target = { by: 'libvirt', domain: 'win' } as const;
    const host = hostWith({});
    expectSuccess(await driver.pause(host, target));
    expectSuccess(await driver.awaken(host, target));
    expect(state.kind).toBe('running');
    await sleep(400);
    expect(state.kind).toBe('suspended');
    expectSuccess(await driver.awaken(host, target));
    expectSuccess(await driver.resume(host, target));
    await sleep(400);
    expect(state.kind).toBe('running');
    driver.close();
  });
});
