// The world of the supervision measurement: real servers on loopback, a real process tree as the app, and Athena's own engine.
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryFormSchema } from '../../electron/common/library';
import type { EntryId, HostId } from '../../electron/common/ids';
import type { Services } from '../../electron/domain/services';
import type { LaunchPlan } from '../../electron/domain/session/stream-client';
import { noCrashLimits } from '../../electron/domain/session/crash-loop';
import { startPeerProcess } from '../peers/peer-process';
import { processTree } from '../peers/process-tree';
import { startSshServer, type SshServer } from '../peers/ssh-server';
import { startVncServer } from '../peers/vnc-server';
import { startXvfb } from '../peers/xvfb';
import type { BenchOptions } from './bench';
import type { BuiltEngine } from './built-engine';

export interface SupervisionWorld {
  readonly services: Services;
  readonly entryId: EntryId;
  readonly hostId: HostId;
  readonly ssh: SshServer;
  /** What Athena starts, for the bare floor beside it. */
  readonly clientPlan: LaunchPlan;
  /** The app's processes, root first. */
  readonly appPids: readonly number[];
}

/** The root, a child of it, and that child's child: none of the children has the token in its command line. */
const appScript = 'sh -c "sleep 100000 & wait" & wait';
const appProcesses = 3;

/** @throws when a server, the client or the built threads are missing */
export async function createSupervisionWorld({ cleanUp }: Pick<BenchOptions, 'cleanUp'>, { compose, builtDirectory }: BuiltEngine): Promise<SupervisionWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-bench-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  const display = await startXvfb();
  cleanUp.add(() => display.stop());
  const vnc = await startVncServer();
  cleanUp.add(() => vnc.stop());
  const ssh = await startSshServer();
  cleanUp.add(() => ssh.stop());
  const token = `athena-bench-app-${randomBytes(6).toString('hex')}`;
  // In a session of its own: a Ctrl+C would end the root, which then could not be asked for its children.
  const app = await startPeerProcess({ command: 'setsid', args: ['sh', '-c', appScript, token] });
  cleanUp.add(() => app.stop());

  // The session thread hands its environment on to the client. No keyring of the user's is asked.
  process.env['DISPLAY'] = display.display;
  delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  const config = join(directory, 'config');
  await mkdir(config);
  await copyFile(ssh.knownHostsFile, join(config, 'known_hosts'));
  const nobody = { file: '/bin/false', leadingArgs: [], env: {} };
  const services = await compose({
    directories: { config, data: join(directory, 'data'), state: join(directory, 'state'), cache: join(directory, 'cache') },
    builtDirectory,
    version: 'bench',
    practice: { host: nobody, moonlight: nobody, window: null },
    logToTerminal: false,
    crashLimits: noCrashLimits, // it crashes on purpose, again and again
  });
  cleanUp.add(() => services.dispose());

  const form = entryFormSchema.parse({
    name: 'Bench',
    protocol: 'vnc',
    address: '127.0.0.1',
    port: vnc.port,
    ssh: { user: ssh.user, port: ssh.port, keyFile: ssh.privateKeyFile },
    pause: { by: 'command', pattern: token },
    resumeCountdownS: 0,
  });
  const added = await services.library.add(form);
  if (!added.ok) throw new Error(added.failure.message);
  const entry = services.library.entry(added.value);
  if (!entry) throw new Error('the entry is not in the library');
  await services.passwords.give(entry.id, vnc.password, false);
  return {
    services,
    entryId: entry.id,
    hostId: entry.host,
    ssh,
    clientPlan: await planOf(services, entry.id, vnc.port),
    appPids: await appPidsOf(app.pid),
  };
}

async function planOf(services: Services, entryId: EntryId, port: number): Promise<LaunchPlan> {
  const chosen = await services.clients.choose('vnc');
  if (chosen.kind === 'missing') throw new Error(`${chosen.missing.displayName} is not installed. ${chosen.missing.advice}`);
  const plan = chosen.client.plan(chosen.found, {
    address: '127.0.0.1',
    port,
    username: null,
    password: await services.passwords.read(entryId),
    fullScreen: false,
    title: 'floor',
    certificateFingerprint: null,
  });
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

async function appPidsOf(root: number): Promise<readonly number[]> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const pids = processTree(root).map(({ pid }) => pid);
    if (pids.length === appProcesses) return pids;
    if (performance.now() > deadline) throw new Error(`the app has ${pids.length} processes instead of ${appProcesses}`);
    await sleep(10);
  }
}
