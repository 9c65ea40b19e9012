// Paints a moving box on a real X display, so that a desktop has something to send all the time.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Disposable } from '../../electron/domain/clock';

const boxPx = 120;
const noisePx = 160;
const openedBytes = 8;

/** A box of one colour comes to about 4 kB a second over VNC; noise to a few megabits, as a game does. */
export type Painting = 'box' | 'noise';

/**
 * Speaks the X protocol (X11 release 7.7, little-endian) over the display's unix socket, without authentication.
 * @param display such as ":7"
 */
export async function movePicture(display: string, everyMs = 50, painting: Painting = 'box'): Promise<Disposable> {
  const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
  await once(socket, 'connect');
  const setup = Buffer.alloc(12);
  setup.write('l', 0, 'latin1');
  setup.writeUInt16LE(11, 2);
  socket.write(setup);
  const { idBase, root } = await readSetup(socket);
  socket.resume();
  socket.on('error', () => socket.destroy());
  const context = idBase;
  socket.write(words([(55 | (4 << 16)) >>> 0, context, root, 0]));
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    if (painting === 'noise') {
      socket.write(noiseAt(root, context, (step * 11) % 400, (step * 7) % 300));
      return;
    }
    const colour = (step * 2_654_435) & 0xffffff;
    // ChangeGC of the foreground, then PolyFillRectangle.
    socket.write(words([(56 | (4 << 16)) >>> 0, context, 4, colour]));
    const place = Buffer.alloc(8);
    place.writeInt16LE((step * 11) % 400, 0);
    place.writeInt16LE((step * 7) % 300, 2);
    place.writeUInt16LE(boxPx, 4);
    place.writeUInt16LE(boxPx, 6);
    socket.write(Buffer.concat([words([(70 | (5 << 16)) >>> 0, root, context]), place]));
  }, everyMs);
  return {
    dispose: () => {
      clearInterval(timer);
      socket.destroy();
    },
  };
}

/** PutImage as a ZPixmap of depth 24, four bytes to a pixel. */
function noiseAt(root: number, context: number, x: number, y: number): Buffer {
  const pixels = randomBytes(noisePx * noisePx * 4);
  const place = Buffer.alloc(12);
  place.writeUInt16LE(noisePx, 0);
  place.writeUInt16LE(noisePx, 2);
  place.writeInt16LE(x, 4);
  place.writeInt16LE(y, 6);
  place.writeUInt8(0, 8);
  place.writeUInt8(24, 9);
  const lengthWords = 6 + pixels.length / 4;
  return Buffer.concat([words([(72 | (2 << 8) | (lengthWords << 16)) >>> 0, root, context]), place, pixels]);
}

async function readSetup(socket: Socket): Promise<{ idBase: number; root: number }> {
  let read = Buffer.alloc(0);
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    read = Buffer.concat([read, chunk]);
    if (read.length < openedBytes || read.length < openedBytes + read.readUInt16LE(6) * 4) continue;
    if (read[0] !== 1) throw new Error('the X server refuses the connection');
    const vendorLength = read.readUInt16LE(24);
    const formats = read[29] ?? 0;
    const screens = 40 + Math.ceil(vendorLength / 4) * 4 + formats * 8;
    return { idBase: read.readUInt32LE(12), root: read.readUInt32LE(screens) };
  }
}

function words(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32LE(value, index * 4));
  return buffer;
}
