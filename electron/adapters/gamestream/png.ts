// What has to be known of a PNG without decoding it: its size, and whether it is whole.

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface PngSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export function hasPngSignature(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

/** PNG specification, 11.2.1: the first chunk is IHDR, and begins with width and height. null: it is not. */
export function pngSize(bytes: Buffer): PngSize | null {
  if (!hasPngSignature(bytes) || bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) };
}

/** Whether every chunk is there up to the last one, IEND (PNG specification, 5.3); what follows it does no harm. */
export function isWholePng(bytes: Buffer): boolean {
  if (pngSize(bytes) === null) return false;
  for (let at = signature.length; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  }
  return false;
}
