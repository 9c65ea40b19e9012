// The practice stream on the wire: length-prefixed messages, and a decoder that garbage can't throw off its feet.
import { assertNever } from '../common/result';

/** Raised whenever a message changes its shape; both sides name theirs in the hello and part when they differ. */
export const protocolVersion = 1;

export const framesPerSecond = 30;

/** The picture is a description, not pixels: where the game's block is, and how far the game has counted. */
export interface PictureFrame {
  /** Counts what the host sent; it goes on while the game is paused. */
  readonly sequence: number;
  /** Counts what the game did, 30 a second; it stands still while the game is paused. */
  readonly gameTicks: number;
  /** The same of the game's child process: pausing the game means pausing both. */
  readonly companionTicks: number;
  readonly blockXPx: number;
  readonly blockYPx: number;
}

export type StreamMessage =
  | { readonly kind: 'hello'; readonly version: number; readonly widthPx: number; readonly heightPx: number }
  | ({ readonly kind: 'frame' } & PictureFrame)
  | { readonly kind: 'heartbeat' }
  /** Said before leaving on purpose; a connection that ends without it was lost. */
  | { readonly kind: 'goodbye' };

export type Decoded =
  | { readonly kind: 'read'; readonly messages: readonly StreamMessage[]; readonly rest: Uint8Array }
  | { readonly kind: 'garbled'; readonly messages: readonly StreamMessage[]; readonly problem: string };

// uint8 type, uint16 body length, body; all numbers big-endian.
const headerBytes = 3;
const typeCodes = { hello: 1, frame: 2, heartbeat: 3, goodbye: 4 } as const;
/** "APRC": tells another service on the port from a practice host of another version. */
const magic = 0x41_50_52_43;
const helloBytes = 10;
const frameBytes = 16;
/** A later version may say more in its hello, so that the version can still be read here; nothing is ever longer. */
const longestHelloBytes = 64;

export function encodeMessage(message: StreamMessage): Uint8Array {
  switch (message.kind) {
    case 'hello': {
      const { bytes, body } = emptyMessage(typeCodes.hello, helloBytes);
      body.setUint32(0, magic);
      body.setUint16(4, message.version);
      body.setUint16(6, message.widthPx);
      body.setUint16(8, message.heightPx);
      return bytes;
    }
    case 'frame': {
      const { bytes, body } = emptyMessage(typeCodes.frame, frameBytes);
      body.setUint32(0, message.sequence);
      body.setUint32(4, message.gameTicks);
      body.setUint32(8, message.companionTicks);
      body.setUint16(12, message.blockXPx);
      body.setUint16(14, message.blockYPx);
      return bytes;
    }
    case 'heartbeat':
      return emptyMessage(typeCodes.heartbeat, 0).bytes;
    case 'goodbye':
      return emptyMessage(typeCodes.goodbye, 0).bytes;
    default:
      return assertNever(message);
  }
}

function emptyMessage(type: number, bodyBytes: number): { bytes: Uint8Array; body: DataView } {
  const bytes = new Uint8Array(headerBytes + bodyBytes);
  bytes[0] = type;
  new DataView(bytes.buffer).setUint16(1, bodyBytes);
  return { bytes, body: new DataView(bytes.buffer, headerBytes) };
}

/**
 * Reads all whole messages from the front of `bytes`.
 * @returns the messages and the bytes after the last whole one (fewer than 67), to be put before what arrives next;
 *   `garbled` when no practice stream goes on like that: the connection is of no more use after the messages
 */
export function decodeMessages(bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: StreamMessage[] = [];
  let at = 0;
  while (bytes.byteLength - at >= headerBytes) {
    const type = view.getUint8(at);
    const bodyBytes = view.getUint16(at + 1);
    if (!isPlausible(type, bodyBytes)) return garbled(messages, `a message of type ${type} with ${bodyBytes} bytes`);
    if (bytes.byteLength - at - headerBytes < bodyBytes) break;
    const message = readBody(type, new DataView(view.buffer, view.byteOffset + at + headerBytes, bodyBytes));
    if (message === null) return garbled(messages, 'a hello that is not of a practice stream');
    messages.push(message);
    at += headerBytes + bodyBytes;
  }
  return { kind: 'read', messages, rest: bytes.slice(at) };
}

function garbled(messages: readonly StreamMessage[], problem: string): Decoded {
  return { kind: 'garbled', messages, problem };
}

function isPlausible(type: number, bodyBytes: number): boolean {
  switch (type) {
    case typeCodes.hello:
      return bodyBytes >= helloBytes && bodyBytes <= longestHelloBytes;
    case typeCodes.frame:
      return bodyBytes === frameBytes;
    case typeCodes.heartbeat:
    case typeCodes.goodbye:
      return bodyBytes === 0;
    default:
      return false;
  }
}

/** @returns null for a hello without the magic number; `type` has been found plausible before. */
function readBody(type: number, body: DataView): StreamMessage | null {
  switch (type) {
    case typeCodes.hello:
      if (body.getUint32(0) !== magic) return null;
      return { kind: 'hello', version: body.getUint16(4), widthPx: body.getUint16(6), heightPx: body.getUint16(8) };
    case typeCodes.frame:
      return {
        kind: 'frame',
        sequence: body.getUint32(0),
        gameTicks: body.getUint32(4),
        companionTicks: body.getUint32(8),
        blockXPx: body.getUint16(12),
        blockYPx: body.getUint16(14),
      };
    case typeCodes.heartbeat:
      return { kind: 'heartbeat' };
    default:
      return { kind: 'goodbye' };
  }
}

/** What was left of the last bytes and what came now, as one piece. */
export function joinBytes(rest: Uint8Array, next: Uint8Array): Uint8Array {
  if (rest.byteLength === 0) return next;
  const joined = new Uint8Array(rest.byteLength + next.byteLength);
  joined.set(rest);
  joined.set(next, rest.byteLength);
  return joined;
}
