// The practice stream's codec: what is encoded comes back however it is cut, and garbage never throws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeMessages,
  encodeMessage,
  joinBytes,
  protocolVersion,
  type StreamMessage,
} from '../../../electron/practice/practice-protocol';

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const message: fc.Arbitrary<StreamMessage> = fc.oneof(
  fc.record({ kind: fc.constant('hello' as const), version: uint16, widthPx: uint16, heightPx: uint16 }),
  fc.record({
    kind: fc.constant('frame' as const),
    sequence: uint32,
    gameTicks: uint32,
    companionTicks: uint32,
    blockXPx: uint16,
    blockYPx: uint16,
  }),
  fc.constant({ kind: 'heartbeat' as const }),
  fc.constant({ kind: 'goodbye' as const }),
);

function encodeAll(messages: readonly StreamMessage[]): Uint8Array {
  return messages.map(encodeMessage).reduce(joinBytes, new Uint8Array());
}

/** Feeds the pieces one by one as a socket would. */
function decodePieces(pieces: readonly Uint8Array[]): { messages: StreamMessage[]; rest: Uint8Array } {
  let rest: Uint8Array = new Uint8Array();
  const messages: StreamMessage[] = [];
  for (const piece of pieces) {
    const decoded = decodeMessages(joinBytes(rest, piece));
    if (decoded.kind === 'garbled') throw new Error(decoded.problem);
    messages.push(...decoded.messages);
    rest = decoded.rest;
  }
  return { messages, rest };
}

describe('practice protocol', () => {
  it('gives back every message, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 10 }), (messages, cuts) => {
        const bytes = encodeAll(messages);
        const at = [0, ...cuts.map((cut) => cut % (bytes.byteLength + 1)), bytes.byteLength].sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(decodePieces(pieces)).toEqual({ messages, rest: new Uint8Array() });
      }),
    );
  });

  it('never throws on garbage and never keeps more than one message of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decodeMessages(bytes);
        if (decoded.kind === 'read') expect(decoded.rest.byteLength).toBeLessThan(67);
        else expect(decoded.problem).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads what came before the garbage', () => {
    const bytes = joinBytes(encodeMessage({ kind: 'heartbeat' }), Uint8Array.of(99, 0, 0));
    expect(decodeMessages(bytes)).toEqual({
      kind: 'garbled',
      messages: [{ kind: 'heartbeat' }],
      problem: 'a message of type 99 with 0 bytes',
    });
  });

  it.each([
    ['a frame that is too long', Uint8Array.of(2, 0, 17)],
    ['a length that would never end', Uint8Array.of(1, 0xff, 0xff)],
    ['a heartbeat with a body', Uint8Array.of(3, 0, 1, 0)],
    ['an HTTP answer', new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an SSH greeting', new TextEncoder().encode('SSH-2.0-OpenSSH_9.2p1\r\n')],
    ['a hello with another magic number', Uint8Array.of(1, 0, 10, ...new Uint8Array(10))],
  ])('refuses %s before it waits for more', (_what, bytes) => {
    expect(decodeMessages(bytes).kind).toBe('garbled');
  });

  it('reads the version of a later hello that says more', () => {
    const today = encodeMessage({ kind: 'hello', version: protocolVersion + 1, widthPx: 640, heightPx: 400 });
    const later = joinBytes(today, Uint8Array.of(1, 2, 3));
    later[2] = (later[2] ?? 0) + 3;
    expect(decodeMessages(later)).toMatchObject({ kind: 'read', messages: [{ kind: 'hello', version: protocolVersion + 1 }] });
  });
});
