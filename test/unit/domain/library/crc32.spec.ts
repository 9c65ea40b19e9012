// CRC-32 in plain arithmetic, beside zlib's.
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 as pngCrc32 } from '../../../../electron/practice/gamestream/png-picture';
import { apartAfter, crc32 } from '../../../../electron/domain/library/crc32';

describe('the checksum', () => {
  it.each([
    ['', 0],
    ['123456789', 0xcbf43926],
    ['a', 0xe8b7be43],
  ])('of %j', (text, sum) => {
    expect(crc32(text)).toBe(sum);
  });

  it('is that of the text in UTF-8, whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => crc32(text) === pngCrc32(Buffer.from(text)) >>> 0));
    expect(crc32('\ud800')).toBe(pngCrc32(Buffer.from('\ud800')) >>> 0);
    // Node has it since 22.2; where it is there, it agrees, too.
    if (typeof zlibCrc32 === 'function') expect(crc32('Größe 🎮')).toBe(zlibCrc32('Größe 🎮'));
  });

  it('keeps a distance that does not depend on what is appended', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/), (one, other, appended) => {
        return apartAfter(crc32(one) ^ crc32(other), 64) === (crc32(one + appended) ^ crc32(other + appended)) >>> 0;
      }),
    );
  });
});
