// The warm connection is looked after while it is wanted, and no longer.
import { expect, it } from 'vitest';
import { hostRecordSchema } from '../../../../electron/common/host';
import { failure } from '../../../../electron/common/result';
import { keepWarm } from '../../../../electron/domain/pause/keep-warm';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHostControl } from '../../../fakes/fake-host-control';

const host = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: 'rig', ssh: { user: 'me' } });

async function settle(clock: FakeClock): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    clock.advance(0);
    await Promise.resolve();
  }
}

it('looks every ten seconds while it is wanted, also after a failure', async () => {
  const clock = new FakeClock();
  const control = new FakeHostControl(clock);
  const wanted = { now: false };
  const kept = keepWarm(control, host, clock, () => wanted.now);
  const looks = (): number => control.calls.filter(({ order }) => order === 'warm').length;

  clock.advance(30_000);
  expect(looks()).toBe(0);
  wanted.now = true;
  control.failNext('warm', failure('host-unreachable', 'no answer', '').failure);
  for (let look = 1; look <= 3; look += 1) {
    clock.advance(10_000);
    await settle(clock);
    expect(looks()).toBe(look);
  }
  kept.dispose();
  clock.advance(60_000);
  await settle(clock);
  expect(looks()).toBe(3);
  expect(clock.pending).toBe(0);
});
