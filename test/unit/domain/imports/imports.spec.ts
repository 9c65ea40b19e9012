// Bringing in what other programs know: what is new, that it comes once, and that it can be taken back.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportDone } from '../../../../electron/common/imports';
import { mostCandidates } from '../../../../electron/common/imports';
import type { ConnectionReading, DesktopConnection, FoundConnection } from '../../../../electron/domain/imports/connection-files';
import { FakeHouse } from '../../../fakes/fake-services';

const place: { house: FakeHouse } = { house: new FakeHouse() };

beforeEach(async () => {
  place.house = new FakeHouse();
  await place.house.services.library.load();
});

function desktop(name: string, more: Partial<DesktopConnection> = {}): ConnectionReading {
  return { kind: 'desktop', desktop: { name, protocol: 'rdp', address: '10.0.0.5', port: 3389, username: null, fullScreen: false, ...more }, notes: [] };
}

function found(id: string, reading: ConnectionReading): FoundConnection {
  return { id, source: reading.kind === 'host' ? 'moonlight' : 'rdp', file: `/home/me/${id}.rdp`, reading };
}

const moonlight = found('moonlight', {
  kind: 'host',
  host: { name: 'Attic', uniqueId: 'ATTIC', addresses: ['192.0.2.70', 'fd00::70'], httpPort: 47_990, mac: '00:aa:bb:cc:0d:ff' },
  notes: ['Still to pair.'],
});

function imports(): FakeHouse['services']['imports'] {
  return place.house.services.imports;
}

async function states(): Promise<Record<string, string>> {
  const { candidates } = await imports().look();
  return Object.fromEntries(candidates.map(({ id, state }) => [id, state.kind === 'known' ? `known as ${state.name}` : state.kind]));
}

async function add(...ids: string[]): Promise<ImportDone> {
  const added = await imports().add(ids);
  if (!added.ok) throw new Error(added.failure.message);
  return added.value;
}

describe('what is found', () => {
  it('is new, known by address, port and user, or of no use', async () => {
    place.house.connectionFiles.usual = [
      found('new', desktop('New')),
      found('twin', desktop('Twin')),
      found('other-port', desktop('Other port', { port: 3390 })),
      found('other-user', desktop('Other user', { username: 'guest' })),
      // The house has "Office" on 192.168.1.20 over RDP for "me", and "Desk" over VNC.
      found('office', desktop('Elsewhere', { address: '192.168.1.20', username: 'ME' })),
      found('office-guest', desktop('Guest', { address: '192.168.1.20', username: 'guest' })),
      found('desk', desktop('Any', { address: '192.168.1.20', protocol: 'vnc', port: 5900 })),
      found('bad', { kind: 'unusable', name: null, message: 'It is no file.', advice: 'Choose the file itself.' }),
    ];
    expect(await states()).toEqual({
      new: 'new',
      twin: 'known as New',
      'other-port': 'new',
      'other-user': 'new',
      office: 'known as Office',
      'office-guest': 'new',
      desk: 'known as Desk',
      bad: 'unusable',
    });
    const { candidates } = await imports().look();
    expect(candidates.at(-1)).toMatchObject({ name: 'bad.rdp', protocol: null, address: null });
    expect(candidates[2]).toMatchObject({ port: 3390 });
    expect(candidates[0]).toMatchObject({ port: null });
  });

  it('is listed up to a limit, and the rest is told of', async () => {
    place.house.connectionFiles.usual = Array.from({ length: mostCandidates + 3 }, (_, number) => found(`n${number}`, desktop(`N ${number}`, { port: 10_000 + number })));
    const { candidates, troubles } = await imports().look();
    expect(candidates).toHaveLength(mostCandidates);
    expect(troubles).toMatchObject([{ message: expect.stringContaining('3 more connections') as string }]);
    expect((await imports().add([`n${mostCandidates}`])).ok).toBe(false);
  });

  it('holds what was chosen by hand, from then on and once', async () => {
    const { connectionFiles } = place.house;
    connectionFiles.usual = [found('usual', desktop('Usual'))];
    connectionFiles.elsewhere = [found('chosen', desktop('Chosen', { port: 3390 }))];
    const view = await imports().choose(['/home/me/chosen.rdp', '/home/me/usual.rdp']);
    expect(view.candidates.map(({ id }) => id)).toEqual(['chosen', 'usual']);
    expect(Object.keys(await states())).toEqual(['chosen', 'usual']);
    expect((await imports().lookInto(['/home/me/chosen.rdp'])).candidates.map(({ id }) => id)).toEqual(['chosen']);
  });
});

it('knows what a command beside the window has added meanwhile', async () => {
  const { house } = place;
  house.connectionFiles.usual = [found('a', desktop('A'))];
  expect(await states()).toEqual({ a: 'new' });
  const { saved } = house.libraryStore;
  const added = { ...house.office, id: 'elsewhere', name: 'Elsewhere', host: 'cellar' } as typeof house.office;
  house.libraryStore.written = { hosts: [...saved.hosts, { ...house.rig, id: 'cellar', address: '10.0.0.5' } as typeof house.rig], entries: [...saved.entries, added] };
  expect(await states()).toEqual({ a: 'known as Elsewhere' });
  expect(house.services.library.entries.map(({ name }) => name)).toContain('Elsewhere');
});

describe('what is chosen', () => {
  it('comes into the library in one change, once', async () => {
    const { house } = place;
    const { library } = house.services;
    house.connectionFiles.usual = [found('a', desktop('Office', { username: 'CORP\\me' })), found('b', desktop('Office', { port: 3390, fullScreen: true }))];
    await imports().look();
    const before = { hosts: library.hosts.length, saves: house.libraryStore.saves };
    const done = await add('a', 'b', 'a');
    expect(done).toMatchObject({ entryIds: ['office-2', 'office-3'], hostIds: [], already: 0, refused: [] });
    expect(library.entries.slice(-2)).toMatchObject([
      { name: 'Office', protocol: 'rdp', username: 'CORP\\me', fullScreen: false },
      { name: 'Office', port: 3390, fullScreen: true },
    ]);
    expect(library.hosts).toHaveLength(before.hosts + 1);
    expect(house.libraryStore.saves).toBe(before.saves + 1);
    expect(await add('a', 'b')).toMatchObject({ entryIds: [], already: 2 });
    expect(house.libraryStore.saves).toBe(before.saves + 1);
    expect(await states()).toEqual({ a: 'known as Office', b: 'known as Office' });
  });

  it('gets no password that an entry of the same name once had', async () => {
    const { house } = place;
    const { passwords } = house.services;
    house.connectionFiles.usual = [found('a', desktop('Lab'))];
    await passwords.give('lab' as ImportDone['entryIds'][number], 'secret', true);
    await imports().look();
    const { entryIds } = await add('a');
    expect(entryIds).toEqual(['lab']);
    expect(await passwords.read(entryIds[0]!)).toBeNull();
  });

  it('stays out when the disk refuses, and when it was never listed', async () => {
    const { house } = place;
    house.connectionFiles.usual = [found('a', desktop('A'))];
    expect(await imports().add(['a'])).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    await imports().look();
    house.libraryStore.refusal = new Error('disk full');
    expect(await imports().add(['a'])).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(house.services.library.entries).toHaveLength(2);
    expect((await imports().undo()).ok).toBe(false);
  });
});

describe('a host of Moonlight', () => {
  it('is kept without being asked, unpaired, with its addresses and its MAC', async () => {
    const { house } = place;
    const { gameStream, library } = house.services;
    house.connectionFiles.usual = [moonlight];
    await imports().look();
    const done = await add('moonlight');
    expect(done).toMatchObject({ entryIds: [], hostIds: ['attic'] });
    expect(gameStream.records).toMatchObject([{ hostId: 'attic', uniqueId: 'ATTIC', addresses: ['192.0.2.70', 'fd00::70'], httpPort: 47_990, certificatePem: null, mac: '00:aa:bb:cc:0d:ff', apps: [] }]);
    expect(library.hosts.at(-1)).toMatchObject({ name: 'Attic', address: '192.0.2.70' });
    expect(house.gameStreamHost.calls).toEqual([]);
    expect(await add('moonlight')).toMatchObject({ hostIds: [], already: 1 });
    expect(await states()).toEqual({ moonlight: 'known as Attic' });
  });

  it('does not take another host’s place', async () => {
    const { house } = place;
    const reading = moonlight.reading.kind === 'host' ? moonlight.reading : null;
    if (!reading) throw new Error('no host');
    house.connectionFiles.usual = [moonlight, { ...moonlight, id: 'impostor', reading: { ...reading, host: { ...reading.host, name: 'Impostor', uniqueId: 'OTHER' } } }];
    await imports().look();
    const done = await add('moonlight', 'impostor');
    expect(done).toMatchObject({ hostIds: ['attic'], refused: [{ id: 'impostor', name: 'Impostor', message: expect.stringContaining('another host') as string }] });
    expect(house.services.gameStream.records).toHaveLength(1);
  });
});

describe('taking it back', () => {
  it('removes what came, and leaves what was there and what is used by now', async () => {
    const { house } = place;
    const { library, gameStream } = house.services;
    const before = { hosts: library.hosts, entries: library.entries };
    house.connectionFiles.usual = [found('a', desktop('A')), found('b', desktop('B', { address: '192.168.1.20', port: 3390 })), moonlight];
    await imports().look();
    await add('a', 'b', 'moonlight');
    expect(library.hosts).toHaveLength(3);
    expect(await imports().undo()).toEqual({ ok: true, value: undefined });
    expect(library.hosts).toEqual(before.hosts);
    expect(library.entries).toEqual(before.entries);
    expect(gameStream.records).toEqual([]);
    expect((await imports().undo()).ok).toBe(false);

    await imports().look();
    await add('a');
    await library.add({ name: 'Mine', protocol: 'vnc', address: '10.0.0.5', fullScreen: false, resumeCountdownS: 3 });
    await imports().undo();
    expect(library.entries.map(({ name }) => name)).toEqual(['Desk', 'Office', 'Mine']);
    expect(library.hosts.map(({ address }) => address)).toContain('10.0.0.5');
  });
});
