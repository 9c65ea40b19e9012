// The fake main process keeps the contract that the real one keeps: what it shows and pushes is valid.
import { describe, expect, it } from 'vitest';
import { hostStateKindSchema } from '../../../electron/common/gamestream';
import { snapshotSchema } from '../../../electron/common/ipc-contract';
import { sampleBatchSchema } from '../../../electron/common/latency';
import type { HostId } from '../../../electron/common/ids';
import { FakeBridge } from '../../fakes/fake-bridge';
import { fakeScene } from '../../fakes/fake-scenes';
import { appStates, linkStates } from '../../fakes/fake-states';

const nowMs = 1_700_000_000_000;
const scenes = [
  ...['empty', 'full', 'trouble', 'questions', 'practice-running', 'practice-finished'],
  ...['found', 'hosts', 'host-older', 'host-hostile', 'host-asleep-without-mac', 'host-pin-waiting', 'host-web-waiting', 'host-pairing-failed', 'host-unpaired'],
  ...hostStateKindSchema.options.map((state) => `host-${state}`),
  ...Object.keys(linkStates(nowMs)).flatMap((link) => Object.keys(appStates(nowMs)).map((app) => `session-${link}-${app}`)),
];

describe('fake scenes', () => {
  it.each(scenes)('%s is a valid snapshot', (name) => {
    const { snapshot } = fakeScene(name, nowMs);
    expect(snapshotSchema.parse(snapshot)).toEqual(snapshot);
    if (name.startsWith('session-')) expect(snapshot.sessions).toHaveLength(1);
  });

  it('have valid samples', () => {
    for (const batch of fakeScene('full', nowMs).history('attic' as HostId)) {
      expect(sampleBatchSchema.parse(batch)).toEqual(batch);
      expect(batch.atMs.length).toBe(600);
    }
  });

  it('reject wrong arguments as the real handlers do', async () => {
    const fake = new FakeBridge(fakeScene('full', nowMs));
    await expect(fake.invoke('session:launch', { entryId: 'Not An Id' })).rejects.toThrow();
    expect(await fake.invoke('session:launch', { entryId: 'openttd' })).toEqual({ ok: true, value: 'session-of-openttd' });
  });
});
