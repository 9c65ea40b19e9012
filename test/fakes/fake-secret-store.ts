// A keyring in memory, which can be told to refuse or to take its time.
import { Secret, type SecretStore } from '../../electron/domain/secret';

export class FakeSecretStore implements SecretStore {
  readonly kept = new Map<string, string>();
  /** Every question and order, in order: `read entry/desk/password`. */
  readonly calls: string[] = [];
  /** While set, everything is refused with it. */
  refusal: Error | null = null;
  /** Reads wait for this. */
  opens: Promise<void> = Promise.resolve();

  describe(): Promise<string> {
    return Promise.resolve('memory');
  }

  async read(key: string): Promise<Secret | null> {
    this.note('read', key);
    await this.opens;
    const text = this.kept.get(key);
    return text === undefined ? null : new Secret(text);
  }

  async write(key: string, secret: Secret): Promise<void> {
    this.note('write', key);
    this.kept.set(key, secret.reveal());
  }

  async remove(key: string): Promise<void> {
    this.note('remove', key);
    this.kept.delete(key);
  }

  private note(what: string, key: string): void {
    this.calls.push(`${what} ${key}`);
    if (this.refusal) throw this.refusal;
  }
}
