// Breaks an input in the ways that break parsers: bits, lengths, numbers, pieces doubled, dropped, cut off and grown together.
import type { Random } from './random';

const numbers = ['0', '-0', '-1', '1', '255', '65535', '65536', '2147483647', '2147483648', '-2147483648', '4294967295', '99999999999999999999', '1e308', '0x7fffffff', 'NaN', '', '٣', '1.5', ' 7 ', '+7'];

/** Names, markup and control characters that have hurt somebody's reader before. */
export const nasty: readonly string[] = [
  ...['"', "'", '<', '>', '&', ']]>', '<![CDATA[', '<!--', '-->', '<?xml version="1.0"?>', '<!DOCTYPE html>', '<!DOCTYPE a [<!ENTITY b "cc">]>'],
  ...['&amp;', '&lt;', '&#0;', '&#x110000;', '&#xD800;', '&#99999999;', '&nosuch;', '&b;', '\u0000', '\u0007', '\u001b[31m', '\r\n', '\n', '\t'],
  ...['\u202e', '\u2066', '\u200f', '\u200b', '\ufeff', '\ud800', '\udfff', '\u{1f469}\u200d\u{1f680}', 'é', 'e\u0301', 'משחק', '../../../etc/passwd', '..', 'CON'],
  ...['__proto__', 'constructor', 'toString', '%s%n', '{{7*7}}', '$(id)', '`id`', '-h', '--', '@ByteArray(', '\\x', '\\xffffffffff', 'a'.repeat(300), 'a '.repeat(2_000), '\\'.repeat(50)],
];

type Change = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

const changes: readonly Change[] = [
  (bytes, random) => {
    const next = Buffer.from(bytes);
    if (next.length > 0) next[random.int(next.length)] = random.int(256);
    return next;
  },
  (bytes, random) => bytes.subarray(0, random.int(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.int(bytes.length + 1)),
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    const times = random.chance(0.05) ? 1 + random.int(500) : 1 + random.int(3);
    return Buffer.concat([bytes.subarray(0, to), ...Array.from({ length: times }, () => bytes.subarray(from, to)), bytes.subarray(to)]);
  },
  (bytes, random) => insert(bytes, random, Buffer.from(random.pick(nasty))),
  (bytes, random) => insert(bytes, random, random.bytes(1 + random.int(12))),
  (bytes, random, others) => {
    const other = random.pick(others);
    const [from, to] = range(other, random);
    return insert(bytes, random, other.subarray(from, to));
  },
  (bytes, random) => {
    const found = [...bytes.toString('latin1').matchAll(/-?\d+/g)];
    if (found.length === 0) return bytes;
    const { 0: text, index } = random.pick(found);
    return Buffer.concat([bytes.subarray(0, index), Buffer.from(random.pick(numbers)), bytes.subarray(index + text.length)]);
  },
];

/** Inputs never grow past this by mutation alone; bytes. */
const mostBytes = 1_000_000;

export function mutate(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let mutated = bytes;
  for (let left = 1 + random.int(6); left > 0; left--) mutated = random.pick(changes)(mutated, random, others).subarray(0, mostBytes);
  return mutated;
}

function range(bytes: Buffer, random: Random): [from: number, to: number] {
  const from = random.int(bytes.length + 1);
  const longest = random.chance(0.8) ? 40 : bytes.length;
  return [from, Math.min(bytes.length, from + random.int(longest + 1))];
}

function insert(bytes: Buffer, random: Random, piece: Buffer): Buffer {
  const at = random.int(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}
