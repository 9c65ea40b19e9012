// The gateway, a peer and the card's figures, found in a real network of three machines: namespaces on one bridge.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TelemetryFigures } from '../../../electron/common/telemetry';
import type { Neighbour } from '../../../electron/domain/latency/neighbourhood';
import { whyNoNetwork } from '../../faults/matrix/faulty-network';
import { bundleThread } from '../../threads-bundle';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function run(file: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
}

/** Whoever is called "here" has the way out through the gateway; the peer hangs on the same bridge. */
function layNetwork(): { readonly here: readonly [string, ...string[]]; readonly ip: (...args: readonly string[]) => void } {
  const name = `athena-street-${process.pid}`;
  const [here, gateway, peer] = [`${name}-here`, `${name}-gateway`, `${name}-peer`];
  ends.push(() => [here, gateway, peer].forEach((namespace) => spawnSync('ip', ['netns', 'del', namespace])));
  for (const namespace of [here, gateway, peer]) run('ip', 'netns', 'add', namespace);
  run('ip', '-n', gateway, 'link', 'add', 'bridge', 'type', 'bridge');
  run('ip', '-n', gateway, 'link', 'set', 'bridge', 'up');
  run('ip', '-n', gateway, 'addr', 'add', '10.231.77.1/24', 'dev', 'bridge');
  for (const [namespace, port, address] of [[here, 'one', '10.231.77.10'], [peer, 'two', '10.231.77.20']] as const) {
    run('ip', 'link', 'add', 'card', 'netns', namespace, 'type', 'veth', 'peer', 'name', port, 'netns', gateway);
    run('ip', '-n', gateway, 'link', 'set', port, 'master', 'bridge', 'up');
    run('ip', '-n', namespace, 'addr', 'add', `${address}/24`, 'dev', 'card');
    run('ip', '-n', namespace, 'link', 'set', 'card', 'up');
  }
  run('ip', '-n', here, 'route', 'add', 'default', 'via', '10.231.77.1');
  return { here: ['ip', 'netns', 'exec', here], ip: (...args) => run('ip', '-n', here, ...args) };
}

describe.skipIf(whyNoNetwork() !== null)('in a network of its own', () => {
  it('finds the gateway and a peer, counts what the card’s queue drops, and sees the link go', async () => {
    const { here, ip } = layNetwork();
    const [file, ...leading] = here;
    // Whoever was heard of lately is in the table.
    await vi.waitFor(() => run(file, ...leading, 'ping', '-c', '1', '-W', '1', '10.231.77.20'), { timeout: 8_000 });
    run(file, ...leading, 'ping', '-c', '1', '-W', '1', '10.231.77.1');
    run(file, ...leading, 'tc', 'qdisc', 'add', 'dev', 'card', 'root', 'tbf', 'rate', '100kbit', 'burst', '2kb', 'limit', '3kb');
    const child = spawn(file, [...leading, process.execPath, await bundleThread('test/peers/neighbourhood-driver.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    ends.push(async () => {
      child.stdin.end();
      await ended;
    });
    const told: { readonly gateway?: Neighbour | null; readonly peer?: Neighbour | null; readonly figures?: TelemetryFigures }[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line) as (typeof told)[number]));
    const newest = (): TelemetryFigures => told.at(-1)?.figures ?? {};
    await vi.waitFor(() => expect(newest().qdiscDrops).toBe(0), { timeout: 15_000 });
    expect(told[0]).toMatchObject({ gateway: { address: '10.231.77.1' }, peer: { address: '10.231.77.20' } });
    expect(newest()).toMatchObject({ linkUp: true });

    spawnSync(file, [...leading, 'ping', '-q', '-c', '30', '-i', '0.01', '-s', '1000', '-W', '1', '10.231.77.20']);
    await vi.waitFor(() => expect(newest().qdiscDrops).toBeGreaterThan(5), { timeout: 5_000 });
    expect(Math.max(...told.map(({ figures }) => figures?.txBps ?? 0))).toBeGreaterThan(20_000);
    const changesBefore = newest().carrierChanges ?? 0;
    ip('link', 'set', 'card', 'down');
    await vi.waitFor(() => expect(newest().linkUp).toBe(false), { timeout: 5_000 });
    expect(newest().carrierChanges).toBeGreaterThan(changesBefore);
  }, 40_000);
});
