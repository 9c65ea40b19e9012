// Taking a value out of JSON with comments.
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { removalOf } from '../../../../electron/adapters/store/json-removal';

describe('removing', () => {
  it.each<[string, string, (string | number)[], string]>([
    ['the first of a line', '{ "a": 1, "b": 2 }', ['a'], '{ "b": 2 }'],
    ['the last of a line', '{ "a": 1, "b": 2 }', ['b'], '{ "a": 1 }'],
    ['the only one', '{ "a": 1 }', ['a'], '{ }'],
    ['a line of its own', '{\n  "a": 1,\n  "b": 2\n}', ['a'], '{\n  "b": 2\n}'],
    ['the last line', '{\n  "a": 1,\n  "b": 2\n}', ['b'], '{\n  "a": 1\n}'],
    ['before a trailing comma', '{\n  "a": 1,\n  "b": 2,\n}', ['b'], '{\n  "a": 1,\n}'],
    ['between comments', '{\n  "a": 1, // one\n  // of two\n  "b": 2 // two\n}', ['b'], '{\n  "a": 1 // one\n  // of two\n  // two\n}'],
    ['before comments', '{\n  "a": 1, // one\n  "b": 2\n}', ['a'], '{\n  // one\n  "b": 2\n}'],
    ['before a comma that comes late', '{ "a": 1 /* one */ , "b": 2 }', ['a'], '{ /* one */  "b": 2 }'],
    ['an item', '[ 1, 2, 3 ]', [1], '[ 1, 3 ]'],
    ['an object in a list', '{ "l": [\n  { "id": "x" }, // x\n  { "id": "y" }\n] }', ['l', 1], '{ "l": [\n  { "id": "x" } // x\n] }'],
    ['what is not there', '{ "a": 1 }', ['b'], '{ "a": 1 }'],
    ['out of no JSON', 'hello', ['b'], 'hello'],
    ['with the line ends of Windows', '{\r\n  "a": 1,\r\n  "b": 2\r\n}', ['a'], '{\r\n  "b": 2\r\n}'],
  ])('%s', (_what, text, path, left) => {
    expect(removalOf(text, path)).toBe(left);
  });

  it('leaves all else, comments and all', () => {
    const space = fc.constantFrom('', ' ', '\n', '\n  ', '// it’s here, “quoted”\n', '/* , { */');
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
    fc.assert(
      fc.property(keys, fc.array(space, { minLength: 24, maxLength: 24 }), fc.nat(3), fc.boolean(), (names, spaces, which, isTrailing) => {
        const gap = spaces[Symbol.iterator]();
        const next = (): string => String(gap.next().value ?? '');
        const members = names.map((name, index) => {
          const comma = index < names.length - 1 || isTrailing ? `${next()},` : '';
          return `${next()}"${name}":${next()}{ "n": ${index} }${comma}`;
        });
        const text = `{${members.join('')}${next()}}`;
        const removed = names[which % names.length] ?? '';
        const left = removalOf(text, [removed]);
        const errors: never[] = [];
        const { [removed]: _gone, ...rest } = parse(text, [], { allowTrailingComma: true }) as Record<string, unknown>;
        expect(parse(left, errors, { allowTrailingComma: true })).toEqual(rest);
        expect(errors).toEqual([]);
        const inside = /"[a-d]":((?:\s|\/\/.*\n|\/\*.*?\*\/)*)\{/.source;
        const lost = new RegExp(inside.replace('[a-d]', removed)).exec(text)?.[1] ?? '';
        const comments = (all: string): number => (all.match(/\/\/|\/\*/g) ?? []).length;
        expect(comments(left)).toBe(comments(text) - comments(lost));
      }),
    );
  });
});
