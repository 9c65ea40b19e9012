// The network of the fault matrix: a near and a far namespace, joined by a cable that can be pulled out, delayed, or lose packets.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layCable, type ImpairedCable, type Impairment } from '../impaired-cable';

export type Command = readonly [file: string, ...leading: string[]];

export interface FaultyNetwork {
  /** Runs a command in the near namespace: `ip netns exec …`. */
  readonly inNear: Command;
  readonly inFar: Command;
  /** The far host's own, as long as it has not moved. */
  readonly farAddress: string;
  /** Resolved in the near namespace to wherever the far host is. */
  readonly farName: string;
  /** As somebody who pulls the plug at the host: both sides lose their carrier. */
  unplug(): void;
  plug(): void;
  /** The far host gives its address up for another one, which its name is told to lead to. */
  move(): void;
  /** From now on. @throws unless the network was made to be impaired */
  impair(impairment: Impairment): void;
  remove(): void;
}

const prefix = 'athena-matrix-';
const nearAddress = '10.231.8.1';
const farAddress = '10.231.8.2';
const movedAddress = '10.231.8.7';
const farName = 'rig.athena.test';
/** ip-netns(8): files in here stand for those of /etc in the namespace of this name. */
const namespaceFiles = '/etc/netns';

/** What is missing to make one; null: nothing. */
export function whyNoNetwork(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'only root may make network namespaces';
  if (spawnSync('ip', ['-V']).status !== 0) return 'there is no ip (iproute2)';
  const name = `${prefix}${process.pid}-try`;
  const { status, stderr } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (status !== 0) return `network namespaces can't be made here (${stderr.trim() || 'CAP_NET_ADMIN and CAP_SYS_ADMIN are needed'})`;
  spawnSync('ip', ['netns', 'del', name]);
  return null;
}

/** Removes the networks of campaigns that were killed. */
export function removeOrphanedNetworks(): void {
  const { stdout } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  const names = [...(stdout ?? '').split('\n').map((line) => line.split(' ')[0] ?? ''), ...namesIn(namespaceFiles)];
  for (const name of new Set(names)) {
    const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : null;
    if (owner !== null && owner > 0 && !isAlive(owner)) removeNamespace(name);
  }
}

/** @param impairable its packets go through a program that can hold them back. Needs root, iproute2, and python3 for that */
export async function makeFaultyNetwork(impairable: boolean): Promise<FaultyNetwork> {
  const name = `${prefix}${process.pid}-${Math.random().toString(36).slice(2, 6)}`;
  const [near, far] = [`${name}-near`, `${name}-far`];
  const place: { relay: ImpairedCable | null } = { relay: null };
  const remove = (): void => {
    process.removeListener('exit', remove);
    place.relay?.remove();
    for (const namespace of [near, far]) removeNamespace(namespace);
  };
  process.once('exit', remove);
  const hosts = (address: string): void => {
    mkdirSync(join(namespaceFiles, near), { recursive: true });
    // The same file, written anew: those who have it mounted see it.
    writeFileSync(join(namespaceFiles, near, 'hosts'), `127.0.0.1 localhost\n${address} ${farName}\n`);
  };
  try {
    hosts(farAddress);
    for (const namespace of [near, far]) ip('netns', 'add', namespace);
    ip('link', 'add', 'cable', 'netns', near, 'type', 'veth', 'peer', 'name', 'cable', 'netns', far);
    for (const [namespace, address] of [[near, nearAddress], [far, farAddress]] as const) {
      ip('-n', namespace, 'addr', 'add', `${address}/24`, 'dev', 'cable');
      ip('-n', namespace, 'link', 'set', 'cable', 'up');
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
    }
    if (impairable) {
      place.relay = await layCable('ip', { namespace: near, device: 'impaired' }, { namespace: far, device: 'impaired' });
      ip('-n', near, 'route', 'add', `${farAddress}/32`, 'dev', 'impaired', 'src', nearAddress);
      ip('-n', far, 'route', 'add', `${nearAddress}/32`, 'dev', 'impaired', 'src', farAddress);
    }
  } catch (error) {
    remove();
    throw error;
  }
  return {
    inNear: ['ip', 'netns', 'exec', near],
    inFar: ['ip', 'netns', 'exec', far],
    farAddress,
    farName,
    unplug: () => ip('-n', far, 'link', 'set', 'cable', 'down'),
    plug: () => ip('-n', far, 'link', 'set', 'cable', 'up'),
    move: () => {
      ip('-n', far, 'addr', 'del', `${farAddress}/24`, 'dev', 'cable');
      ip('-n', far, 'addr', 'add', `${movedAddress}/24`, 'dev', 'cable');
      hosts(movedAddress);
    },
    impair: (impairment) => {
      if (place.relay === null) throw new Error('this network was not made to be impaired');
      place.relay.impair(impairment);
    },
    remove,
  };
}

function removeNamespace(name: string): void {
  spawnSync('ip', ['netns', 'del', name]);
  rmSync(join(namespaceFiles, name), { recursive: true, force: true });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // there is none: nobody has left anything
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')} failed: ${stderr ?? ''}`, { cause: error });
}
