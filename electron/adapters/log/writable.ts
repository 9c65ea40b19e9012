// What of a value may be written to a log: secrets hide behind their type, launch plans behind their shape.
import { english, isSentence } from '../../common/told';
import { Secret } from '../../domain/secret';
import type { LaunchPlan } from '../../domain/session/stream-client';

const longestText = 2_000;
const deepest = 6;

/** Keys of a launch plan that carry what a client needs and nobody else may see: what it types, what it inherits. */
const sealedKeys: ReadonlySet<string> = new Set(['typedPassword', 'env'] satisfies (keyof LaunchPlan)[]);

/** @returns a copy that JSON can carry; long texts are cut, errors keep name, message, code and stack */
export function writable(value: unknown, depth = 0): unknown {
  if (value instanceof Secret) return '[secret]';
  if (value instanceof Error) {
    const { code } = value as NodeJS.ErrnoException;
    return { name: value.name, message: value.message, ...(code && { code }), stack: value.stack?.slice(0, longestText) };
  }
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}… (${value.length} characters)` : value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  // What a person is told stands in the log in English, whatever the language of the window.
  if (isSentence(value)) return writable(english(value), depth);
  if (depth >= deepest) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => writable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, sealedKeys.has(key) ? '[sealed]' : writable(item, depth + 1)]),
  );
}
