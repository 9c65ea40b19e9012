// A real sshd behind a cable that can be cut, with the keeper of leases and the control that thaws what a watchdog froze.
import { readFileSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SshLeaseKeeper } from '../../../electron/adapters/pause/lease-keeper';
import type { LinuxTarget } from '../../../electron/adapters/pause/linux-host';
import { watchdogNameOf } from '../../../electron/adapters/pause/linux-lease';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { HostRecord } from '../../../electron/common/host';
import { usualTerms, type Lease, type LeaseNews, type LeaseTerms } from '../../../electron/domain/pause/lease';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { createControl, hostAt, type ControlParts } from './host-world';
import { startRelay, type Relay } from './relay';

type NewsOf<K extends LeaseNews['kind']> = Extract<LeaseNews, { kind: K }>;

export interface HeldLease {
  readonly lease: Lease;
  readonly news: LeaseNews[];
  /** The first news of this kind that nobody asked for yet. @throws when none comes within `limitMs` */
  next<K extends LeaseNews['kind']>(kind: K, limitMs?: number): Promise<NewsOf<K>>;
}

export interface LeaseWorld extends ControlParts {
  readonly server: SshServer;
  readonly relay: Relay;
  /** Over the cable. */
  readonly host: HostRecord;
  /** An Athena of its own, as far as leases go. */
  hold(target: LinuxTarget, terms?: Partial<LeaseTerms>): HeldLease;
}

export async function createLeaseWorld(): Promise<LeaseWorld> {
  const server = await startSshServer();
  const relay = await startRelay(server.port);
  const parts = await createControl();
  const known = await readFile(server.knownHostsFile, 'utf8');
  await writeFile(parts.ownKnownHosts, known.replace(String(server.port), String(relay.port)));
  const host = hostAt({ ...server, port: relay.port });
  const keeper = new SshLeaseKeeper({
    knownHostsFile: parts.ownKnownHosts,
    clock: new SystemClock(),
    log: parts.log,
    user: { homeDirectory: parts.directory, knownHostsFiles: [] },
    onPaused: (at, target, processes) => parts.control.adopt(at, target, processes),
  });
  const held: HeldLease[] = [];
  const targets: LinuxTarget[] = [];
  return {
    ...parts,
    server,
    relay,
    host,
    hold: (target, terms = {}) => {
      const one = listen(keeper.hold(host, target, { ...usualTerms, ...terms }));
      held.push(one);
      targets.push(target);
      return one;
    },
    dispose: async () => {
      relay.mend();
      await Promise.all(held.map(({ lease }) => lease.release()));
      await parts.dispose();
      await relay.stop();
      await server.stop();
      for (const target of targets) await removeReports(target);
    },
  };
}

export function listen(lease: Lease): HeldLease {
  const news: LeaseNews[] = [];
  const asked = new Set<LeaseNews>();
  lease.onNews((one) => news.push(one));
  return {
    lease,
    news,
    next: async <K extends LeaseNews['kind']>(kind: K, limitMs = 15_000) => {
      const deadline = performance.now() + limitMs;
      for (;;) {
        const found = news.find((one): one is NewsOf<K> => one.kind === kind && !asked.has(one));
        if (found) {
          asked.add(found);
          return found;
        }
        if (performance.now() > deadline) throw new Error(`no news "${kind}" in ${limitMs} ms, but ${JSON.stringify(news)}`);
        await sleep(10);
      }
    },
  };
}

/** Reports that no Athena has heard lie where the user of this machine keeps such things. */
export async function removeReports(target: LinuxTarget): Promise<void> {
  const name = watchdogNameOf(target).replace('athena-', 'lease-');
  for (const parent of [`/run/user/${userInfo().uid}`, join(homedir(), '.cache')]) await rm(join(parent, 'athena', name), { force: true });
}

/** The watchdogs of an app, with what they have started: the ids of processes on this machine. */
export function watchdogsOf(target: LinuxTarget): number[] {
  const name = watchdogNameOf(target);
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number);
  const roots = pids.filter((pid) => commOf(pid) === name);
  return [...roots, ...pids.filter((pid) => roots.includes(parentOf(pid)) && !roots.includes(pid))];
}

function commOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return ''; // it has ended
  }
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[1]);
  } catch {
    return 0; // it has ended
  }
}
