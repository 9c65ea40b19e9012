// Turns the bytes of a connection file into text, whichever encoding its program wrote.

/** Larger ones are no connection files. */
export const longestConnectionFile = 1024 * 1024;

/**
 * Any bytes give a text. Windows writes .rdp files as UTF-16 with a mark at the front, other programs as UTF-8 with or
 * without one, and old ones in the code page of their system.
 */
export function textOf(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), 'little');
  if (first === 0xfe && second === 0xff) return utf16(bytes.subarray(2), 'big');
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8(bytes.subarray(3));
  // Without a mark, ASCII in UTF-16 shows by its NULs.
  if (first !== undefined && first !== 0 && second === 0) return utf16(bytes, 'little');
  if (first === 0 && second !== undefined && second !== 0) return utf16(bytes, 'big');
  return utf8(bytes);
}

function utf16(bytes: Uint8Array, order: 'little' | 'big'): string {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (order === 'big' ? whole.swap16() : whole).toString('utf16le');
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1'); // not UTF-8: letters of western code pages come out right, and nothing is lost
  }
}
