// Hosts that answer with anything but what they should: a clear message each, and the library stays as it was.
import { afterEach, describe, expect, it } from 'vitest';
import { GameStreamHosts } from '../../../electron/domain/hosts/gamestream-hosts';
import { hostApps } from '../../../electron/domain/library/app-entries';
import { Library } from '../../../electron/domain/library/library';
import { FakeClock } from '../../fakes/fake-clock';
import { FakeGameStreamStore } from '../../fakes/fake-gamestream-store';
import { FakeHistoryStore, FakeLibraryStore } from '../../fakes/fake-library-store';
import { pin, startPracticeWorld, type PracticeWorld } from './practice-world';
import { http, relay, startStandIn, xml, type Saying, type StandIn } from './stand-in-host';

const sane = [
  ['hostname', 'Rig'],
  ['appversion', '7.1.431.-1'],
  ['uniqueid', 'CECB7648-626F-44F7-B570-46C84DCD9ED2'],
  ['HttpsPort', '47984'],
  ['mac', '00:00:00:00:00:00'],
  ['currentgame', '0'],
  ['PairStatus', '0'],
] as const;

function info(change: Readonly<Record<string, string>>): Buffer {
  return xml({ statusCode: 200, children: sane.map(([name, content]) => [name, change[name] ?? content]) });
}

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

  seen(): string {
    return JSON.stringify([this.library.hosts, this.library.entries, this.libraryStore.saved, this.store.saved]);
  }
}

const place: { world: PracticeWorld | null; standIn: StandIn | null } = { world: null, standIn: null };

async function house(): Promise<House> {
  place.world = await startPracticeWorld();
  return new House(place.world);
}

async function standIn(answer: () => Saying | Promise<Saying>): Promise<number> {
  place.standIn = await startStandIn({ answer });
  return place.standIn.port;
}

afterEach(async () => {
  await place.standIn?.stop();
  await place.world?.stop();
  [place.world, place.standIn] = [null, null];
});

describe('a stranger that is asked who it is', () => {
  it.each<[string, () => Saying]>([
    ['HTML', () => http('<!doctype html><html><body><h1>It works!</h1></body></html>')],
    ['a redirect', () => http('', '302 Found', 'Location: https://example.org/\r\n')],
    ['10 MB of XML', () => http(`<?xml version="1.0"?><root status_code="200"><hostname>${'x'.repeat(10_000_000)}</hostname></root>`)],
    ['an entity bomb', () => http('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]><root status_code="200"><hostname>&c;</hostname></root>')],
    ['a length that is too long', () => Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<root status_code="200"/>')],
    ['a length that is none', () => Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<root status_code="200"/>')],
    ['noise', () => Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) % 256))],
    ['nothing', () => 'hang-up'],
    ['an empty page', () => http('')],
    ['no identity', () => info({ uniqueid: '' })],
    ['an endless identity', () => info({ uniqueid: 'x'.repeat(5_000) })],
    ['a refusal', () => xml({ statusCode: 503, statusMessage: 'Sunshine\u202e is starting' })],
  ])('and answers with %s is not added', async (_what, answer) => {
    const own = await house();
    const before = own.seen();
    const added = await own.hosts.add('127.0.0.1', await standIn(answer));
    expect(added.ok).toBe(false);
    if (added.ok) return;
    expect(added.failure.message).toMatch(/127\.0\.0\.1 port \d+ .+\.$/s);
    expect(added.failure.message.length).toBeLessThan(400);
    expect(added.failure.message).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
    expect(added.failure.advice).not.toBe('');
    expect(own.seen()).toBe(before);
  }, 20_000);

  it.each([
    ['quotes and markup', '"><script>alert(1)</script>'],
    ['line ends', 'Two\nlines\r\n'],
    ['marks that turn the writing round', 'Rig\u202e gnol'],
    ['nothing', ''],
    ['only spaces', '   '],
    ['no end', 'x'.repeat(3_000)],
  ])('and has a name of %s is added under one that can be shown', async (_what, name) => {
    const own = await house();
    const added = await own.hosts.add('127.0.0.1', await standIn(() => info({ hostname: name })));
    expect(added).toMatchObject({ ok: true });
    const [host] = own.library.hosts;
    expect(host?.name).toMatch(/^\S.{0,79}$/u);
    expect(host?.name).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
  });

  it('and runs an app with a negative id runs none that Athena knows', async () => {
    const own = await house();
    const added = await own.hosts.add('127.0.0.1', await standIn(() => info({ currentgame: '-7' })));
    expect(added.ok ? added.value.info.runningAppId : null).not.toBe(7);
  });
});

describe('a paired host that goes wrong', () => {
  it.each<[string, () => Saying]>([
    ['answers with HTML', () => http('<html></html>')],
    ['hangs up', () => 'hang-up'],
    ['has another identity', () => info({ uniqueid: 'SOMEBODY-ELSE' })],
  ])('and %s keeps its apps, its pairing and its place in the library', async (_what, answer) => {
    const own = await house();
    const { server } = place.world ?? {};
    if (!server) throw new Error('no host');
    const faulty = { now: false };
    const port = await standIn(() => 'hang-up');
    await place.standIn?.stop();
    // The plain port leads through a stand-in, which passes everything on until it goes wrong.
    place.standIn = await startStandIn({ port, answer: (asked) => (faulty.now ? answer() : relay(server.ports.http, asked)) });
    const added = await own.hosts.add('127.0.0.1', port);
    if (!added.ok) throw new Error(added.failure.message);
    await server.order({ do: 'habits', habits: { autoPin: pin } });
    const { hostId } = added.value.record;
    expect(await own.hosts.pair(hostId, { pin, clientName: 'test' })).toMatchObject({ ok: true });
    await expect.poll(() => own.library.entries.length).toBeGreaterThan(1);
    const before = own.seen();

    faulty.now = true;
    await server.stop();
    for (const asked of [await own.hosts.look(hostId), await own.hosts.refreshApps(hostId), await own.hosts.quit(hostId)]) {
      expect(asked.ok).toBe(false);
      if (!asked.ok) expect(asked.failure.advice).not.toBe('');
    }
    expect(own.seen()).toBe(before);
  }, 30_000);
});
