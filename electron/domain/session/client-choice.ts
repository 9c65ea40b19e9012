// Which stream client shows a protocol on this machine, and what was found of the others, for the library's tiles.
import type { Protocol } from '../../common/entry';
import type { ClientAvailability } from '../../common/library';
import type { FoundClient, MissingClient, StreamClient } from './stream-client';

export type ClientAnswer =
  | { readonly kind: 'chosen'; readonly client: StreamClient; readonly found: FoundClient }
  | { readonly kind: 'missing'; readonly missing: MissingClient };

/** The port that finds stream clients. */
export interface ClientFinder {
  /** Looks anew for every client of this kind of machine. */
  survey(): Promise<readonly (FoundClient | MissingClient)[]>;
  /** The client for a protocol, or which one to install. Quick on a reconnect. */
  choose(protocol: Protocol): Promise<ClientAnswer>;
}

export class ClientChoice {
  private readonly known = new Map<Protocol, ClientAvailability>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly finder: ClientFinder) {}

  async choose(protocol: Protocol): Promise<ClientAnswer> {
    const answer = await this.finder.choose(protocol);
    const before = JSON.stringify(this.known.get(protocol));
    const now = availabilityOf(answer);
    this.known.set(protocol, now);
    if (JSON.stringify(now) !== before) for (const listener of this.listeners) listener();
    return answer;
  }

  /** What is known of a protocol's client has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Looks anew for every client of this kind of machine. */
  survey(): Promise<readonly (FoundClient | MissingClient)[]> {
    return this.finder.survey();
  }

  /** What is known without looking; before the first look, nothing is said to be missing. */
  availability(protocol: Protocol): ClientAvailability {
    return this.known.get(protocol) ?? { found: true, displayName: '' };
  }
}

function availabilityOf(answer: ClientAnswer): ClientAvailability {
  if (answer.kind === 'chosen') return { found: true, displayName: answer.found.displayName };
  const { displayName, advice } = answer.missing;
  return { found: false, displayName, advice };
}
