// Apps of paired hosts as entries.
import { describe, expect, it } from 'vitest';
import { hostIdSchema } from '../../../../electron/common/ids';
import { appEntries } from '../../../../electron/domain/library/app-entries';
import { gameStreamRecordSchema, type GameStreamRecord } from '../../../../electron/domain/hosts/gamestream-record';

function record(names: readonly string[], certificatePem: string | null = 'PEM'): GameStreamRecord {
  return gameStreamRecordSchema.parse({
    hostId: hostIdSchema.parse('rig'),
    uniqueId: 'A',
    addresses: ['192.168.1.20'],
    httpPort: 47_989,
    certificatePem,
    mac: null,
    apps: names.map((name, id) => ({ id, name, hdr: false })),
  });
}

describe('app entries', () => {
  it('keep the name the host gave, and an id that does not depend on the app id', () => {
    const [entry] = appEntries([record(['Cyberpunk 2077'])]);
    expect(entry).toMatchObject({ id: 'rig-cyberpunk-2077', host: 'rig', protocol: 'gamestream', app: 'Cyberpunk 2077' });
  });

  it('are told apart when their names differ in signs only', () => {
    const ids = appEntries([record(['Desk!', 'Desk?', 'משחק', 'שולחן'])]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('show hostile names on one line, cut, and launch them by their true name', () => {
    const name = `a\nb ${'x'.repeat(400)}`;
    const [entry] = appEntries([record([name])]);
    expect(entry?.name).not.toContain('\n');
    expect(entry?.name.length).toBeLessThanOrEqual(120);
    expect(entry?.app).toBe(name);
  });

  it('come from paired hosts only, and skip apps without a name', () => {
    expect(appEntries([record(['Desk'], null), record([' '])])).toEqual([]);
  });
});
