// Ids from names.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryIdSchema } from '../../../../electron/common/ids';
import { freeId } from '../../../../electron/domain/library/free-id';

describe('an id', () => {
  it.each([
    ['Desk', 'desk'],
    ['  My Gaming Rig!  ', 'my-gaming-rig'],
    ['Größe & Café', 'gro-e-cafe'],
    ['192.168.1.20', '192-168-1-20'],
    ['日本語', 'entry'],
    ['---', 'entry'],
    ['', 'entry'],
  ])('of %j is %j', (name, id) => {
    expect(freeId(name, [])).toBe(id);
  });

  it('that is taken gets a number', () => {
    expect(freeId('Desk', ['desk'])).toBe('desk-2');
    expect(freeId('Desk', ['desk', 'desk-2', 'desk-3'])).toBe('desk-4');
  });

  it('is always valid and free', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(30), (name, others) => {
        const taken: string[] = [];
        for (let count = 0; count < others; count += 1) taken.push(freeId(name, taken));
        const id = freeId(name, taken);
        return entryIdSchema.safeParse(id).success && !taken.includes(id);
      }),
    );
  });
});
