// Lists packed into columns come back as they were, whatever stands in their rows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packLists, packRows, unpackLists } from '../../../electron/common/row-text';

function thereAndBack(value: object, depth = 2): unknown {
  return unpackLists(JSON.parse(JSON.stringify(packLists(value))), depth);
}

const row = fc.oneof(
  fc.record({ id: fc.string(), host: fc.constantFrom('rig', 'den'), playedMs: fc.integer() }),
  fc.record({ id: fc.string(), port: fc.option(fc.integer(), { nil: undefined }), nested: fc.record({ a: fc.boolean(), b: fc.option(fc.string()) }) }),
  fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
);

describe('rows as columns', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 60, maxLength: 120 }), (rows) => {
        const value = { rows, file: 'x' };
        expect(thereAndBack(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 100 },
    );
  });

  it('keep the order of rows with different keys', () => {
    const rows = Array.from({ length: 200 }, (_, number) => (number % 3 === 0 ? { id: number } : { id: number, app: `app ${number}` }));
    expect(thereAndBack({ rows })).toEqual({ rows });
  });

  it('write a value that many have once, and hand the same object to all', () => {
    const client = { found: true, displayName: 'Moonlight' };
    const rows = Array.from({ length: 100 }, (_, number) => ({ id: number, client }));
    expect(JSON.stringify(packRows(rows)).split('Moonlight')).toHaveLength(2);
    const back = thereAndBack({ rows }) as { rows: { client: object }[] };
    expect(back.rows[0]?.client).toBe(back.rows[99]?.client);
  });

  it.each([
    ['a short list', Array.from({ length: 10 }, (_, id) => ({ id }))],
    ['numbers', Array.from({ length: 100 }, (_, id) => id)],
    ['rows of which one is nothing', [...Array.from({ length: 100 }, (_, id) => ({ id })), null]],
    ['rows of which one is a list', [...Array.from({ length: 100 }, (_, id) => ({ id })), []]],
    ['rows with a prototype in them', JSON.parse(`[${Array.from({ length: 100 }, () => '{"__proto__":{"id":1}}').join()}]`) as unknown[]],
    ['rows that all look different', Array.from({ length: 100 }, (_, id) => ({ [`key-${id}`]: id }))],
  ])('are left alone: %s', (_name, rows) => {
    expect(packRows(rows)).toBeNull();
    expect(thereAndBack({ rows })).toEqual({ rows });
  });
});
