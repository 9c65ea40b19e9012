// Makes what a host wrote safe to keep and to show: of bounded length, and without control characters.

/** Of an app's name; what is saved holds no more. UTF-16 units. */
const nameLimit = 512;

/** Cut without leaving half a character at the end. */
function cut(text: string, limit: number): string {
  const head = text.slice(0, limit);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/**
 * An app's name. Line breaks, tabs and direction marks stay, because stream clients launch an app by its exact name; other
 * control characters are of no use to anybody but a terminal.
 */
export function cleanName(text: string): string {
  return cut(text.replace(/[^\P{Cc}\n\t]/gu, ''), nameLimit);
}

/**
 * One line for a person, still with direction marks and joiners (names of people and emoji need them), but without embeddings,
 * overrides and isolates, which turn round what is written after the name.
 */
export function cleanLine(text: string, limit: number): string {
  return cut(text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').replace(/[\p{Cc}\s]+/gu, ' ').trim(), limit).trim();
}

/** A host's words inside a sentence of ours: nothing in them may turn the sentence around. */
export function quoted(text: string): string {
  return cut(text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim(), 200).replace(/\.$/, '');
}
