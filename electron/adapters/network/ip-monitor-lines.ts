// Reads what `ip -o monitor link address neigh` prints, and knows which of it means that a way may be open again.
import { isIP } from 'node:net';
import type { NetworkEvent } from '../../domain/session/network-events';

/** More machines than one network has; a flood of forged answers must not fill the memory. */
const mostKept = 4_096;

/**
 * A line is one object as iproute2 prints it with `-o`; "Deleted " stands before one that is gone (ip-monitor(8)). Which of
 * the three kinds it is shows in its shape:
 *   `2: eth0: <BROADCAST,UP,LOWER_UP> mtu 1500 ... state UP ...`
 *   `2: eth0    inet 10.0.0.5/24 scope global eth0 ...`
 *   `10.0.0.2 dev eth0 lladdr 52:54:00:12:34:56 REACHABLE`
 */
export class IpMonitorLines {
  /** Interfaces by number, whether their link is up. */
  readonly #links = new Map<string, boolean>();
  /** Neighbours that did not answer, or whose entry was dropped. */
  readonly #lost = new Set<string>();
  /** Of this machine. A lease that is renewed, and every router advertisement, tells them anew. */
  readonly #addresses: Set<string>;

  /** @param addresses that this machine has already */
  constructor(addresses: readonly string[]) {
    this.#addresses = new Set(addresses);
  }

  /** @returns null: nothing that opens a way */
  read(line: string): NetworkEvent | null {
    const words = line.trim().split(/\s+/);
    const isDeleted = words[0] === 'Deleted';
    if (isDeleted) words.shift();
    const [first = '', second = ''] = words;
    if (/^\d+:$/.test(first)) return second.endsWith(':') ? this.#readLink(first, second, words, isDeleted) : this.#readAddress(words, isDeleted);
    return isIP(first) === 0 ? null : this.#readNeighbour(first, words, isDeleted);
  }

  #readLink(number: string, nameWord: string, words: readonly string[], isDeleted: boolean): NetworkEvent | null {
    const flags = words.find((word) => word.startsWith('<'))?.slice(1, -1).split(',') ?? [];
    const isUp = !isDeleted && flags.includes('LOWER_UP') && flags.includes('UP') && !flags.includes('NO-CARRIER');
    const wasUp = this.#links.get(number);
    if (isDeleted) this.#links.delete(number);
    else if (this.#links.has(number) || this.#links.size < mostKept) this.#links.set(number, isUp);
    // An interface that was not spoken of before has just changed, or has just been made.
    if (!isUp || wasUp === true || flags.includes('LOOPBACK')) return null;
    return { kind: 'link-up', interfaceName: nameOf(nameWord) };
  }

  #readAddress(words: readonly string[], isDeleted: boolean): NetworkEvent | null {
    const [, name = '', family, withLength = ''] = words;
    const address = withLength.split('/')[0] ?? '';
    if ((family !== 'inet' && family !== 'inet6') || isIP(address) === 0 || name === 'lo') return null;
    if (isDeleted) this.#addresses.delete(address);
    // A tentative one is not usable yet: it is asked whether somebody else has it (RFC 4862).
    if (isDeleted || words.includes('tentative') || this.#addresses.has(address) || this.#addresses.size >= mostKept) return null;
    this.#addresses.add(address);
    return { kind: 'address-gained', interfaceName: nameOf(name), address };
  }

  #readNeighbour(address: string, words: readonly string[], isDeleted: boolean): NetworkEvent | null {
    const state = words.at(-1) ?? '';
    if (isDeleted || state === 'FAILED' || state === 'INCOMPLETE') {
      if (this.#lost.size < mostKept) this.#lost.add(address);
      return null;
    }
    // One that is asked again now and then, and answers, was never away.
    if (state !== 'REACHABLE' || !this.#lost.delete(address)) return null;
    return { kind: 'neighbour-back', address };
  }
}

/** `eth0@if7:` is the near end of a pair. */
function nameOf(word: string): string {
  return word.replace(/:$/, '').split('@')[0] ?? '';
}
