// Apps of paired hosts as entries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entrySchema, type Entry } from '../../../../electron/common/entry';
import { hostIdSchema } from '../../../../electron/common/ids';
import { appEntries, catalogueOf, hostApps } from '../../../../electron/domain/library/app-entries';
import { gameStreamRecordSchema, type GameStreamRecord } from '../../../../electron/domain/hosts/gamestream-record';

function record(names: readonly string[], certificatePem: string | null = 'PEM', hostId = 'rig'): GameStreamRecord {
  return gameStreamRecordSchema.parse({
    hostId: hostIdSchema.parse(hostId),
    uniqueId: 'A',
    addresses: ['192.168.1.20'],
    httpPort: 47_989,
    certificatePem,
    mac: null,
    apps: names.map((name, id) => ({ id, name, hdr: false })),
  });
}

function entriesOf(names: readonly string[], saved: readonly Entry[] = []): Entry[] {
  return appEntries(catalogueOf(hostApps([record(names)])), saved);
}

describe('app entries', () => {
  it('keep the name the host gave, and an id that does not depend on the app id', () => {
    const [entry] = entriesOf(['Cyberpunk 2077']);
    expect(entry).toEqual(entrySchema.parse({ id: 'rig-cyberpunk-2077', host: 'rig', name: 'Cyberpunk 2077', protocol: 'gamestream', app: 'Cyberpunk 2077' }));
  });

  it('are told apart when their names differ in signs only', () => {
    const ids = entriesOf(['Desk!', 'Desk?', 'Desk', 'desk', 'משחק', 'שולחן', '🎮', `${'x'.repeat(90)}1`, `${'x'.repeat(90)}2`]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(9);
  });

  it('have the same id whatever other apps come and go', () => {
    const all = ['Desk!', 'Desk?', 'משחק', 'שולחן', 'Baldur’s Gate 3', 'Steam'];
    const together = new Map(entriesOf(all).map(({ app, id }) => [app, id]));
    for (const name of all) expect(entriesOf([name])[0]?.id).toBe(together.get(name));
    expect(new Map(entriesOf([...all].reverse()).map(({ app, id }) => [app, id]))).toEqual(new Map([...together].reverse()));
  });

  it('show hostile names on one line, cut, and launch them by their true name', () => {
    const name = `a\nb ${'x'.repeat(400)}`;
    const [entry] = entriesOf([name]);
    expect(entry?.name).not.toContain('\n');
    expect(entry?.name.length).toBeLessThanOrEqual(120);
    expect(entry?.app).toBe(name);
  });

  it('come from paired hosts only, and skip apps without a name', () => {
    expect(appEntries(catalogueOf(hostApps([record(['Desk'], null), record([' '])])), [])).toEqual([]);
  });

  it('are one for two apps of one name: a client could not start the second', () => {
    expect(entriesOf(['Desk', 'Desk'])).toHaveLength(1);
    expect(appEntries(catalogueOf(hostApps([record(['Desk']), record(['Desk'], 'PEM', 'attic')])), [])).toHaveLength(2);
  });

  it('leave alone what is saved: its app is not made again, and its id is not given away', () => {
    const star = entrySchema.parse({ id: 'mine', host: 'rig', name: 'Mine', protocol: 'gamestream', app: 'Steam', favourite: true });
    const other = entrySchema.parse({ id: 'rig-desk', host: 'rig', name: 'Desk over VNC', protocol: 'vnc' });
    expect(entriesOf(['Steam', 'Desk'], [star, other]).map(({ id }) => id)).toEqual(['rig-desk-2']);
  });

  it('are valid and unique, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), { maxLength: 30 }), (names) => {
        const entries = entriesOf(names);
        expect(entries.every((entry) => entrySchema.safeParse(entry).success)).toBe(true);
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
        expect(new Set(entries.map(({ app }) => app)).size).toBe(entries.length);
      }),
    );
  });
});

describe('twenty thousand apps', () => {
  it.each<[string, (index: number) => string]>([
    ['with names of their own', (index) => `Game ${index}`],
    ['of names that leave no letters', (index) => `משחק ${'!'.repeat(index % 200)}${index}`],
    ['of names that make one id', (index) => [...'abcdefghijklmnop'].map((sign, at) => ((index >> at) & 1 ? sign.toUpperCase() : sign)).join('')],
  ])('%s take no time to speak of', (_what, nameOf) => {
    const hosts = hostApps([record(Array.from({ length: 20_000 }, (_, index) => nameOf(index)))]);
    const startedMs = performance.now();
    const entries = appEntries(catalogueOf(hosts), []);
    const tookMs = performance.now() - startedMs;
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.length).toBe(20_000);
    // A tenth of this is usual; going through all that is taken for each one would take a hundred times as long.
    expect(tookMs).toBeLessThan(2_000);
  });
});
