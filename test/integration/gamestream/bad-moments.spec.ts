// Hosts that go wrong at the worst moment: they vanish within a pairing, change their certificate, or are there twice. A clear
// message each; the library and what is known of the host stay as they were, and the next try works.
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostId } from '../../../electron/common/ids';
import type { Result } from '../../../electron/common/result';
import { GameStreamHosts } from '../../../electron/domain/hosts/gamestream-hosts';
import { hostApps } from '../../../electron/domain/library/app-entries';
import { Library } from '../../../electron/domain/library/library';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { FakeClock } from '../../fakes/fake-clock';
import { FakeGameStreamStore } from '../../fakes/fake-gamestream-store';
import { FakeHistoryStore, FakeLibraryStore } from '../../fakes/fake-library-store';
import { pin, startPracticeWorld, type PracticeWorld, type WorldOptions } from './practice-world';
import { relay, startStandIn, type StandIn } from './stand-in-host';

class House {
  readonly libraryStore = new FakeLibraryStore();
  readonly store = new FakeGameStreamStore();
  readonly library: Library;
  readonly hosts: GameStreamHosts;

  constructor({ host, log }: PracticeWorld) {
    this.library = new Library({ store: this.libraryStore, history: new FakeHistoryStore(), clock: new FakeClock(), log });
    this.hosts = new GameStreamHosts({ port: host, store: this.store, book: this.library, log });
    this.hosts.onChange(() => void this.library.setApps(hostApps(this.hosts.records)));
  }

  /** All that is shown and all that is saved. */
  seen(): string {
    return JSON.stringify([this.library.hosts, this.library.entries, this.libraryStore.saved, this.store.saved]);
  }

  async add(port: number): Promise<HostId> {
    const added = await this.hosts.add('127.0.0.1', port);
    if (!added.ok) throw new Error(added.failure.message);
    return added.value.record.hostId;
  }

  pair(hostId: HostId): ReturnType<GameStreamHosts['pair']> {
    return this.hosts.pair(hostId, { pin, clientName: 'test' });
  }
}

const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function open(options: WorldOptions = {}): Promise<{ world: PracticeWorld; own: House; server: GameStreamServer }> {
  const world = await startPracticeWorld(options);
  undo.push(() => world.stop());
  await world.server.order({ do: 'habits', habits: { autoPin: pin } });
  return { world, own: new House(world), server: world.server };
}

function expectClear(asked: Result<unknown>, kind: string): void {
  expect(asked).toMatchObject({ ok: false, failure: { kind } });
  if (asked.ok) return;
  expect(asked.failure.message).not.toBe('');
  expect(asked.failure.advice).not.toBe('');
  expect(asked.failure.message + asked.failure.advice).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
}

describe('a host that vanishes in the middle of pairing', () => {
  /** Passes everything on until the step comes at which it says nothing more. */
  async function through(server: GameStreamServer, step: { at: number }): Promise<StandIn> {
    let steps = 0;
    const standIn = await startStandIn({
      answer: (asked) => {
        if (asked.path === '/pair' && ++steps >= step.at) return 'hang-up';
        return relay(server.ports.http, asked);
      },
    });
    undo.push(() => standIn.stop());
    return standIn;
  }

  // A host that was only cut off, and not restarted, remembers the half-done pairing: it refuses once, and then has forgotten.
  it.each([1, 2, 3, 4])('at step %d: nothing is kept, and pairing works again, at the latest after one clear refusal', async (at) => {
    const { own, server } = await open();
    const step = { at };
    const hostId = await own.add((await through(server, step)).port);
    const before = own.seen();
    expectClear(await own.pair(hostId), 'host-unreachable');
    expect(own.seen()).toBe(before);
    expect(own.hosts.record(hostId)?.certificatePem).toBeNull();
    step.at = Number.POSITIVE_INFINITY;
    const next = await own.pair(hostId);
    if (at === 1) expect(next).toMatchObject({ ok: true });
    if (!next.ok) {
      expectClear(next, 'pairing-refused');
      expect(own.seen()).toBe(before);
      expect(await own.pair(hostId)).toMatchObject({ ok: true });
    }
    expect(own.library.entries.map(({ app }) => app)).toContain('Desktop');
  });

  it('at the last step, which goes over TLS: nothing is kept', async () => {
    const { own, server } = await open();
    const vanishing = { now: true };
    const standIn = await startStandIn({
      answer: async (asked) => {
        const reply = await relay(server.ports.http, asked);
        if (vanishing.now && asked.parameters.has('clientpairingsecret')) await server.order({ do: 'vanish', how: 'refused' });
        return reply;
      },
    });
    undo.push(() => standIn.stop());
    const hostId = await own.add(standIn.port);
    const before = own.seen();
    expectClear(await own.pair(hostId), 'host-unreachable');
    expect(own.seen()).toBe(before);
    vanishing.now = false;
    await server.order({ do: 'return' });
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
  });

  it('or goes silent while the PIN is awaited: the user can give up, and nothing is kept', async () => {
    const { own, server } = await open();
    await server.order({ do: 'habits', habits: { autoPin: null } });
    const hostId = await own.add(server.ports.http);
    const before = own.seen();
    const cancel = new AbortController();
    const pairing = own.hosts.pair(hostId, { pin, clientName: 'test', cancel: cancel.signal });
    await expect.poll(async () => (await server.order({ do: 'state' })).state.waitingForPin).toBe(1);
    await server.order({ do: 'vanish', how: 'silent' });
    cancel.abort();
    expectClear(await pairing, 'cancelled');
    expect(own.seen()).toBe(before);
  });
});

describe('a PIN that is typed wrong', () => {
  it('is told as that, nothing is kept, and the next pairing works at once', async () => {
    const { own, server } = await open();
    await server.order({ do: 'habits', habits: { autoPin: '9999' } });
    const hostId = await own.add(server.ports.http);
    const before = own.seen();
    expectClear(await own.pair(hostId), 'wrong-pin');
    expect(own.seen()).toBe(before);
    await server.order({ do: 'habits', habits: { autoPin: pin } });
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
  });

  it('does not harm a host that is paired already', async () => {
    const { own, server } = await open();
    const hostId = await own.add(server.ports.http);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    const before = own.seen();
    await server.order({ do: 'habits', habits: { autoPin: '9999' } });
    expectClear(await own.pair(hostId), 'wrong-pin');
    expect(own.seen()).toBe(before);
    expect(await own.hosts.refreshApps(hostId)).toMatchObject({ ok: true });
  });
});

describe('a certificate that changes', () => {
  it('is told before anything is asked; apps and pairing stay until the host is paired anew', async () => {
    const { own, server } = await open();
    const hostId = await own.add(server.ports.http);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    const before = own.seen();
    await server.order({ do: 'reinstall', identity: 'same' });
    for (const asked of [await own.hosts.look(hostId), await own.hosts.refreshApps(hostId), await own.hosts.quit(hostId)]) expectClear(asked, 'certificate-changed');
    expect(own.seen()).toBe(before);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    expect(own.hosts.record(hostId)?.certificatePem?.trim()).toBe(server.certificatePem.trim());
    expect(await own.hosts.refreshApps(hostId)).toMatchObject({ ok: true });
  });

  it('with another identity is another host: the known one stays as it was', async () => {
    const { own, server } = await open();
    const hostId = await own.add(server.ports.http);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    const before = own.seen();
    await server.order({ do: 'reinstall', identity: 'new' });
    expect((await own.hosts.look(hostId)).ok).toBe(false);
    expect((await own.hosts.refreshApps(hostId)).ok).toBe(false);
    expect(own.seen()).toBe(before);
  });
});

describe('two hosts with one identity, as cloned disks have', () => {
  async function clone(how: 'exact' | 'other-certificate'): Promise<{ own: House; hostId: HostId; original: GameStreamServer; copy: GameStreamServer }> {
    const [first, second] = await Promise.all([mkdtemp(join(tmpdir(), 'athena-clone-')), mkdtemp(join(tmpdir(), 'athena-clone-'))]);
    undo.push(() => Promise.all([first, second].map((directory) => rm(directory, { recursive: true, force: true }))));
    const { own, server: original } = await open({ directory: first });
    const hostId = await own.add(original.ports.http);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    cpSync(first, second, { recursive: true });
    const copy = await startGameStreamServer({ name: 'Copy', directory: second });
    undo.push(() => copy.stop());
    if (how === 'other-certificate') await copy.order({ do: 'reinstall', identity: 'same' });
    return { own, hostId, original, copy };
  }

  it('the second is not added as a host of its own, and takes nothing from the first', async () => {
    const { own, hostId, original, copy } = await clone('exact');
    expect(copy.uniqueId).toBe(original.uniqueId);
    const before = own.seen();
    await own.hosts.add('127.0.0.1', copy.ports.http);
    expect(own.hosts.records).toHaveLength(1);
    expect(own.library.hosts).toHaveLength(1);
    expect(own.seen()).toBe(before);
    expect(await own.hosts.refreshApps(hostId)).toMatchObject({ ok: true });
  });

  it('one with another certificate is never asked as the paired one, also when that is gone', async () => {
    const { own, hostId, original, copy } = await clone('other-certificate');
    const before = own.seen();
    await own.hosts.add('127.0.0.1', copy.ports.http);
    expect(own.seen()).toBe(before);
    await original.order({ do: 'vanish', how: 'refused' });
    expectClear(await own.hosts.add('127.0.0.1', copy.ports.http), 'certificate-changed');
    expect(own.seen()).toBe(before);
    expect(own.hosts.record(hostId)?.httpPort).toBe(original.ports.http);
  });
});

describe('a list of 20,000 apps', () => {
  const apps = Array.from({ length: 20_000 }, (_, index) => ({ name: `Game ${index} "q" \u202e`, hdr: false, cover: null, runs: 'nothing' as const }));

  it('is in the library whole, and stays when the next list is nonsense', { timeout: 60_000 }, async () => {
    const { own, server } = await open({ apps });
    const hostId = await own.add(server.ports.http);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    expect(own.library.entries).toHaveLength(20_000);
    const before = own.seen();
    await server.stop();
    expect((await own.hosts.refreshApps(hostId)).ok).toBe(false);
    expect(own.seen()).toBe(before);
  });
});

describe('a cover that is no picture', () => {
  it.each([
    ['a web page', Buffer.from('<html></html>')],
    ['a PNG cut off in its header', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1')],
    ['a GIF', Buffer.from('GIF89a')],
  ])('%s: told, and nothing else changes', async (_what, cover) => {
    const { own, world, server } = await open({ apps: [{ name: 'Desktop', hdr: false, cover, runs: 'nothing' }] });
    const hostId = await own.add(server.ports.http);
    expect(await own.pair(hostId)).toMatchObject({ ok: true });
    const before = own.seen();
    const record = own.hosts.record(hostId);
    if (!record) throw new Error('no record');
    expectClear(await world.host.art({ address: '127.0.0.1', httpPort: record.httpPort, certificatePem: record.certificatePem }, server.apps[0]?.id ?? 0), 'bad-answer');
    expect(own.seen()).toBe(before);
  });
});
