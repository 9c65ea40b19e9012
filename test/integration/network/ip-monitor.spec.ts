// The kernel's own news through a real `ip monitor`: a cable that is pulled and plugged in again, in a namespace of its own.
import { spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { IpMonitor, type IpMonitorParts } from '../../../electron/adapters/network/ip-monitor';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { NetworkEvent } from '../../../electron/domain/session/network-events';
import { SilentLog } from '../../fakes/silent-log';
import { canMakeNetworkPair, makeNetworkPair } from '../../peers/network-pair';
import { isRunning, processTree } from '../../peers/process-tree';

function listen(parts: Partial<IpMonitorParts>): { monitor: IpMonitor; told: NetworkEvent[] } {
  const instead: IpMonitorParts['instead'] = () => ({ onEvent: () => ({ dispose: () => undefined }), dispose: () => undefined });
  const monitor = new IpMonitor({ clock: new SystemClock(), log: new SilentLog(), instead, ...parts });
  onTestFinished(() => monitor.dispose());
  const told: NetworkEvent[] = [];
  monitor.onEvent((event) => told.push(event));
  return { monitor, told };
}

const monitors = (): number => processTree(process.pid).filter((one) => isRunning(one)).length;

describe.runIf(canMakeNetworkPair())('the kernel', () => {
  it('tells that the link came up and that the host answers again', async () => {
    const pair = makeNetworkPair();
    onTestFinished(() => pair.remove());
    const [file, ...inNear] = pair.inNear;
    const before = monitors();
    const { monitor, told } = listen({ commands: [[file, ...inNear, 'setpriv', '--pdeathsig', 'KILL', 'ip']] });
    const near = (...args: string[]): number | null => spawnSync(file, [...inNear, ...args]).status;
    await expect.poll(() => (near('ip', 'link', 'set', 'cable', 'down'), near('ip', 'link', 'set', 'cable', 'up'), told.length), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(near('ping', '-c', '1', '-W', '2', pair.farAddress)).toBe(0);

    spawnSync(pair.inFar[0], [...pair.inFar.slice(1), 'ip', 'link', 'set', 'cable', 'down']);
    near('ping', '-c', '4', '-i', '1', '-W', '1', pair.farAddress);
    told.length = 0;
    spawnSync(pair.inFar[0], [...pair.inFar.slice(1), 'ip', 'link', 'set', 'cable', 'up']);
    near('ping', '-c', '2', '-i', '0.5', '-W', '1', pair.farAddress);
    await expect.poll(() => told.map(({ kind }) => kind), { timeout: 5_000 }).toEqual(expect.arrayContaining(['link-up', 'neighbour-back']));
    expect(told).toContainEqual({ kind: 'neighbour-back', address: pair.farAddress });
    monitor.dispose();
    await expect.poll(monitors, { timeout: 5_000 }).toBe(before);
  });
});

describe('a machine without the tool', () => {
  it('tries the next one, and looks at the interfaces in the end', async () => {
    const polled: NetworkEvent = { kind: 'address-gained', interfaceName: 'eth0', address: '10.0.0.5' };
    const { told } = listen({
      commands: [['/nowhere/setpriv', 'ip'], ['false']],
      clock: { ...new SystemClock(), nowMs: Date.now, monotonicMs: () => performance.now(), after: (_delayMs, call) => (setImmediate(call), { dispose: () => undefined }) },
      instead: () => ({
        onEvent: (listener) => {
          setImmediate(() => listener(polled));
          return { dispose: () => undefined };
        },
        dispose: () => undefined,
      }),
    });
    await expect.poll(() => told, { timeout: 5_000 }).toEqual([polled]);
  });
});
