// GameStream hosts from the command line: found in the network, woken, and told why they are offline.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announceOnLoopback } from '../../../electron/practice/gamestream/announcement';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { findFreePort } from '../../peers/loopback-port';
import { canMakeNetworkPair, makeNetworkPair } from '../../peers/network-pair';
import { CliUser, jsonLines } from './athena-cli';

const place: { user: CliUser | null; server: GameStreamServer | null; ends: (() => Promise<void> | void)[] } = { user: null, server: null, ends: [] };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

async function server(): Promise<GameStreamServer> {
  return (place.server ??= await startGameStreamServer({ name: 'Rig' }));
}

beforeEach(async () => {
  place.user = await CliUser.create();
  [place.server, place.ends] = [null, []];
});

afterEach(async () => {
  const left = await place.user?.leave();
  for (const end of place.ends) await end();
  await place.server?.stop();
  expect(left).toBe(0);
});

/** A host that was added and paired long ago. */
async function remember(address: string, httpPort: number, mac: string | null): Promise<void> {
  await user().config({ version: 1, hosts: [{ id: 'rig', name: 'Rig', address }], entries: [] });
  const host = { hostId: 'rig', uniqueId: 'RIG', addresses: [address], httpPort, certificatePem: null, mac, apps: [] };
  await mkdir(join(user().home, 'data', 'athena'), { recursive: true });
  await writeFile(join(user().home, 'data', 'athena', 'gamestream.json'), JSON.stringify({ version: 1, hosts: [host] }));
}

describe('athena hosts --find', () => {
  it('lists who announces himself, and which known host that is', async () => {
    const { ports } = await server();
    const announced = await announceOnLoopback('Rig', ports.http, () => undefined);
    place.ends.push(() => announced.stop());
    const env = { ATHENA_TEST_DISCOVERY: `127.0.0.1:${announced.port}` };
    const found = await user().run(['hosts', '--find', '--seconds', '3', '--json'], { env });
    expect(found).toMatchObject({ exitCode: 0 });
    expect(jsonLines(found.stdout)).toEqual([{ name: 'Rig', addresses: ['127.0.0.1'], httpPort: ports.http, host: null }]);
    await user().run(['explain', `127.0.0.1:${ports.http}`]);
    const known = await user().run(['hosts', '--find', '--seconds', '3'], { env });
    expect(known.stdout).toContain('known as rig');
  }, 60_000);

  it('says so when nobody does, and when it is asked for nonsense', async () => {
    const env = { ATHENA_TEST_DISCOVERY: 'none' };
    const nobody = await user().run(['hosts', '--find', '--seconds', '0.2'], { env });
    expect(nobody).toMatchObject({ exitCode: 1, stdout: '' });
    expect(nobody.stderr).toContain('add them by their address');
    expect(await user().run(['hosts', '--find', '--seconds', 'long'], { env })).toMatchObject({ exitCode: 2 });
  });
});

describe('athena wake', () => {
  it('sends the signal, and waits until the host answers', async () => {
    const port = await findFreePort();
    await remember('127.0.0.1', port, '02:00:00:00:00:01');
    const sent = await user().run(['wake', 'rig', '--no-wait', '--json']);
    expect(sent).toMatchObject({ exitCode: 0 });
    expect(jsonLines(sent.stdout)).toEqual([{ event: 'signal-sent', host: 'rig' }]);
    const waiting = user().start(['wake', 'rig', '--json']);
    await waiting.event('signal-sent');
    waiting.signal('SIGINT');
    expect((await waiting.ended).exitCode).toBe(130);
  });

  it('needs a known host that has told its hardware address', async () => {
    expect(await user().run(['wake', 'rig'])).toMatchObject({ exitCode: 2 });
    await remember('127.0.0.1', 47_989, null);
    const refused = await user().run(['wake', 'rig']);
    expect(refused).toMatchObject({ exitCode: 4 });
    expect(refused.stderr).toContain('pair');
  });

  it('ends when the host comes', async () => {
    const { ports, uniqueId } = await server();
    await remember('127.0.0.1', ports.http, '02:00:00:00:00:01');
    const file = join(user().home, 'data', 'athena', 'gamestream.json');
    const host = { hostId: 'rig', uniqueId, addresses: ['127.0.0.1'], httpPort: ports.http, certificatePem: null, mac: '02:00:00:00:00:01', apps: [] };
    await writeFile(file, JSON.stringify({ version: 1, hosts: [host] }));
    const woken = await user().run(['wake', 'rig', '--json']);
    expect(woken).toMatchObject({ exitCode: 0 });
    expect(jsonLines(woken.stdout).at(-1)).toEqual({ event: 'awake', host: 'rig' });
  });
});

describe('athena explain', () => {
  it('finds nothing wrong with a host that answers', async () => {
    const { ports } = await server();
    const fine = await user().run(['explain', `127.0.0.1:${ports.http}`, '--json']);
    expect(fine).toMatchObject({ exitCode: 0 });
    expect(jsonLines(fine.stdout)).toMatchObject([{ failedAt: null, steps: [{ step: 'name' }, { step: 'address' }, { step: 'neighbour' }, { step: 'port', state: 'good' }, { step: 'identity', state: 'good' }, {}] }]);
  });

  it('names the step that fails, in words and with what to do', async () => {
    await remember('127.0.0.1', await findFreePort(), null);
    const offline = await user().run(['explain', 'rig']);
    expect(offline).toMatchObject({ exitCode: 1 });
    expect(offline.stdout).toMatch(/^BAD {2}port/m);
    expect(offline.stdout).toContain('Start Sunshine');
    expect(await user().run(['explain', 'a b'])).toMatchObject({ exitCode: 2 });
  });

  it.runIf(canMakeNetworkPair())('tells a firewall from an address that nobody has', async () => {
    const pair = makeNetworkPair();
    place.ends.push(() => pair.remove());
    pair.cut();
    await remember(pair.farAddress, 47_989, null);
    const behind = await user().run(['explain', 'rig', '--json'], { wrapper: pair.inNear });
    expect(behind).toMatchObject({ exitCode: 1 });
    expect(jsonLines(behind.stdout)).toMatchObject([{ failedAt: 'port', message: expect.stringContaining('he machine is there') as string, steps: [{}, {}, { state: 'good', text: expect.stringMatching(/A machine \([0-9a-f:]{17}\)/) as string }, {}, {}, {}] }]);
    await remember('10.231.7.77', 47_989, '02:00:00:00:00:01');
    const nobody = await user().run(['explain', 'rig', '--json'], { wrapper: pair.inNear });
    expect(jsonLines(nobody.stdout)).toMatchObject([{ failedAt: 'neighbour', advice: expect.stringContaining('Wake it') as string }]);
    await remember('fd31::77', 47_989, null);
    expect(jsonLines((await user().run(['explain', 'rig', '--json'], { wrapper: pair.inNear })).stdout)).toMatchObject([{ failedAt: 'neighbour' }]);
    await remember('10.99.99.9', 47_989, null);
    expect(jsonLines((await user().run(['explain', 'rig', '--json'], { wrapper: pair.inNear })).stdout)).toMatchObject([{ failedAt: 'port', message: expect.stringContaining('no way') as string }]);
  }, 90_000);
});
