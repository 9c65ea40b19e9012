// Announces the practice host as Sunshine does: mDNS, service _nvstream._tcp, no TXT record of use. In the local network, or
// on this machine's loopback alone.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import Bonjour from 'bonjour-service';

export interface Announcement {
  stop(): Promise<void>;
}

/** Spaces become hyphens, and the name ends before the first character that is neither alphanumeric nor a hyphen. */
export function instanceName(hostName: string): string {
  const cut = hostName.slice(0, 63).replaceAll(' ', '-');
  return /^[A-Za-z0-9-]+/.exec(cut)?.[0] ?? 'Sunshine';
}

/** @param httpPort the plain one: the other ports follow from what it answers */
export function announce(hostName: string, httpPort: number, onTrouble: (why: string) => void): Announcement {
  const bonjour = new Bonjour({}, (error: unknown) => onTrouble(error instanceof Error ? error.message : String(error)));
  bonjour.publish({ name: instanceName(hostName), type: 'nvstream', port: httpPort });
  return {
    stop: () =>
      new Promise((resolve) => {
        // The goodbye packet first; without a network it may never be confirmed.
        const enough = setTimeout(() => bonjour.destroy(() => resolve()), 1_500);
        bonjour.unpublishAll(() => {
          clearTimeout(enough);
          bonjour.destroy(() => resolve());
        });
      }),
  };
}

interface AnswerRecord {
  readonly name: string;
  readonly type: 'PTR' | 'SRV' | 'A';
  readonly ttl: number;
  readonly data: unknown;
}

/** What bonjour-service speaks through, which its types hide: the package multicast-dns. */
interface MulticastDns {
  on(event: 'query', listener: (packet: { readonly questions: readonly { readonly name: string; readonly type: string }[] }) => void): void;
  on(event: 'error' | 'warning', listener: (error: Error) => void): void;
  respond(response: { readonly answers: readonly AnswerRecord[]; readonly additionals: readonly AnswerRecord[] }): void;
}

const service = '_nvstream._tcp.local';

export interface LoopbackAnnouncement extends Announcement {
  readonly port: number;
}

/**
 * Answers on loopback only, and at a port of its own: programs that look for real hosts never hear of this one.
 * bonjour-service would give out the addresses of the network cards, where the host does not listen.
 */
export async function announceOnLoopback(hostName: string, httpPort: number, onTrouble: (why: string) => void): Promise<LoopbackAnnouncement> {
  const port = await freeUdpPort();
  const trouble = (error: unknown): void => onTrouble(error instanceof Error ? error.message : String(error));
  const options = { interface: '127.0.0.1', bind: '0.0.0.0', port };
  const bonjour = new Bonjour(options, trouble);
  const { mdns } = (bonjour as unknown as { readonly server: { readonly mdns: MulticastDns } }).server;
  const name = instanceName(hostName);
  const answers: readonly AnswerRecord[] = [{ name: service, type: 'PTR', ttl: 4_500, data: `${name}.${service}` }];
  const additionals: readonly AnswerRecord[] = [
    { name: `${name}.${service}`, type: 'SRV', ttl: 120, data: { port: httpPort, target: `${name}.local` } },
    { name: `${name}.local`, type: 'A', ttl: 120, data: '127.0.0.1' },
  ];
  mdns.on('error', trouble);
  mdns.on('warning', () => undefined); // a packet that is none: anybody may send those
  mdns.on('query', ({ questions }) => {
    if (questions.some((question) => question.type === 'PTR' && question.name === service)) mdns.respond({ answers, additionals });
  });
  return { port, stop: () => new Promise((resolve) => bonjour.destroy(() => resolve())) };
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}
