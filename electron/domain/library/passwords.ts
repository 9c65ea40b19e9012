// The passwords of entries: remembered in the secret store, or held for as long as Athena runs.
import type { EntryId } from '../../common/ids';
import type { Log } from '../log';
import { Secret, type SecretStore } from '../secret';

export class Passwords {
  /** Read once: a reconnect doesn't wait for a keyring. */
  private readonly held = new Map<EntryId, Secret | null>();
  private readonly readings = new Map<EntryId, Promise<Secret | null>>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly store: SecretStore,
    private readonly log: Log,
  ) {}

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  async read(id: EntryId): Promise<Secret | null> {
    const held = this.held.get(id);
    if (held !== undefined) return held;
    const reading = this.readings.get(id) ?? this.readFromStore(id);
    // Once, however many ask: each question may open a keyring's dialog.
    this.readings.set(id, reading);
    try {
      return await reading;
    } finally {
      this.readings.delete(id);
    }
  }

  /** Reads what is kept for these entries, so that `has` knows it and a launch need not wait for a keyring. */
  async preload(ids: readonly EntryId[]): Promise<void> {
    for (const id of ids) await this.read(id);
    this.announce();
  }

  /** Whether one is known so far, without asking a keyring. */
  has(id: EntryId): boolean {
    return (this.held.get(id) ?? null) !== null;
  }

  /** @param remember false: until Athena closes. @throws when the secret store refuses */
  async give(id: EntryId, password: string, remember: boolean): Promise<void> {
    const secret = new Secret(password);
    this.held.set(id, secret);
    this.announce();
    if (remember) await this.store.write(keyOf(id), secret);
  }

  async forget(id: EntryId): Promise<void> {
    this.held.set(id, null);
    this.announce();
    await this.store.remove(keyOf(id));
  }

  private async readFromStore(id: EntryId): Promise<Secret | null> {
    try {
      const found = await this.store.read(keyOf(id));
      // What was given or forgotten meanwhile is newer.
      if (!this.held.has(id)) this.held.set(id, found);
      return this.held.get(id) ?? null;
    } catch (error) {
      // As if there were none: the user is asked for it.
      this.log.warn('password could not be read', { entry: id, error });
      return this.held.get(id) ?? null;
    }
  }

  private announce(): void {
    for (const listener of this.listeners) listener();
  }
}

function keyOf(id: EntryId): string {
  return `entry/${id}/password`;
}
