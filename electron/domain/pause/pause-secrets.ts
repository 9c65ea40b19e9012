// The secrets of ways of pausing: a Proxmox token, a webhook's header; in the secret store, and never in the library.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Log } from '../log';
import { Secret, type SecretStore } from '../secret';

/** A secret belongs to what it opens, not to an entry: two entries on one machine share it. Null: this way needs none. */
export function pauseSecretKey(host: Pick<HostRecord, 'address' | 'vmHost'>, target: PauseTarget): string | null {
  switch (target.by) {
    case 'proxmox': {
      const address = (target.address ?? host.vmHost?.address ?? '').toLowerCase();
      return `pause/proxmox/${address}:${target.port}/${target.tokenId}`;
    }
    case 'webhook':
      return target.secretHeader === undefined ? null : `pause/webhook/${originOf(target.pause)}/${target.secretHeader.toLowerCase()}`;
    default:
      return null;
  }
}

/** Scheme, name and port, as the schema of an entry lets them be. */
export function originOf(url: string): string {
  return (/^https?:\/\/[^/?#]+/.exec(url)?.[0] ?? '').toLowerCase();
}

export class PauseSecrets {
  /** Read once: a pause doesn't wait for a keyring. */
  readonly #held = new Map<string, Secret | null>();

  constructor(
    private readonly store: SecretStore,
    private readonly log: Log,
  ) {}

  /** Whether this way of pausing has a secret at all. */
  isNeeded(host: HostRecord, target: PauseTarget): boolean {
    return pauseSecretKey(host, target) !== null;
  }

  /** Null: none is kept, or the keyring refuses. */
  async read(host: HostRecord, target: PauseTarget): Promise<Secret | null> {
    const key = pauseSecretKey(host, target);
    if (key === null) return null;
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    try {
      const found = await this.store.read(key);
      // None is looked for again: it may be given by another process meanwhile.
      if (found) this.#held.set(key, found);
      return found;
    } catch (error) {
      this.log.warn('a secret for pausing could not be read', { error });
      return null;
    }
  }

  /** It was refused: the store is asked anew next time. */
  forgetHeld(host: HostRecord, target: PauseTarget): void {
    const key = pauseSecretKey(host, target);
    if (key !== null) this.#held.delete(key);
  }

  /** @param text empty: forgotten. @throws when the secret store refuses */
  async give(host: HostRecord, target: PauseTarget, text: string): Promise<void> {
    const key = pauseSecretKey(host, target);
    if (key === null) return;
    if (text === '') {
      this.#held.delete(key);
      await this.store.remove(key);
      return;
    }
    const secret = new Secret(text);
    this.#held.set(key, secret);
    await this.store.write(key, secret);
  }
}
