// A practice GameStream host on any address, whose one app is a process that runs already.
import { setTimeout as sleep } from 'node:timers/promises';
import { runNothing } from '../../../electron/practice/gamestream/app-run';
import { startGameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';

/** Goes to the driver as JSON. */
export interface PracticeHostPlan {
  readonly directory: string;
  readonly httpPort: number;
  readonly listenAddress: string;
  readonly name: string;
  readonly appName: string;
  readonly appPid: number;
  /** It has another certificate than before, and knows no client any more. */
  readonly isReinstalled: boolean;
}

const plan = JSON.parse(process.argv[2] ?? '') as PracticeHostPlan;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Until the process is gone: what tells a host that its app has ended. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(100);
}

async function serve(): Promise<void> {
  const server = await startGameStreamServer({
    directory: plan.directory,
    httpPort: plan.httpPort,
    listenAddress: plan.listenAddress,
    name: plan.name,
    apps: [{ name: plan.appName, hdr: false, cover: null, runs: 'nothing' }],
    habits: { autoPin: '0427' },
    startApp: async () => {
      const run = await runNothing();
      return { ...run, pid: plan.appPid, ended: Promise.race([run.ended, untilGone(plan.appPid)]) };
    },
  });
  if (plan.isReinstalled) await server.order({ do: 'reinstall', identity: 'same' });
}

void serve();
