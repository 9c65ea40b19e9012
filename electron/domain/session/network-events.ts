// The port of what this machine notices about its own network: a way to a host may be open again before a probe says so.
import type { Disposable } from '../clock';

export type NetworkEvent =
  /** The link of an interface has come up: a cable was plugged in, a radio has joined its network. */
  | { readonly kind: 'link-up'; readonly interfaceName: string }
  | { readonly kind: 'address-gained'; readonly interfaceName: string; readonly address: string }
  /** A machine of this network answers ARP or neighbour discovery again, after it had not. */
  | { readonly kind: 'neighbour-back'; readonly address: string };

export interface NetworkEvents extends Disposable {
  /** Nothing is told of what was so before. Never called within this very call. */
  onEvent(listener: (event: NetworkEvent) => void): Disposable;
}
