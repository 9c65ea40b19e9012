// The best place for secrets on this machine, chosen when the first one is asked for: a keyring, else a sealed file.
import type { Secret, SecretStore } from '../../domain/secret';
import { keyringAnswers, SecretToolSecrets } from './secret-tool';

export class DesktopSecrets implements SecretStore {
  private chosen: Promise<SecretStore> | null = null;

  constructor(private readonly fallback: SecretStore) {}

  async describe(): Promise<string> {
    return (await this.store()).describe();
  }

  /** A secret that was sealed while no keyring answered is still found when one does. */
  async read(key: string): Promise<Secret | null> {
    const store = await this.store();
    return (await store.read(key)) ?? (store === this.fallback ? null : this.fallback.read(key));
  }

  async write(key: string, secret: Secret): Promise<void> {
    const store = await this.store();
    await store.write(key, secret);
    if (store !== this.fallback) await this.fallback.remove(key);
  }

  async remove(key: string): Promise<void> {
    const store = await this.store();
    await store.remove(key);
    if (store !== this.fallback) await this.fallback.remove(key);
  }

  private store(): Promise<SecretStore> {
    this.chosen ??= keyringAnswers().then((answers) => (answers ? new SecretToolSecrets() : this.fallback));
    return this.chosen;
  }
}
