// How values cross into the page: as text. The bridge between preload and page copies text at once, and values property by property,
// which took a fifth of a second for a library of ten thousand entries.
import { packLists, unpackLists } from './row-text';

/** Texts of values that are asked for again and again. */
const texts = new WeakMap<object, string>();
const lastingValues = new WeakSet<object>();

/** Marks a value that nobody changes any more: its text is made once, however often it is sent, and its long lists are packed. */
export function lasting<T extends object>(value: T): T {
  lastingValues.add(value);
  return value;
}

/** Everything in the contract is what JSON can say; nothing at all becomes an empty text. */
export function toText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return asciiJson(value);
  if (isLasting(value)) return packedSign + textOf(value);
  const lastingParts = Object.entries(value).filter(([, part]) => isLasting(part));
  if (lastingParts.length === 0) return asciiJson(value);
  // A snapshot is made anew each time, around a library that is not.
  const others = asciiJson({ ...value, ...Object.fromEntries(lastingParts.map(([key]) => [key, undefined])) });
  const parts = lastingParts.map(([key, part]) => `${asciiJson(key)}:${textOf(part as object)}`).join(',');
  return packedSign + (others === '{}' ? `{${parts}}` : `{${parts},${others.slice(1)}`);
}

/** JSON may begin with a blank; only what has packed lists in it does. */
const packedSign = ' ';
/** Lasting values are whole or parts of the whole, and their lists are parts of them. */
const packedDepth = 3;

export function fromText(text: string): unknown {
  if (text === '') return undefined;
  const value: unknown = JSON.parse(text);
  return text.startsWith(packedSign) ? unpackLists(value, packedDepth) : value;
}

function isLasting(value: unknown): boolean {
  return typeof value === 'object' && value !== null && lastingValues.has(value);
}

function textOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = asciiJson(packLists(value));
  texts.set(value, text);
  return text;
}

/** One name in another script would make every letter of the text twice as long. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What preload puts on `window.athena`: the contract's channels, with texts for replies and news. */
export interface TextBridge {
  invoke(channel: string, args: unknown): Promise<string>;
  /** Returns the way to stop listening. */
  on(channel: string, listener: (text: string) => void): () => void;
}
