// The ports of a GameStream host, which all follow from one: found free together, opened, closed and opened again.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

export type PortName = 'http' | 'https' | 'web' | 'stream';
export type HostPorts = Readonly<Record<PortName, number>>;

/** Offsets from the plain HTTP port, the same on every host. */
const offsets: Readonly<Record<PortName, number>> = { http: 0, https: -5, web: 1, stream: 21 };
export const usualHttpPort = 47_989;
/** Below what Linux hands to outgoing connections (32768 and up), so that none of those is in the way. */
const lowestPort = 20_000;
const highestPort = 32_000;

export function portsFrom(http: number): HostPorts {
  return { http, https: http + offsets.https, web: http + offsets.web, stream: http + offsets.stream };
}

/** @param https the port that was asked over TLS */
export function portsFromSecure(https: number): HostPorts {
  return portsFrom(https - offsets.https);
}

export type Listeners = Readonly<Record<PortName, (socket: Socket) => void>>;

export class PortSet {
  readonly ports: HostPorts;
  readonly #address: string;
  readonly #listeners: Listeners;
  #servers: readonly Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #unheard = new Set<Socket>();
  /** Accepts, and hands nothing on: what a dead host's inherited sockets do. */
  silent = false;

  private constructor(ports: HostPorts, address: string, listeners: Listeners) {
    this.ports = ports;
    this.#address = address;
    this.#listeners = listeners;
  }

  /**
   * @param httpPort null: any four that are free
   * @throws EADDRINUSE when the port, or one that follows from it, is taken
   */
  static async open(address: string, httpPort: number | null, listeners: Listeners): Promise<PortSet> {
    const attempts = httpPort === null ? 50 : 1;
    for (let attempt = 1; ; attempt++) {
      const set = new PortSet(portsFrom(httpPort ?? randomInt(lowestPort, highestPort)), address, listeners);
      try {
        await set.listen();
        return set;
      } catch (error) {
        if (attempt >= attempts || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
  }

  /** @throws EADDRINUSE; nothing listens then */
  async listen(): Promise<void> {
    const servers: Server[] = [];
    this.#servers = servers;
    try {
      for (const name of Object.keys(offsets) as PortName[]) {
        const server = createServer({ noDelay: true }, (socket) => this.#accept(socket, name));
        server.listen(this.ports[name], this.#address);
        await once(server, 'listening');
        servers.push(server);
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  get listening(): boolean {
    return this.#servers.length > 0;
  }

  /** Ends the connections that were accepted in silence. */
  cutUnheard(): void {
    for (const socket of this.#unheard) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = this.#servers.map((server) => once(server, 'close'));
    for (const server of this.#servers) server.close();
    this.#servers = [];
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  #accept(socket: Socket, name: PortName): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#unheard.delete(socket);
    });
    socket.on('error', () => socket.destroy());
    if (this.silent) this.#unheard.add(socket);
    else this.#listeners[name](socket);
  }
}
