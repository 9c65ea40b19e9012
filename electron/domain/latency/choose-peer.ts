// Chooses whom to measure beside the hosts: somebody else in the same network, who answers always and quickly.
import type { Answering, Neighbour, Neighbourhood } from './neighbourhood';

export interface Taken {
  /** Hosts of the library, their VM hosts and the gateway: each is measured as what it is. */
  readonly addresses: ReadonlySet<string>;
  readonly macs: ReadonlySet<string>;
}

/** So many are asked, one after the other; in a network of hundreds the first few will do. */
const mostAsked = 4;
/** A radio that sleeps between two questions answers, but says nothing of the network. */
const slowestFitMs = 30;

/** @returns null: nobody fits */
export async function choosePeer(neighbourhood: Pick<Neighbourhood, 'neighbours' | 'ask'>, taken: Taken): Promise<Neighbour | null> {
  const candidates = (await neighbourhood.neighbours())
    .filter(({ address, mac }) => mac !== null && !taken.addresses.has(address) && !taken.macs.has(mac))
    .slice(0, mostAsked);
  const fit: { readonly neighbour: Neighbour; readonly slowestMs: number }[] = [];
  for (const neighbour of candidates) {
    const answering = await neighbourhood.ask(neighbour.address);
    const slowestMs = fitness(answering);
    if (slowestMs !== null) fit.push({ neighbour, slowestMs });
  }
  return fit.sort((one, other) => one.slowestMs - other.slowestMs)[0]?.neighbour ?? null;
}

function fitness({ asked, answered, slowestMs }: Answering): number | null {
  return answered === asked && slowestMs !== null && slowestMs <= slowestFitMs ? slowestMs : null;
}
