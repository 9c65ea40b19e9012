// A host that has nothing but IPv6: added, looked at, paired, listed, watched and quit at ::1.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hostIdSchema, type HostId } from '../../../electron/common/ids';
import { parseHostArgument } from '../../../electron/common/host-argument';
import { success, type Result } from '../../../electron/common/result';
import { GameStreamHosts } from '../../../electron/domain/hosts/gamestream-hosts';
import { HostWatch } from '../../../electron/domain/hosts/host-watch';
import { FakeClock } from '../../fakes/fake-clock';
import { FakeGameStreamStore } from '../../fakes/fake-gamestream-store';
import { FakePing } from '../../fakes/fake-host-network';
import { pin, startPracticeWorld, untilPinWanted, type PracticeWorld } from './practice-world';

const place: { world: PracticeWorld | null } = { world: null };

beforeEach(async () => {
  place.world = await startPracticeWorld({ listenAddress: '::1' });
});

afterEach(() => place.world?.stop());

it('is used like any other', async () => {
  const { world } = place;
  if (!world) throw new Error('no host');
  const typed = parseHostArgument(`[::1]:${world.server.ports.http}`);
  expect(typed).toEqual({ address: '::1', port: world.server.ports.http });
  const rig = hostIdSchema.parse('rig');
  const { log } = world;
  const gameStream = new GameStreamHosts({
    port: world.host,
    store: new FakeGameStreamStore(),
    book: { ensureHost: (): Promise<Result<HostId>> => Promise.resolve(success(rig)) },
    log,
  });
  expect(await gameStream.add('::1', world.server.ports.http)).toMatchObject({ ok: true, value: { record: { addresses: ['::1'], uniqueId: world.server.uniqueId } } });

  const pairing = gameStream.pair(rig, { pin, clientName: 'Athena in a test' });
  await untilPinWanted(world.server);
  await world.server.order({ do: 'pin', pin });
  const paired = await pairing;
  expect(paired).toMatchObject({ ok: true });
  expect(gameStream.record(rig)?.apps.map(({ name }) => name)).toContain('Desktop');

  const desktop = gameStream.record(rig)?.apps.find(({ name }) => name === 'Desktop');
  if (!desktop) throw new Error('no Desktop');
  await world.launch(desktop.id);
  const watch = new HostWatch({ gameStream, ping: new FakePing(), clock: new FakeClock(), log });
  expect(await watch.lookNow(rig)).toMatchObject({ kind: 'busy', appId: desktop.id });
  expect(watch.views()).toMatchObject([{ addresses: ['::1'], runningApp: 'Desktop', paired: true }]);
  expect(await gameStream.quit(rig)).toEqual({ ok: true, value: null });
  watch.dispose();
});
