// What the practice run remembers instead of the user's files and keyring: nothing of it outlives the run.
import type { GameStreamRecord, GameStreamStore } from '../domain/hosts/gamestream-record';
import type { Secret, SecretStore } from '../domain/secret';

export class MemorySecrets implements SecretStore {
  private readonly kept = new Map<string, Secret>();

  async describe(): Promise<string> {
    return 'the memory of this program';
  }

  async read(key: string): Promise<Secret | null> {
    return this.kept.get(key) ?? null;
  }

  async write(key: string, secret: Secret): Promise<void> {
    this.kept.set(key, secret);
  }

  async remove(key: string): Promise<void> {
    this.kept.delete(key);
  }
}

export class MemoryHostStore implements GameStreamStore {
  private records: readonly GameStreamRecord[] = [];

  async load(): Promise<readonly GameStreamRecord[]> {
    return this.records;
  }

  async change(next: (records: readonly GameStreamRecord[]) => readonly GameStreamRecord[]): Promise<readonly GameStreamRecord[]> {
    this.records = next(this.records);
    return this.records;
  }
}
