// The world of one cell: a near place with a user of Athena's command line, and a far one with a server, an sshd and an app.
import { readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CleanUp } from '../../bench/clean-up';
import { CliUser, type Ran, type RunningAthena } from '../../integration/cli/athena-cli';
import { byCommand } from '../../integration/pause/host-world';
import { removeReports, watchdogsOf } from '../../integration/pause/lease-world';
import { findFreePort } from '../../peers/loopback-port';
import { processTree, signalProcess } from '../../peers/process-tree';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { startXvfb } from '../../peers/xvfb';
import { bundleThread } from '../../threads-bundle';
import { makeFaultyNetwork, type Command, type FaultyNetwork } from './faulty-network';
import { appName, startHostSide, type ClientName, type HostSide } from './host-side';
import { startRemoteApp, type RemoteApp } from './remote-app';

export interface CellWorld {
  /** Null: everything is on loopback. */
  readonly network: FaultyNetwork | null;
  readonly host: HostSide;
  readonly app: RemoteApp;
  readonly user: CliUser;
  /** One command of Athena's, to its end. */
  run(args: readonly string[], input?: string): Promise<Ran>;
  /** `athena launch --wait --json` of the cell's entry. */
  launch(): RunningAthena;
  /** With the sessions and the watchdogs it serves. */
  killSsh(): Promise<void>;
  startSsh(): Promise<void>;
  /** What Athena has on the host: watchdogs of the app, and what serves its connections. Command lines. */
  remains(): readonly string[];
}

export interface WorldOptions {
  readonly client: ClientName;
  /** none: on loopback. */
  readonly network: 'none' | 'cable' | 'impairable';
  /** The library names the host by its name instead of its address. */
  readonly byName?: boolean;
  /** Where Athena and the screens of its clients are. */
  readonly stage: Stage;
}

/** What cells share. */
export interface Stage {
  /** A copy of the built command line: others may build while a campaign runs. */
  readonly script: string;
  /** practice-host-driver.ts, built. */
  readonly practiceHostScript: string;
  readonly display: string;
}

const root = resolve(import.meta.dirname, '../../..');
const entryId = 'desk';
const longestCommand = 80;
const listenersExpected = 100;
/** Long enough to be seen, and no longer: every cell waits for it. */
const countDownS = 1;

/** @throws when out/ is not built, or there is no Xvfb */
export async function setStage(cleanUp: CleanUp): Promise<Stage> {
  process.setMaxListeners(listenersExpected); // every peer has its end tied to ours
  const screen = await startXvfb();
  cleanUp.add(() => screen.stop());
  // Inside node_modules, so that its packages are found.
  const parent = join(root, 'node_modules', '.cache', 'athena-test');
  await mkdir(parent, { recursive: true });
  const copy = await mkdtemp(join(parent, 'build-'));
  cleanUp.add(() => rm(copy, { recursive: true, force: true }));
  await cp(join(root, 'out', 'main'), join(copy, 'main'), { recursive: true });
  const practiceHostScript = await bundleThread('test/faults/matrix/practice-host-driver.ts');
  return { script: join(copy, 'main', 'cli.cjs'), practiceHostScript, display: screen.display };
}

export async function createCellWorld(options: WorldOptions, cleanUp: CleanUp): Promise<CellWorld> {
  const { client, stage } = options;
  const network = options.network === 'none' ? null : await makeFaultyNetwork(options.network === 'impairable');
  if (network) cleanUp.add(() => network.remove());
  const there: Command = network?.inFar ?? ['env'];
  const address = network === null ? '127.0.0.1' : options.byName === true ? network.farName : network.farAddress;

  const app = await startRemoteApp(there, cleanUp);
  const target = byCommand(app.token);
  cleanUp.add(async () => {
    for (const pid of watchdogsOf(target)) for (const member of processTree(pid)) signalProcess(member, 'SIGKILL');
    await removeReports(target);
  });
  const host = await startHostSide(client, { there, port: await findFreePort(), appPid: app.pid, practiceHostScript: stage.practiceHostScript, cleanUp });
  const stateDirectory = await mkdtemp(join(tmpdir(), 'athena-matrix-ssh-'));
  cleanUp.add(() => rm(stateDirectory, { recursive: true, force: true }));
  const elsewhere = network && { inThere: network.inFar, address: network.farAddress, aliases: [network.farName] };
  const startSsh = (port?: number): Promise<SshServer> => startSshServer({ stateDirectory, ...(port !== undefined && { port }), ...(elsewhere && { elsewhere }) });
  const ssh = { now: await startSsh() };
  cleanUp.add(() => ssh.now.stop());

  const user = await CliUser.create({ DISPLAY: stage.display, ATHENA_TEST_DISCOVERY: 'none' });
  cleanUp.add(() => user.leave());
  const start = (args: readonly string[], input?: string): RunningAthena =>
    user.start(args, {
      script: stage.script,
      env: { PATH: `${user.home}:${process.env['PATH'] ?? ''}` },
      ...(input !== undefined && { input }),
      ...(network && { wrapper: network.inNear }),
    });
  const world: CellWorld = {
    network,
    host,
    app,
    user,
    run: (args, input) => start(args, input).ended,
    launch: () => start(['launch', entryId, '--wait', '--json']),
    killSsh: async () => {
      const all = processTree(ssh.now.pid);
      for (const member of all) signalProcess(member, 'SIGKILL');
      await ssh.now.stop();
    },
    startSsh: async () => {
      ssh.now = await startSsh(ssh.now.port);
    },
    remains: () => [...new Set([...watchdogsOf(target), ...processTree(ssh.now.pid).slice(1).map(({ pid }) => pid)])].map(commandOf),
  };
  await introduce(world, stage, address, ssh.now);
  return world;
}

/** What a user does before the first launch: name the host and its entry, and vouch for what it shows. */
async function introduce({ user, host, app, run }: CellWorld, stage: Stage, address: string, ssh: SshServer): Promise<void> {
  await mkdir(join(user.home, 'config', 'athena'), { recursive: true });
  await copyFile(ssh.knownHostsFile, join(user.home, 'config', 'athena', 'known_hosts'));
  const access = { user: ssh.user, port: ssh.port, keyFile: ssh.privateKeyFile };
  const entry = { id: entryId, host: 'rig', name: 'Desk', pause: { by: 'command', pattern: app.token }, resumeCountdownS: countDownS };
  if (host.client === 'moonlight') {
    await writeMoonlight(user.home, stage);
    const paired = await run(['pair', `${address}:${host.port}`, '--pin', '0427', '--json']);
    if (paired.exitCode !== 0) throw new Error(`not paired: ${paired.stdout}${paired.stderr}`);
    const library = JSON.parse(await readFile(user.configFile, 'utf8')) as { hosts: Record<string, unknown>[] };
    const [record] = library.hosts;
    await user.config({ ...library, hosts: [{ ...record, ssh: access }], entries: [{ ...entry, host: record?.['id'], protocol: 'gamestream', app: appName }] });
    return;
  }
  const { port } = host;
  const desk = host.client === 'vnc' ? { ...entry, protocol: 'vnc', port } : { ...entry, protocol: 'rdp', port, username: 'tester' };
  await user.config({ version: 1, hosts: [{ id: 'rig', name: 'Rig', address, ssh: access }], entries: [desk] });
  if (host.client === 'rdp') {
    await expectDone(run(['password', entryId], 'S3cretPw\n'));
    await trust(run, await host.fingerprint());
  }
}

export async function trust(run: CellWorld['run'], fingerprint: string | null): Promise<void> {
  await expectDone(run(['trust', entryId, fingerprint ?? 'none']));
}

async function expectDone(ran: Promise<Ran>): Promise<void> {
  const { exitCode, stdout, stderr } = await ran;
  if (exitCode !== 0) throw new Error(`a command ended with ${String(exitCode)}: ${stdout}${stderr}`);
}

/** The practice Moonlight under the real one's name, so that Athena finds it as it would find the real one. */
async function writeMoonlight(directory: string, stage: Stage): Promise<void> {
  const script = join(dirname(stage.script), 'practice-moonlight.cjs');
  await writeFile(join(directory, 'moonlight'), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, { mode: 0o755 });
}

/** Resolves as soon as it is so. @returns false when it is not within the time */
export async function isSoWithin(isSo: () => boolean | Promise<boolean>, withinMs: number, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) return false;
    await sleep(20, undefined, { signal });
  }
  return true;
}

/** For people: its arguments with spaces between them. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, longestCommand);
  } catch {
    return 'one that has ended since';
  }
}
