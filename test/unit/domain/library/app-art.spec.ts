// Where covers are to be had from.
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { gameStreamRecordSchema, type GameStreamRecord } from '../../../../electron/domain/hosts/gamestream-record';
import { artFinder } from '../../../../electron/domain/library/app-art';

function record(apps: readonly (readonly [number, string])[], certificatePem: string | null = 'PEM'): GameStreamRecord {
  const list = apps.map(([id, name]) => ({ id, name, hdr: false }));
  return gameStreamRecordSchema.parse({ hostId: 'rig', uniqueId: 'A', addresses: ['192.168.1.20'], httpPort: 47_989, certificatePem, mac: null, apps: list });
}

const steam = entrySchema.parse({ id: 'steam', host: 'rig', name: 'My Steam', protocol: 'gamestream', app: 'Steam' });
const desk = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Steam', protocol: 'vnc' });

describe('a cover', () => {
  it('is that of the app the entry launches, by its present id', () => {
    const place = { records: [record([[1, 'Desk'], [17, 'Steam'], [18, 'Steam']])] };
    const find = artFinder(() => place.records);
    expect(find(steam)).toBe('athena-art://cover/rig/17');
    place.records = [record([[4, 'Steam']])];
    expect(find(steam)).toBe('athena-art://cover/rig/4');
  });

  it('is drawn by Athena for all others', () => {
    expect(artFinder(() => [record([[17, 'Steam']])])(desk)).toBeNull();
    expect(artFinder(() => [record([[17, 'Steam']], null)])(steam)).toBeNull();
    expect(artFinder(() => [record([[17, 'Other']])])(steam)).toBeNull();
    expect(artFinder(() => [])(steam)).toBeNull();
  });
});
