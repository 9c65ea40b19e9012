// Each way of pausing with what it talks to: the real thing where it can be here, and a stand-in that speaks like it.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openConnection } from '../../../electron/adapters/pause/ssh-connection';
import { OwnCommandDriver } from '../../../electron/adapters/pause/own-command-driver';
import { ProxmoxSwitch } from '../../../electron/adapters/pause/proxmox';
import { SshHostControl } from '../../../electron/adapters/pause/ssh-host-control';
import { SshLinks } from '../../../electron/adapters/pause/ssh-links';
import { VirshSwitch } from '../../../electron/adapters/pause/virsh';
import { VmDriver } from '../../../electron/adapters/pause/vm-driver';
import { WebhookDriver } from '../../../electron/adapters/pause/webhook-driver';
import { WindowsDriver } from '../../../electron/adapters/pause/windows-driver';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { pauseTargetSchema, type PauseTarget, type TargetOf } from '../../../electron/common/entry';
import { hostRecordSchema, type HostRecord } from '../../../electron/common/host';
import type { AppDriver } from '../../../electron/domain/pause/app-driver';
import { Secret } from '../../../electron/domain/secret';
import { SilentLog } from '../../fakes/silent-log';
import { startApp, stateOf, threeGenerations } from '../../integration/pause/app-tree';
import { findFreePort } from '../../peers/loopback-port';
import { startProxmoxStandIn } from '../../peers/proxmox-stand-in';
import { makeSelfSigned } from '../../peers/self-signed';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { startVirshRelay } from '../../peers/virsh-relay';

export interface DriverWorld {
  readonly driver: AppDriver;
  readonly host: HostRecord;
  readonly target: PauseTarget;
  readonly log: SilentLog;
  /** As the app itself shows it, not as the driver says. */
  state(): Promise<'running' | 'paused' | 'gone'>;
  /** Null: this way of pausing can't see that. */
  readonly endApp: (() => Promise<void>) | null;
  takeDown(): Promise<void>;
  dispose(): Promise<void>;
}

const clock = new SystemClock();

interface SshSide {
  readonly server: SshServer;
  readonly directory: string;
  readonly log: SilentLog;
  readonly ssh: ConstructorParameters<typeof SshHostControl>[0];
  readonly access: { readonly user: string; readonly port: number; readonly keyFile: string };
  dispose(): Promise<void>;
}

export async function sshSide(environment: Readonly<Record<string, string>> = {}): Promise<SshSide> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-driver-'));
  const server = await startSshServer({ port: await findFreePort(), stateDirectory: directory, environment });
  const log = new SilentLog();
  return {
    server,
    directory,
    log,
    ssh: { knownHostsFile: server.knownHostsFile, clock, log, user: { homeDirectory: directory, knownHostsFiles: [] } },
    access: { user: server.user, port: server.port, keyFile: server.privateKeyFile },
    dispose: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A host whose `powershell` is the stand-in. */
export async function windowsSide(more: Readonly<Record<string, string>> = {}): Promise<SshSide> {
  const bin = await mkdtemp(join(tmpdir(), 'athena-powershell-'));
  const program = join(bin, 'powershell');
  const standIn = resolve(import.meta.dirname, '../../peers/powershell-stand-in.mjs');
  await writeFile(program, `#!/bin/sh\nexec ${process.execPath} ${standIn} "$@"\n`);
  await chmod(program, 0o755);
  const side = await sshSide({ PATH: `${bin}:/usr/bin:/bin`, LOCALAPPDATA: bin, ...more });
  return {
    ...side,
    dispose: async () => {
      await side.dispose();
      await rm(bin, { recursive: true, force: true });
    },
  };
}

export function hostWith(part: Record<string, unknown>): HostRecord {
  return hostRecordSchema.parse({ id: 'desk', name: 'Desk', address: '127.0.0.1', ...part });
}

async function processWorld(side: SshSide, driver: AppDriver, by: 'command' | 'windows-command'): Promise<DriverWorld> {
  const app = await startApp(threeGenerations, 5);
  return {
    driver,
    host: hostWith({ ssh: side.access }),
    target: { by, pattern: `${app.token}$` },
    log: side.log,
    state: async () => {
      const states = app.pids().map(stateOf);
      if (states.length === 0) return 'gone';
      return states.every((state) => state === 'T') ? 'paused' : 'running';
    },
    endApp: () => app.stop(),
    takeDown: () => side.server.stop(),
    dispose: async () => {
      driver.close();
      await app.stop();
      await side.dispose();
    },
  };
}

export async function linuxWorld(): Promise<DriverWorld> {
  const side = await sshSide();
  return processWorld(side, new SshHostControl(side.ssh), 'command');
}

export async function windowsWorld(): Promise<DriverWorld> {
  const side = await windowsSide();
  return processWorld(side, new WindowsDriver(side.ssh), 'windows-command');
}

export async function libvirtWorld(): Promise<DriverWorld> {
  const relay = await startVirshRelay();
  const side = await sshSide({ PATH: `${relay.directory}:/usr/bin:/bin` });
  const driver = new VmDriver<TargetOf<'libvirt'>>({
    vm: new VirshSwitch(new SshLinks(side.ssh, openConnection)),
    processes: () => new SshHostControl(side.ssh),
    clock,
    log: side.log,
    onSuspended: () => undefined,
  });
  return {
    driver,
    host: hostWith({ vmHost: { address: '127.0.0.1', ssh: side.access } }),
    target: { by: 'libvirt', domain: relay.domain },
    log: side.log,
    state: async () => {
      const told = await relay.state();
      return told === 'running' || told === 'paused' ? told : 'gone';
    },
    endApp: async () => void (await relay.run(['destroy', relay.domain])),
    takeDown: () => side.server.stop(),
    dispose: async () => {
      driver.close();
      await side.dispose();
      await relay.stop();
    },
  };
}

export const proxmoxToken = 'athena@pve!pause=11111111-2222-3333-4444-555555555555';

export async function proxmoxWorld(): Promise<DriverWorld> {
  const certificate = await makeSelfSigned();
  const standIn = await startProxmoxStandIn(certificate, proxmoxToken);
  const log = new SilentLog();
  const driver = new VmDriver<TargetOf<'proxmox'>>({
    vm: new ProxmoxSwitch({ secrets: { read: async () => new Secret(proxmoxToken.split('=')[1] ?? ''), forgetHeld: () => undefined }, clock, answerMs: 2_000 }),
    processes: () => {
      throw new Error('no processes are named');
    },
    clock,
    log,
    onSuspended: () => undefined,
  });
  const [tokenId = ''] = proxmoxToken.split('=');
  return {
    driver,
    host: hostWith({ vmHost: { address: '127.0.0.1' } }),
    target: pauseTargetSchema.parse({ by: 'proxmox', port: standIn.port, node: 'pve', vmid: 101, tokenId, fingerprint: certificate.fingerprint }),
    log,
    state: async () => (standIn.machine.qmpstatus === 'stopped' ? 'gone' : standIn.machine.qmpstatus),
    endApp: async () => {
      standIn.machine.status = 'stopped';
      standIn.machine.qmpstatus = 'stopped';
    },
    takeDown: () => standIn.stop(),
    dispose: async () => {
      driver.close();
      await standIn.stop();
    },
  };
}

export async function webhookWorld(): Promise<DriverWorld> {
  let state: 'running' | 'paused' = 'running';
  const server = createServer((request, response) => {
    if (request.url === '/pause') state = 'paused';
    if (request.url === '/resume') state = 'running';
    response.end(JSON.stringify({ state }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  const driver = new WebhookDriver({ secrets: { read: async () => null, forgetHeld: () => undefined }, clock, nameOf: () => 'Game', answerMs: 2_000 });
  return {
    driver,
    host: hostWith({}),
    target: { by: 'webhook', pause: `${origin}/pause`, resume: `${origin}/resume`, status: `${origin}/state` },
    log: new SilentLog(),
    state: async () => state,
    endApp: null,
    takeDown: stop,
    dispose: async () => {
      driver.close();
      await stop();
    },
  };
}

/** On the host, over SSH: the app is a file that says what it does. */
export async function ownCommandWorld(): Promise<DriverWorld> {
  const side = await sshSide();
  const shell = new SshHostControl(side.ssh);
  const driver = new OwnCommandDriver({ shell, clock });
  const app = await startApp(threeGenerations, 5);
  const kill = (signal: string): string[] => ['pkill', `-${signal}`, '-f', `${app.token}$`];
  return {
    driver: {
      ...bound(driver),
      close: (host) => {
        driver.close(host);
        shell.close(host);
      },
    },
    host: hostWith({ ssh: side.access }),
    target: {
      by: 'own-command',
      on: 'host',
      pause: kill('STOP'),
      resume: kill('CONT'),
      read: ['sh', '-c', 'case $(ps -o stat= -p "$0") in T*) exit 0 ;; "") echo "no such app" >&2; exit 3 ;; esac; exit 1', String(app.pid)],
    },
    log: side.log,
    state: async () => (stateOf(app.pid) === 'T' ? 'paused' : stateOf(app.pid) === null ? 'gone' : 'running'),
    endApp: null,
    takeDown: () => side.server.stop(),
    dispose: async () => {
      driver.close();
      shell.close();
      await app.stop();
      await side.dispose();
    },
  };
}

function bound(driver: AppDriver): AppDriver {
  return {
    warm: (host, target) => driver.warm(host, target),
    pause: (host, target) => driver.pause(host, target),
    resume: (host, target) => driver.resume(host, target),
    read: (host, target) => driver.read(host, target),
    close: (host) => driver.close(host),
  };
}

