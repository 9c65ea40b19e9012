// The ports of what surrounds a stream on this machine: the network it is in, and the link that leads to a host.
import type { Link } from '../session/bitrate-advice';

/** A network, recognised by its router. */
export interface NetworkPlace {
  /** The router's hardware address: lower-case pairs joined by colons. */
  readonly id: string;
  /** The router's address in the network, for people. */
  readonly gateway: string;
}

export interface NetworkSense {
  /** Null: there is no router, or it can't be told which; never throws. */
  current(): Promise<NetworkPlace | null>;
}

export interface LinkSense {
  /** This machine's end of the way to an address; null: its speed is not known. Never throws. */
  towards(address: string): Promise<Link | null>;
}
