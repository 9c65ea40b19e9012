// CRC-32 as GameStream hosts use it for their app ids, in plain arithmetic: this layer has no zlib.

/** Of the polynomial 0xEDB88320 (ISO 3309, as in PNG and zlib). */
const table = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function feed(state: number, byte: number): number {
  return ((table[(state ^ byte) & 0xff] ?? 0) ^ (state >>> 8)) >>> 0;
}

/** @returns the unsigned checksum of the text in UTF-8 */
export function crc32(text: string): number {
  let state = 0xffffffff;
  for (const sign of text) {
    for (const byte of utf8(sign.codePointAt(0) ?? 0)) state = feed(state, byte);
  }
  return (state ^ 0xffffffff) >>> 0;
}

/**
 * How far two checksums are apart once the same bytes have been appended to both texts. A CRC is linear, so it does not
 * matter which bytes these are.
 * @param apart the exclusive or of the two checksums before
 */
export function apartAfter(apart: number, appendedBytes: number): number {
  let state = apart >>> 0;
  for (let count = 0; count < appendedBytes; count += 1) state = feed(state, 0);
  return state;
}

/** Half of a surrogate pair becomes the replacement character, as every encoder writes it. */
function utf8(point: number): number[] {
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 0x3f)];
  if (point >= 0xd800 && point < 0xe000) return [0xef, 0xbf, 0xbd];
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)];
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)];
}
