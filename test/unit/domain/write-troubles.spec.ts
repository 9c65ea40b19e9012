// A disk that refuses is told of once, in words, and once more when it is over.
import { describe, expect, it } from 'vitest';
import type { StorageTrouble } from '../../../electron/common/storage';
import { WriteTroubles } from '../../../electron/domain/write-troubles';
import { SilentLog } from '../../fakes/silent-log';

function bench(): { troubles: WriteTroubles; told: (StorageTrouble | null)[]; log: SilentLog } {
  const log = new SilentLog();
  const troubles = new WriteTroubles(log);
  const told: (StorageTrouble | null)[] = [];
  troubles.onChange((trouble) => told.push(trouble));
  return { troubles, told, log };
}

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('files that cannot be written', () => {
  it('are told of once, however many there are and however often', () => {
    const { troubles, told, log } = bench();
    for (const file of ['/s/journal.json', '/s/history.json', '/s/journal.json']) troubles.failed(file, full);
    expect(told).toEqual([{ file: '/s/journal.json', message: 'No space is left on its disk.' }]);
    expect(log.heard.filter(({ level }) => level === 'error')).toHaveLength(1);
    troubles.worked('/s/journal.json');
    expect(told.at(-1)).toEqual({ file: '/s/history.json', message: 'No space is left on its disk.' });
    troubles.worked('/s/history.json');
    expect(told.at(-1)).toBeNull();
    troubles.worked('/s/history.json');
    expect(told).toHaveLength(3);
  });

  it('the system’s word is found wherever it stands, and handed on where it means nothing to us', () => {
    const { troubles } = bench();
    troubles.failed('/s/a.log', new Error("Couldn't write to /s/a.log. EROFS: read-only file system, open"));
    expect(troubles.current?.message).toBe('Its disk is mounted read-only.');
    troubles.worked('/s/a.log');
    troubles.failed('/s/b', 'something odd');
    expect(troubles.current?.message).toBe('something odd.');
  });
});
