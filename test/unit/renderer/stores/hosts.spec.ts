// The mirror of GameStream hosts over a fake main process: what arrives, what is asked, and what is never kept.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostId } from '../../../../electron/common/ids';
import { addFoundHost, beginPairing, useHosts } from '../../../../renderer/stores/hosts';
import { LiveSamples } from '../../../../renderer/stores/live-samples';
import { openRoute, useRoute } from '../../../../renderer/stores/route';
import { startSync } from '../../../../renderer/stores/sync';
import { useToasts } from '../../../../renderer/stores/toasts';
import { FakeBridge } from '../../../fakes/fake-bridge';
import { fakeWebLogIn } from '../../../fakes/fake-hosts';
import { fakeScene } from '../../../fakes/fake-scenes';

const rig = 'rig' as HostId;

async function openOn(scene: string): Promise<FakeBridge> {
  const fake = new FakeBridge(fakeScene(scene, Date.now()));
  vi.stubGlobal('window', { athena: fake });
  await startSync(new LiveSamples());
  return fake;
}

beforeEach(() => {
  useRoute.setState({ route: { page: 'library' }, past: [] });
  useToasts.setState({ toasts: [] });
});
afterEach(() => vi.unstubAllGlobals());

describe('the mirror', () => {
  it('has what main had at the start, and what it pushes', async () => {
    const fake = await openOn('hosts');
    expect(useHosts.getState().hosts).toHaveLength(5);
    expect(useHosts.getState().found).toHaveLength(2);
    fake.hosts.change(rig, { state: 'asleep', runningApp: null });
    expect(useHosts.getState().hosts.find(({ hostId }) => hostId === rig)).toMatchObject({ state: 'asleep', runningApp: null });
  });

  it('counts two announcements of one address once', async () => {
    const fake = await openOn('empty');
    const place = { addresses: ['192.168.1.44'], httpPort: 47989 };
    fake.push('host:found-changed', [{ name: 'A', ...place }, { name: 'B', ...place }, { name: 'C', ...place, httpPort: 48989 }]);
    expect(useHosts.getState().found.map(({ name }) => name)).toEqual(['B', 'C']);
  });

  it('keeps one pairing a host', async () => {
    const fake = await openOn('host-unpaired');
    await beginPairing(rig, null);
    fake.hosts.typePin(rig, '0000');
    expect(useHosts.getState().pairings).toMatchObject([{ kind: 'failed', hostId: rig }]);
  });
});

describe('the web log-in', () => {
  it('is asked with once, and is in no store afterwards', async () => {
    const fake = await openOn('host-unpaired');
    expect(await beginPairing(rig, fakeWebLogIn)).toMatchObject({ ok: true });
    await expect.poll(() => useHosts.getState().pairings).toMatchObject([{ kind: 'paired', apps: 42 }]);
    expect(fake.calls.filter(({ args }) => JSON.stringify(args ?? null).includes(fakeWebLogIn.password))).toHaveLength(1);
    for (const store of [useHosts, useToasts, useRoute]) expect(JSON.stringify(store.getState())).not.toContain(fakeWebLogIn.password);
  });
});

describe('a pairing that ends while another page is shown', () => {
  it('is told at the edge of the window, with the way to the host', async () => {
    const fake = await openOn('host-pin-waiting');
    fake.hosts.typePin(rig, '0000');
    expect(useToasts.getState().toasts).toMatchObject([{ tone: 'bad', title: 'Another PIN was typed at this host.' }]);
    useToasts.getState().toasts[0]?.action?.run();
    expect(useRoute.getState().route).toEqual({ page: 'host', hostId: rig });
  });

  it('is not told twice on the host’s own page', async () => {
    const fake = await openOn('host-pin-waiting');
    openRoute({ page: 'host', hostId: rig });
    fake.hosts.typePin(rig, '4071');
    expect(useToasts.getState().toasts).toEqual([]);
  });
});

describe('a found host', () => {
  it('is added by its next address when the best one does not answer', async () => {
    const fake = await openOn('empty');
    const added = await addFoundHost({ name: 'Den', addresses: ['nobody.lan', '192.168.1.9'], httpPort: 47989 });
    expect(added).toEqual({ ok: true, value: '192-168-1-9' });
    expect(fake.calls.filter(({ channel }) => channel === 'host:add')).toHaveLength(2);
  });

  it('fails with the reason of its best address', async () => {
    await openOn('empty');
    const added = await addFoundHost({ name: 'Den', addresses: ['nobody.one', 'nobody.two'], httpPort: 47989 });
    expect(added).toMatchObject({ ok: false, failure: { message: 'Nothing answers at nobody.one.' } });
  });
});
