// Draws a small cover as PNG, so that each practice app has a picture without a file in the product.
import { deflateSync } from 'node:zlib';

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of ISO 3309, as in PNG and in Sunshine's app ids; `zlib.crc32` is too young. @returns an unsigned 32-bit number */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const bytes = Buffer.alloc(typed.length + 8);
  bytes.writeUInt32BE(body.length, 0);
  typed.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(typed), typed.length + 4);
  return bytes;
}

/**
 * A picture with a diagonal of light, 8-bit RGB without alpha (PNG specification, third edition).
 * @param rgb its colour, 0-255 each
 */
export function drawPng(widthPx: number, heightPx: number, rgb: readonly [number, number, number]): Buffer {
  const rows = Buffer.alloc((widthPx * 3 + 1) * heightPx); // one filter byte (0: none) before each row
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const light = 0.35 + 0.65 * (1 - Math.abs(x / widthPx - y / heightPx));
      rgb.forEach((value, index) => {
        rows[y * (widthPx * 3 + 1) + 1 + x * 3 + index] = Math.round(value * light);
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
