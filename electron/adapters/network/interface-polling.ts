// Looks once a second which addresses the interfaces have: works on every system, and knows nothing of links and neighbours.
import { networkInterfaces } from 'node:os';
import type { Clock, Disposable } from '../../domain/clock';
import type { NetworkEvent, NetworkEvents } from '../../domain/session/network-events';

export interface InterfacePollingParts {
  readonly clock: Clock;
  /** Another machine for tests. */
  readonly interfaces?: typeof networkInterfaces;
}

const lookEveryMs = 1_000;

export class InterfacePolling implements NetworkEvents {
  readonly #listeners = new Set<(event: NetworkEvent) => void>();
  readonly #interfaces: typeof networkInterfaces;
  #known: ReadonlySet<string>;
  #timer: Disposable;

  constructor(private readonly parts: InterfacePollingParts) {
    this.#interfaces = parts.interfaces ?? networkInterfaces;
    this.#known = this.#addresses();
    this.#timer = this.#plan();
  }

  onEvent(listener: (event: NetworkEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#timer.dispose();
    this.#listeners.clear();
  }

  #plan(): Disposable {
    return this.parts.clock.after(lookEveryMs, () => {
      this.#timer = this.#plan();
      this.#look();
    });
  }

  #look(): void {
    const before = this.#known;
    this.#known = this.#addresses();
    for (const text of this.#known) {
      if (before.has(text)) continue;
      const [interfaceName = '', address = ''] = text.split(' ');
      for (const listener of [...this.#listeners]) listener({ kind: 'address-gained', interfaceName, address });
    }
  }

  #addresses(): ReadonlySet<string> {
    const all = Object.entries(this.#interfaces()).flatMap(([name, addresses]) =>
      (addresses ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name.replaceAll(' ', '_')} ${address}`),
    );
    return new Set(all);
  }
}
