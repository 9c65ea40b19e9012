// The port that sees GameStream hosts announce themselves in the local network.
import type { Disposable } from '../clock';

/** A host as it announces itself. Who it really is only its own answer tells: compare the identity, never name or address. */
export interface AnnouncedHost {
  readonly name: string;
  /** Best first: IPv4, then IPv6 that works beyond the link. Never empty. */
  readonly addresses: readonly string[];
  /** Of the plain HTTP service. It may not answer yet: a host that is starting announces itself first. */
  readonly httpPort: number;
}

export interface DiscoveryNews {
  /** Also when a host that was found is now announced with other addresses or another port. */
  found?(host: AnnouncedHost): void;
  /**
   * Somebody at this address has just said that he is a host: with every answer, also when nothing about it is new. Others
   * may announce a sleeping host in its stead, but they speak from their own address.
   */
  heard?(from: string): void;
  /** It took its announcement back, or let it run out. */
  lost?(name: string): void;
}

export interface HostDiscovery {
  /** Listens and asks until it is disposed. A network that can't be listened to is no failure: nothing is found. */
  start(news: DiscoveryNews): Disposable;
}
