// Expected failure as a value: what went wrong, in words a person can act on.

export type FailureKind =
  | 'bad-input'
  | 'not-found'
  | 'already-there'
  | 'client-missing'
  | 'auth-refused'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-unreachable'
  | 'app-not-found'
  | 'not-verified'
  | 'permission-denied'
  | 'timed-out'
  | 'not-supported'
  | 'io'
  | 'cancelled'
  /** The host answered something that its protocol does not allow. */
  | 'bad-answer'
  | 'not-paired'
  | 'certificate-changed'
  | 'wrong-pin'
  /** Somebody between us and the host swapped its certificate. */
  | 'man-in-the-middle'
  | 'pairing-refused'
  /** The host does something else at the moment; waiting helps. */
  | 'host-busy';

export interface Failure {
  readonly kind: FailureKind;
  /** One sentence: what happened. */
  readonly message: string;
  /** One sentence: what the user can do about it. */
  readonly advice: string;
}

export type Result<T, F = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failure(
  kind: FailureKind,
  message: string,
  advice: string,
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { kind, message, advice } };
}

/** Closes a `switch` over a tagged union: a new kind that nobody handles stops the build. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
