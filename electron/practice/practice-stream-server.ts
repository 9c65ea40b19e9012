// Streams the practice game's picture to every client that connects, whether the game moves or stands still.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { pictureHeightPx, pictureWidthPx, tickMs, type GameState } from './practice-game';
import { decodeMessages, encodeMessage, joinBytes, protocolVersion, type StreamMessage } from './practice-protocol';

export interface PracticeStreamServer {
  readonly port: number;
  /** Says goodbye to every client and closes the port. */
  stop(): Promise<void>;
}

/** Clients say hello at once, then beat once a second. */
const silenceLimitMs = 10_000;
/** A client that doesn't read (it is stopped, say) misses frames instead of filling the host's memory. */
const unsentLimitBytes = 64 * 1024;

const hello = encodeMessage({
  kind: 'hello',
  version: protocolVersion,
  widthPx: pictureWidthPx,
  heightPx: pictureHeightPx,
});
const goodbye = encodeMessage({ kind: 'goodbye' });

export async function startPracticeStreamServer(state: () => GameState): Promise<PracticeStreamServer> {
  const sockets = new Set<Socket>();
  const watching = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      watching.delete(socket);
    });
    attend(socket, () => watching.add(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let sequence = 0;
  const timer = setInterval(() => {
    sequence = (sequence + 1) % 2 ** 32;
    const frame = encodeMessage({ kind: 'frame', sequence, ...state() });
    for (const socket of watching) if (socket.writableLength < unsentLimitBytes) socket.write(frame);
  }, tickMs);

  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      clearInterval(timer);
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) {
        if (watching.has(socket)) socket.end(goodbye, () => socket.destroySoon());
        else socket.destroy();
      }
      // A client that reads nothing any more is not waited for.
      const cutOff = setTimeout(() => sockets.forEach((socket) => socket.destroy()), 500);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/** Follows what one client says until it leaves; calls `admit` once, when it has said hello. */
function attend(socket: Socket, admit: () => void): void {
  let rest: Uint8Array = new Uint8Array();
  let greeted = false;

  /** @returns false when the client has no business here any more */
  const hear = (message: StreamMessage): boolean => {
    if (message.kind === 'goodbye') return false;
    if (message.kind !== 'hello') return greeted;
    socket.write(hello);
    // The other side reads our version in that hello, and says so to its user.
    if (message.version !== protocolVersion) return false;
    greeted = true;
    admit();
    return true;
  };

  // A socket's own time limit would count the frames that go out as life.
  const silence = setTimeout(() => socket.destroy(), silenceLimitMs);
  socket.once('close', () => clearTimeout(silence));
  // A client that breaks off is no news: `close` follows.
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => {
    silence.refresh();
    const decoded = decodeMessages(joinBytes(rest, bytes));
    if (!decoded.messages.every(hear)) socket.end();
    if (decoded.kind === 'garbled') socket.destroy();
    else rest = decoded.rest;
  });
}
