// Real clients, real servers, a real wire: what is declared dead, how soon, and what is not.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StallKind } from '../../electron/domain/session/stall-watch';
import { startGameStreamServer } from '../../electron/practice/gamestream/gamestream-server';
import { cutWire, mendWire, rdpScene, udpScene, vncScene, Watching, type Scene } from '../faults/stall-scenes';
import { canMakeNetworkPair, makeNetworkPair, type NetworkPair } from '../peers/network-pair';
import type { StallLine } from '../peers/stall-driver';
import { bundleThread } from '../threads-bundle';
import { MoonlightProcess, pairedAccess, pemDirectory } from './practice/gamestream-peer';

/** A stream is known after this. */
const learnMs = 6_500;
/** What a machine that does other things as well may add to any time limit. */
const slackMs = 2_500;

const undo: (() => unknown)[] = [];
const undoAll = async (): Promise<void> => {
  for (const step of undo.splice(0).reverse()) await step();
};

interface Watched {
  readonly scene: Scene;
  readonly watching: Watching;
}

type Heard = Pick<Watched, 'watching'>;

async function declared({ watching }: Heard, kind: StallKind, sinceMs: number, withinMs: number): Promise<string> {
  const line = await watching.next('stalled', sinceMs, withinMs + slackMs);
  if (line?.kind !== 'stalled') throw new Error(`no stall: ${JSON.stringify(watching.lines)}`);
  expect(line.stall.kind).toBe(kind);
  expect(line.stall.evidence.length).toBeGreaterThanOrEqual(2);
  return line.stall.evidence.join('\n');
}

async function flowsAgain({ watching }: Heard, sinceMs: number): Promise<void> {
  expect(await watching.next('flows', sinceMs, 20_000)).not.toBeNull();
}

function stalls(all: readonly Heard[]): StallLine[] {
  return all.flatMap(({ watching }) => watching.lines.filter(({ kind }) => kind === 'stalled'));
}

describe.skipIf(!canMakeNetworkPair())('in two network namespaces', () => {
  const world: { pair?: NetworkPair; vnc?: Watched; idle?: Watched; rdp?: Watched; udp?: Watched } = {};
  const all = (): Watched[] => [world.vnc, world.idle, world.rdp, world.udp].filter((one) => one !== undefined);
  const one = (name: 'vnc' | 'idle' | 'rdp' | 'udp'): Watched => {
    const found = world[name];
    if (!found) throw new Error(`${name} did not start`);
    return found;
  };

  beforeAll(async () => {
    // Each peer ends with this process: more than the ten listeners that Node takes for a leak.
    process.setMaxListeners(40);
    const pair = makeNetworkPair();
    world.pair = pair;
    undo.push(() => pair.remove());
    const watched = async (start: Promise<Scene>): Promise<Watched> => {
      const scene = await start;
      undo.push(() => scene.stop());
      const watching = await Watching.start(scene.orders, pair);
      undo.push(() => watching.stop());
      return { scene, watching };
    };
    [world.vnc, world.idle, world.rdp, world.udp] = await Promise.all([
      watched(vncScene({ pair, moving: true })),
      watched(vncScene({ pair, moving: false })),
      watched(rdpScene({ pair, moving: true })),
      watched(udpScene({ pair })),
    ]);
  });
  afterAll(undoAll);

  it('healthy streams and a still desktop: nothing is declared', async () => {
    await sleep(learnMs - 1_500);
    expect(stalls(all())).toEqual([]);
  });

  it('the wire is cut: a network stall of all of them, and none when it is mended', async () => {
    if (!world.pair) throw new Error('no network');
    cutWire(world.pair);
    const sinceMs = Date.now();
    try {
      await Promise.all(all().map((each) => declared(each, 'network', sinceMs, 1_000)));
    } finally {
      mendWire(world.pair);
    }
    const mendedMs = Date.now();
    await Promise.all(all().map((each) => flowsAgain(each, mendedMs)));
  });

  it('only the video stops: a frozen picture; the servers are stopped: frozen pictures too', async () => {
    await sleep(1_000);
    const sinceMs = Date.now();
    one('udp').scene.server.signal('SIGUSR1');
    for (const name of ['vnc', 'rdp'] as const) one(name).scene.server.signal('SIGSTOP');
    const [seen] = await Promise.all([
      declared(one('udp'), 'picture', sinceMs, 3_000),
      declared(one('vnc'), 'picture', sinceMs, 3_000),
      declared(one('rdp'), 'picture', sinceMs, 3_000),
    ]);
    expect(seen).toContain("picture thread has had nothing to do");
    const backMs = Date.now();
    one('udp').scene.server.signal('SIGUSR2');
    for (const name of ['vnc', 'rdp'] as const) one(name).scene.server.signal('SIGCONT');
    await Promise.all((['udp', 'vnc', 'rdp'] as const).map((name) => flowsAgain(one(name), backMs)));
  });

  it('a still picture of a game is none, though hardly anything comes', async () => {
    const sinceMs = Date.now();
    one('udp').scene.server.signal('SIGHUP');
    expect(await one('udp').watching.next('stalled', sinceMs, 3_000)).toBeNull();
    one('udp').scene.server.signal('SIGUSR2');
  });

  it('the client is stopped: the client stands, also one with nothing to do', async () => {
    const sinceMs = Date.now();
    for (const { scene } of all()) scene.client.signal('SIGSTOP');
    await Promise.all(all().map((each) => declared(each, 'client', sinceMs, 1_000)));
    const backMs = Date.now();
    for (const { scene } of all()) scene.client.signal('SIGCONT');
    await Promise.all(all().map((each) => flowsAgain(each, backMs)));
  });

  it('healthy streams and a still desktop, with every processor busy: nothing is declared', async () => {
    const loops = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
    try {
      const sinceMs = Date.now();
      await sleep(4_000);
      expect(stalls(all()).filter(({ atMs }) => atMs >= sinceMs)).toEqual([]);
    } finally {
      for (const loop of loops) loop.kill('SIGKILL');
    }
    for (const { scene } of all()) expect(scene.client.isAlive()).toBe(true);
  });
});

describe('a practice Moonlight', () => {
  afterAll(undoAll);

  it('the host freezes the picture while control lives: declared, and over when the picture moves', async () => {
    const server = await startGameStreamServer({ name: 'Rig' });
    undo.push(() => server.stop());
    const access = await pairedAccess(server);
    const directory = await mkdtemp(join(tmpdir(), 'athena-stall-'));
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const [certificate, key] = pemDirectory(directory);
    await writeFile(certificate, access.identity.certificatePem);
    await writeFile(key, access.identity.keyPem);
    const script = await bundleThread('electron/practice/gamestream/practice-moonlight-main.ts');
    const args = ['--embedded', 'stream', '-app', 'Desktop', '-keydir', directory, '-port', String(access.httpPort), '127.0.0.1'];
    const client = new MoonlightProcess(script, args, directory, { _STDBUF_O: 'L' });
    undo.push(() => client.end());
    await client.sees(/Received first video packet/);
    const watching = await Watching.start({ protocol: 'gamestream', address: '127.0.0.1', port: access.httpPort, clientPid: client.child.pid ?? 0 });
    undo.push(() => watching.stop());
    const watched = { watching };

    await sleep(learnMs);
    expect(stalls([watched])).toEqual([]);
    const sinceMs = Date.now();
    await server.order({ do: 'freeze', frozen: true });
    await declared(watched, 'picture', sinceMs, 3_000);
    const backMs = Date.now();
    await server.order({ do: 'freeze', frozen: false });
    await flowsAgain(watched, backMs);
  });
});
