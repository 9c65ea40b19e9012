// What the fuzz run found, and all that is needed to have it again.

export interface Finding {
  /** throw: out of an adapter. unhandled: a rejection or an exception that nobody caught. hang: beyond its limit. promise: not kept. */
  readonly kind: 'throw' | 'unhandled' | 'hang' | 'promise';
  /** What brings it back: ATHENA_FUZZ_CASE=parser/xml/123 npm run bench -- fuzz */
  readonly case: string;
  readonly message: string;
  /** Base64, cut; empty where the case has more than one input. */
  readonly input: string;
}

export interface CaseName {
  readonly part: 'parser' | 'socket';
  readonly target: string;
  readonly seed: number;
}

export function nameOf({ part, target, seed }: CaseName): string {
  return `${part}/${target}/${seed}`;
}

/** @returns null for anything else */
export function readCaseName(text: string): CaseName | null {
  const [, part, target, seed] = /^(parser|socket)\/([a-z-]+)\/(\d+)$/.exec(text) ?? [];
  if ((part !== 'parser' && part !== 'socket') || target === undefined || seed === undefined) return null;
  return { part, target, seed: Number(seed) };
}

export function shown(bytes: Buffer): string {
  return bytes.subarray(0, 1_500).toString('base64');
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 1_500) : String(error);
}
