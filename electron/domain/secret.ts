// A secret in a wrapper that no log, JSON or template string opens by accident.

const redacted = '[secret]';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The one way in; call it where the secret leaves for the program that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }
}

/** Where passwords are kept between runs. Keys are made by the caller: `entry/<id>/password`. */
export interface SecretStore {
  /** What protects the secrets, in words for the user: the desktop's keyring, or a file only this user can read. */
  describe(): Promise<string>;
  read(key: string): Promise<Secret | null>;
  write(key: string, secret: Secret): Promise<void>;
  remove(key: string): Promise<void>;
}
