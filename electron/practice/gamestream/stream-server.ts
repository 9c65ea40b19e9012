// The practice host's side of the streams: opens them for who holds the key of a launch, sends pictures, notices who vanished.
import type { Socket } from 'node:net';
import { pictureHeightPx, pictureWidthPx, tickMs } from '../practice-game';
import { encodeMessage, protocolVersion } from '../practice-protocol';
import type { HostCore } from './host-core';
import { fromClientSchema, lineCutter, openingSchema, readMessage, SilenceWatch, writeLine, type Opening } from './stream-link';

/** Milliseconds without a word until a client counts as vanished: ENet's limit at the host, 5.1 to 5.5 s as seen. */
const clientLimitMs = 5_200;
/** A client that doesn't read misses pictures instead of filling the host's memory. */
const unsentLimitBytes = 64 * 1024;

const hello = encodeMessage({ kind: 'hello', version: protocolVersion, widthPx: pictureWidthPx, heightPx: pictureHeightPx });

export interface StreamListener {
  /** Takes a connection that was just accepted. */
  readonly accept: (socket: Socket) => void;
  readonly stop: () => void;
}

/** @param timeScale of all time limits: 1 as in the real one */
export function createStreamListener(core: HostCore, timeScale = 1): StreamListener {
  const videos = new Map<Socket, string>();

  const accept = (socket: Socket): void => {
    socket.setNoDelay(true);
    socket.once('close', () => videos.delete(socket));
    // A client that breaks off is no news: its silence is.
    socket.on('error', () => socket.destroy());
    const cut = lineCutter();
    let hear: ((line: string) => void) | null = null;
    socket.on('data', (bytes: Buffer) => {
      if (core.silent) return;
      const lines = cut(bytes);
      if (core.dropping === 'both') return;
      for (const line of lines) {
        if (hear) hear(line);
        else hear = open(socket, readMessage(openingSchema, line));
      }
    });
  };

  const open = (socket: Socket, opening: Opening | null): ((line: string) => void) => {
    if (opening?.open === 'control') return openControl(core, socket, opening.proof, clientLimitMs * timeScale);
    if (opening?.open === 'video' && core.streams.has(opening.stream)) {
      socket.write(hello);
      videos.set(socket, opening.stream);
    } else socket.destroy();
    return () => undefined;
  };

  let sequence = 0;
  const timer = setInterval(() => {
    // It counts on while nothing is sent: a client sees how many pictures it has missed.
    sequence = (sequence + 1) % 2 ** 32;
    if (core.silent || core.frozen || core.dropping !== 'none' || core.running === null) return;
    const picture = encodeMessage({ kind: 'frame', sequence, ...core.running.run.state() });
    for (const [socket, stream] of videos) {
      if (!core.streams.has(stream)) socket.end();
      else if (socket.writableLength < unsentLimitBytes) socket.write(picture);
    }
  }, tickMs);

  return { accept, stop: () => clearInterval(timer) };
}

function openControl(core: HostCore, socket: Socket, proof: string, silenceLimitMs: number): (line: string) => void {
  if (core.refusesStreams === 'refused') socket.end(writeLine({ say: 'refused', code: 111 }));
  if (core.refusesStreams === 'refused' || core.refusesStreams === 'dropped') return () => undefined;
  const claimed = core.claim(proof);
  if (claimed === null) {
    // Its key was dropped, or it never launched: what it says can't be decrypted.
    socket.destroy();
    return () => undefined;
  }
  if (core.refusesStreams === 'udp') {
    // The host holds the session that never came about, for as long as the app runs.
    core.addStream({ ...claimed, say: () => undefined, close: () => socket.destroy() });
    socket.write(writeLine({ say: 'muted' }));
    return () => undefined;
  }
  const reaches = (): boolean => !socket.destroyed && core.dropping === 'none';
  const silence = new SilenceWatch(silenceLimitMs, () => {
    core.removeStream(id, 'vanished');
    socket.destroy();
  });
  const id = core.addStream({
    ...claimed,
    say: (message) => {
      if (reaches()) socket.write(writeLine(message));
    },
    close: (lastWord) => {
      silence.stop();
      if (lastWord !== null && reaches()) socket.end(writeLine(lastWord));
      else socket.destroy();
    },
  });
  socket.write(writeLine({ say: 'opened', stream: id }));
  return (line) => {
    silence.heard();
    const message = readMessage(fromClientSchema, line);
    if (message?.say === 'ping' && reaches()) socket.write(writeLine({ say: 'pong', count: message.count }));
    if (message?.say === 'bye') {
      silence.stop();
      core.removeStream(id, 'left');
      socket.end();
    }
  };
}
