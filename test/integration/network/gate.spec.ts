// The gate on a real network: a cable between two namespaces is pulled and plugged in again, and real probes say when it is fit.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { canMakeNetworkPair, makeNetworkPair, type NetworkPair } from '../../peers/network-pair';
import type { GateLine } from '../../peers/gate-driver';
import { bundleThread } from '../../threads-bundle';

const scripts = { driver: '' };

beforeAll(async () => {
  scripts.driver = await bundleThread('test/peers/gate-driver.ts');
});

interface Gate {
  readonly lines: GateLine[];
  wait(): void;
  opened(): readonly { readonly atMs: number; readonly why: string }[];
}

function gateIn(pair: NetworkPair, ...options: string[]): Gate {
  const [file, ...leading] = pair.inNear;
  const child = spawn(file, [...leading, process.execPath, scripts.driver, pair.farAddress, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.stdin.end();
    await once(child, 'exit');
  });
  const lines: GateLine[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const texts = (rest + chunk.toString('utf8')).split('\n');
    rest = texts.pop() ?? '';
    for (const text of texts) lines.push(JSON.parse(text) as GateLine);
  });
  return {
    lines,
    wait: () => child.stdin.write('\n'),
    opened: () => lines.flatMap((line) => (line.kind === 'opened' ? [line] : [])),
  };
}

const fitness = ({ lines }: Gate): string | undefined => lines.flatMap((line) => (line.kind === 'looked' ? [line.fitness] : [])).at(-1);
const farLink = (pair: NetworkPair, state: 'up' | 'down'): number | null =>
  spawnSync(pair.inFar[0], [...pair.inFar.slice(1), 'ip', 'link', 'set', 'cable', state]).status;

describe.runIf(canMakeNetworkPair())('the gate on a cable that was pulled', () => {
  it('stays shut while it is out, and opens early once the kernel says that it is in and one answer proves it', async () => {
    const pair = makeNetworkPair();
    onTestFinished(() => pair.remove());
    const gates = [gateIn(pair), gateIn(pair, 'deaf')] as const;
    for (const gate of gates) await expect.poll(() => fitness(gate), { timeout: 15_000 }).toBe('fit');
    expect(farLink(pair, 'down')).toBe(0);
    for (const gate of gates) await expect.poll(() => fitness(gate), { timeout: 15_000 }).toBe('unfit');
    for (const gate of gates) gate.wait();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    for (const gate of gates) expect(gate.opened()).toEqual([]);

    const healedAtMs = Date.now();
    expect(farLink(pair, 'up')).toBe(0);
    for (const gate of gates) await expect.poll(() => gate.opened().length, { timeout: 20_000 }).toBe(1);
    const [early, usual] = gates.map((gate) => (gate.opened()[0]?.atMs ?? Infinity) - healedAtMs);
    expect(gates[0].opened()[0]?.why).toMatch(/^Trying early: .*, and it answers$/);
    expect(gates[1].opened()[0]?.why).toBe('Network is fit');
    // The one that hears has not to wait until two seconds are without a loss.
    expect(early).toBeLessThan((usual ?? 0) - 500);
  });
});
