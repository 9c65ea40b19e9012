// A GameStream host on loopback that answers wrongly in every way a network knows, as the seed of the case wants it.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { makeIdentity, type Identity } from '../../../electron/practice/gamestream/certificate';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { answers, pictures, rightAnswers, restReplies, someXml } from './corpus';
import { mutate } from './mutate';
import { Random } from './random';

export const practicePin = '0427';

type Front = 'plain' | 'secure' | 'web';

/** Keys take their time: one pair for all. */
const identities: { made?: { readonly right: Identity; readonly wrong: Identity } } = {};

export class HostileHost {
  /** Of the case under way. */
  random = new Random(0);
  /** Pairing is passed on to a real practice host, and its answers are broken on the way back. */
  pairing = false;
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly httpPort: number,
    readonly httpsPort: number,
    readonly identity: Identity,
    private readonly inner: readonly [right: number, wrong: number],
    private readonly practice: GameStreamServer,
    private readonly servers: readonly Server[],
  ) {}

  /** @param directory of the practice host behind it; hosts that share it share its identity, which takes long to make */
  static async start(directory: string): Promise<HostileHost> {
    const { right, wrong } = (identities.made ??= { right: makeIdentity('Sunshine Gamestream Host', 'random'), wrong: makeIdentity('Somebody Else', 'random') });
    const practice = await startGameStreamServer({ name: 'Desk', habits: { autoPin: practicePin }, directory });
    const made: { host?: HostileHost } = {};
    const servers: Server[] = [];
    const listen = async (server: Server, port: number): Promise<number> => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      servers.push(server);
      return (server.address() as AddressInfo).port;
    };
    const tls = ({ certificatePem, keyPem }: Identity): Server =>
      createTlsServer({ cert: certificatePem, key: keyPem, requestCert: true, rejectUnauthorized: false }, (socket) => made.host?.serve(socket)).on('tlsClientError', () => undefined);
    const front = (kind: Front): Server => createServer((socket) => made.host?.accept(socket, kind));
    const inner = [await listen(tls(right), 0), await listen(tls(wrong), 0)] as const;
    const httpsPort = await listen(front('secure'), 0);
    // The web port is always one above the plain one.
    for (;;) {
      const port = randomInt(20_000, 32_000);
      try {
        await listen(front('plain'), port);
        await listen(front('web'), port + 1);
        made.host = new HostileHost(port, httpsPort, right, inner, practice, servers);
        return made.host;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
  }

  /** Ends what the last case left open. */
  async reset(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.pairing) await this.practice.order({ do: 'unpair-all' });
    this.pairing = false;
  }

  async stop(): Promise<void> {
    await this.reset();
    for (const server of this.servers) server.close();
    await this.practice.stop();
  }

  accept(socket: Socket, kind: Front): void {
    this.#keep(socket);
    if (kind === 'plain') {
      this.serve(socket);
      return;
    }
    const fate = this.random.next();
    if (fate < 0.04) socket.destroy();
    else if (fate < 0.07) socket.resetAndDestroy();
    else if (fate < 0.1) socket.end(this.random.bytes(1 + this.random.int(200)));
    else if (fate < 0.12) socket.resume();
    else this.#passOn(socket, this.inner[fate < 0.16 ? 1 : 0], fate > 0.9 ? this.random.int(3_000) : null);
  }

  /** @param most bytes that come back before the connection is cut; null: all */
  #passOn(socket: Socket, port: number, most: number | null): void {
    const inside = connect(port, '127.0.0.1');
    this.#keep(inside);
    let left = most ?? Number.POSITIVE_INFINITY;
    socket.on('data', (bytes: Buffer) => inside.write(bytes));
    socket.on('close', () => inside.destroy());
    inside.on('data', (bytes: Buffer) => {
      socket.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) socket.destroy();
    });
    inside.on('close', () => socket.destroySoon());
  }

  serve(socket: Socket): void {
    this.#keep(socket);
    if (this.random.chance(0.03)) {
      this.#deliver(socket, this.#body('/serverinfo'));
      return;
    }
    let text = '';
    let heard = false;
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (heard || !text.includes('\r\n\r\n')) return;
      heard = true;
      const [, target = '/'] = text.split(' ', 2);
      const path = target.split('?', 1)[0] ?? '/';
      if (this.pairing && path === '/pair') void this.#relayed(text).then((reply) => this.#deliverRaw(socket, reply));
      else this.#deliver(socket, this.#body(path));
    });
  }

  #body(path: string): Buffer {
    const { random } = this;
    const broken = (): Buffer => someXml(random, (bytes) => mutate(bytes, random, answers));
    if (path.startsWith('/api/')) return random.chance(0.6) ? random.pick(restReplies) : mutate(random.pick(restReplies), random, restReplies);
    if (path === '/appasset' && random.chance(0.7)) return random.chance(0.3) ? random.pick(pictures) : mutate(random.pick(pictures), random, pictures);
    if (path === '/serverinfo' && random.chance(0.7)) {
      const https = this.pairing && random.chance(0.8) ? this.practice.ports.https : this.httpsPort;
      const [real] = answers;
      const running = random.chance(0.5) ? 0 : 881448767;
      const told = (real ?? Buffer.alloc(0)).toString().replace(/<currentgame>\d+/, `<currentgame>${running}`);
      const info = Buffer.from(told.replace('<HttpsPort>47984', `<HttpsPort>${https}`));
      // The identity of the practice host, so that pairing can come to its end.
      return this.pairing ? Buffer.from(info.toString().replace(/<uniqueid>[^<]*/, `<uniqueid>${this.practice.uniqueId}`)) : info;
    }
    const right = rightAnswers[path];
    return right && random.chance(0.5) ? right : broken();
  }

  #deliver(socket: Socket, body: Buffer): void {
    const { random } = this;
    const status = random.chance(0.85) ? '200 OK' : random.pick(['401 Unauthorized', '404 NOT FOUND', '503 Busy', '100 Continue', '999 ', '200', '307 Temporary\r\nLocation: https://example.invalid/']);
    const length = random.chance(0.85) ? body.length : random.pick([0, body.length + 1, body.length * 3, 1, -1, 2 ** 53, 5]);
    const headers = random.chance(0.9) ? '' : random.pick(['X: \u0000\r\n', `X: ${'y'.repeat(20_000)}\r\n`, 'Transfer-Encoding: chunked\r\n', 'Content-Encoding: gzip\r\n', 'no colon\r\n', `${'A: b\r\n'.repeat(3_000)}`]);
    const bytes = Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${length}\r\n${headers}\r\n`), body]);
    this.#deliverRaw(socket, random.chance(0.92) ? bytes : mutate(bytes, random, answers));
  }

  #deliverRaw(socket: Socket, bytes: Buffer): void {
    if (socket.destroyed) return;
    const fate = this.random.next();
    if (fate < 0.03) socket.destroy();
    else if (fate < 0.05) return; // silence
    else if (fate < 0.09) socket.write(bytes.subarray(0, this.random.int(bytes.length + 1)), () => socket.destroy());
    else if (fate < 0.12) this.#drip(socket, bytes);
    else if (fate < 0.14) socket.write(bytes); // and never closed
    else if (fate < 0.16) socket.end(Buffer.concat([bytes, bytes]));
    else socket.end(bytes);
  }

  #drip(socket: Socket, bytes: Buffer): void {
    let at = 0;
    const timer = setInterval(() => {
      if (!socket.destroyed) socket.write(bytes.subarray(at, ++at));
    }, 5);
    socket.once('close', () => clearInterval(timer));
  }

  /** What the practice host answers, as it is or broken. */
  #relayed(text: string): Promise<Buffer> {
    const { random } = this;
    const isBroken = random.chance(0.3);
    return new Promise((resolve) => {
      const parts: Buffer[] = [];
      const socket = connect(this.practice.ports.http, '127.0.0.1');
      this.#keep(socket);
      socket.on('data', (bytes: Buffer) => parts.push(bytes));
      socket.once('close', () => resolve(isBroken ? mutate(Buffer.concat(parts), random, answers) : Buffer.concat(parts)));
      socket.write(Buffer.from(text, 'latin1'));
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
