// Everything that watches over hosts, joined as the window has it, on a practice host that comes, goes, and comes back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { ClientIdentities } from '../../../electron/adapters/gamestream/client-identity';
import { GameStreamHttpHost } from '../../../electron/adapters/gamestream/gamestream-http-host';
import { GameStreamFile, gameStreamFileSchema, noGameStreamHosts } from '../../../electron/adapters/store/gamestream-file';
import { JsonRecordFile } from '../../../electron/adapters/store/json-record-file';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { FoundHost, PairingState } from '../../../electron/common/gamestream';
import { composeHosts } from '../../../electron/compose-hosts';
import { GameStreamHosts } from '../../../electron/domain/hosts/gamestream-hosts';
import { LatencyBook } from '../../../electron/domain/latency/latency-book';
import { Library } from '../../../electron/domain/library/library';
import { announceOnLoopback } from '../../../electron/practice/gamestream/announcement';
import { startGameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { FakeHistoryStore, FakeLibraryStore } from '../../fakes/fake-library-store';
import { FakeProbe } from '../../fakes/fake-probe';
import { FakeSecretStore } from '../../fakes/fake-secret-store';
import { SilentLog } from '../../fakes/silent-log';

const ends: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends.length = 0;
  vi.unstubAllEnvs();
});

it('a host is found, added, paired, lost, seen again when it is back, and forgotten', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'athena-watched-'));
  ends.push(() => rm(directory, { recursive: true, force: true }));
  const keptIn = join(directory, 'host');
  const first = await startGameStreamServer({ name: 'Rig', directory: keptIn });
  const announced = await announceOnLoopback('Rig', first.ports.http, () => undefined);
  ends.push(() => announced.stop());
  vi.stubEnv('ATHENA_TEST_DISCOVERY', `127.0.0.1:${announced.port}`);

  const [clock, log] = [new SystemClock(), new SilentLog()];
  const port = new GameStreamHttpHost({ identities: new ClientIdentities({ secrets: new FakeSecretStore(), directory, clock, log }), clock, log });
  const library = new Library({ store: new FakeLibraryStore(), history: new FakeHistoryStore(), clock, log });
  const file = new JsonRecordFile(join(directory, 'gamestream.json'), gameStreamFileSchema, noGameStreamHosts, clock, log);
  const gameStream = new GameStreamHosts({ port, store: new GameStreamFile(file), book: library, log });
  const latency = new LatencyBook(new FakeProbe(), clock);
  const hosts = composeHosts({ clock, log, port, gameStream, library, latency, measure: (targets) => latency.watch(targets), moonlightDirectory: (hostId) => join(directory, 'moonlight', hostId) });
  ends.push(() => latency.dispose());
  ends.push(() => hosts.dispose());
  const { hostWatch, foundHosts, pairings } = hosts;
  const found: (readonly FoundHost[])[] = [];
  foundHosts.onNews({ changed: (list) => found.push(list) });
  hostWatch.start();
  foundHosts.start();

  await expect.poll(() => foundHosts.list(), { timeout: 15_000 }).toEqual([{ name: 'Rig', addresses: ['127.0.0.1'], httpPort: first.ports.http }]);
  const added = await gameStream.add('127.0.0.1', first.ports.http);
  if (!added.ok) throw new Error(added.failure.message);
  const { hostId } = added.value.record;
  expect(found.at(-1)).toEqual([]);

  const states: PairingState[] = [];
  pairings.onChange((state) => states.push(state));
  const began = pairings.pair({ hostId });
  if (!began.ok) throw new Error(began.failure.message);
  await expect.poll(async () => (await first.order({ do: 'state' })).state.waitingForPin, { timeout: 10_000 }).toBe(1);
  await first.order({ do: 'pin', pin: began.value.pin });
  await expect.poll(() => states.at(-1)?.kind, { timeout: 15_000 }).toBe('paired');
  const view = (): unknown => hostWatch.views()[0];
  await expect.poll(view, { timeout: 15_000 }).toMatchObject({ state: 'online', paired: true, runningApp: null });

  await first.stop();
  await expect.poll(view, { timeout: 30_000 }).toMatchObject({ state: expect.stringMatching(/asleep|booting/) as string });

  const again = await startGameStreamServer({ name: 'Rig', directory: keptIn, httpPort: first.ports.http });
  ends.push(() => again.stop());
  await expect.poll(view, { timeout: 60_000 }).toMatchObject({ state: 'online', paired: true });
  expect(await hosts.forgetHost(hostId)).toMatchObject({ ok: true });
  expect(hostWatch.views()).toEqual([]);
  await expect.poll(() => foundHosts.list().map(({ name }) => name), { timeout: 5_000 }).toEqual(['Rig']);
}, 120_000);
