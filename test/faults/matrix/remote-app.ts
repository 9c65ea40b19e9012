// The app of a cell: a small process tree on the host, whose states are read straight from /proc, often enough to time them.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { stateOf } from '../../integration/pause/app-tree';
import { startPeerProcess } from '../../peers/peer-process';
import { processTree, signalProcess } from '../../peers/process-tree';
import type { CleanUp } from '../../bench/clean-up';
import type { Command } from './faulty-network';

/** The root, a child of it, and that child's two children: none of the children has the token in its command line. */
const script = 'sleep 100000 & sh -c "sleep 100001 & sleep 100002 & wait" & wait';
const processes = 5;
const lookEveryMs = 10;

export interface RemoteApp {
  readonly pid: number;
  /** Stands in the command line of the root and of no other process. */
  readonly token: string;
  readonly isAlive: boolean;
  /** Every one of them is stopped by a signal: state T. */
  readonly isFrozen: boolean;
  /** How many are stopped. */
  readonly frozen: number;
  /** Epoch milliseconds at which all were stopped first since the moment; null: they never were. To 10 ms. */
  frozenSince(atMs: number): number | null;
  /** The first moment after it at which none was stopped any more. */
  thawedSince(atMs: number): number | null;
  end(): void;
}

interface Look {
  readonly atMs: number;
  readonly frozen: number;
}

/** @throws when it does not start */
export async function startRemoteApp(there: Command, cleanUp: CleanUp): Promise<RemoteApp> {
  const token = `matrix-app-${randomBytes(6).toString('hex')}`;
  const [file, ...leading] = there;
  const root = await startPeerProcess({ command: file, args: [...leading, 'sh', '-c', script, token] });
  cleanUp.add(() => root.stop());
  const deadline = performance.now() + 10_000;
  while (processTree(root.pid).length < processes) {
    if (performance.now() > deadline) throw new Error('the app did not start');
    await sleep(10);
  }
  const members = processTree(root.pid);
  const frozenNow = (): number => members.filter(({ pid }) => stateOf(pid) === 'T').length;
  // Only what changed: a cell may take minutes.
  const looks: Look[] = [{ atMs: Date.now(), frozen: 0 }];
  const look = (): number => {
    const frozen = frozenNow();
    if (frozen !== looks.at(-1)?.frozen) looks.push({ atMs: Date.now(), frozen });
    return frozen;
  };
  const timer = setInterval(look, lookEveryMs);
  cleanUp.add(() => clearInterval(timer));
  const first = (sinceMs: number, isIt: (one: Look) => boolean): number | null => looks.find((one) => one.atMs >= sinceMs && isIt(one))?.atMs ?? null;
  return {
    pid: root.pid,
    token,
    get isAlive() {
      return root.isAlive();
    },
    get isFrozen() {
      return look() === processes;
    },
    get frozen() {
      return look();
    },
    frozenSince: (atMs) => first(atMs, ({ frozen }) => frozen === processes),
    thawedSince: (atMs) => first(atMs, ({ frozen }) => frozen === 0),
    end: () => {
      for (const member of [...members].reverse()) signalProcess(member, 'SIGKILL');
    },
  };
}
