// The practice Moonlight Embedded's hold on its X server: without pictures there, but gone with it, as every X client is.
import { connect } from 'node:net';

/** Setup request of the X protocol, version 11.0, little-endian, without authorisation (X11 protocol, §8). */
const setup = Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * Connects to the local display that DISPLAY names.
 * @param onBroken hears what Xlib would print before it ends the program; never called without a display
 */
export function watchDisplay(environment: NodeJS.ProcessEnv, onBroken: (words: string) => void): void {
  const display = environment['DISPLAY'] ?? '';
  const number = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(display)?.[1];
  if (number === undefined) return;
  const socket = connect(`/tmp/.X11-unix/X${number}`);
  let welcome = false;
  socket.once('connect', () => socket.write(setup));
  // The first byte of the answer: 1 lets us in.
  socket.once('data', (bytes: Buffer) => (welcome = bytes[0] === 1));
  socket.resume();
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    if (welcome) onBroken(`X connection to ${display} broken (explicit kill or server shutdown).`);
  });
}
