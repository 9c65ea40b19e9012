// Takes a value out of JSON with comments, and nothing else: jsonc-parser's own removal takes comments beside it along.
import { createScanner, findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';

interface Range {
  readonly from: number;
  /** The first place after it. */
  readonly to: number;
}

/** @returns the text without the property or array item at this path; the same text when there is none */
export function removalOf(text: string, path: readonly (string | number)[]): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const value = tree && findNodeAtLocation(tree, [...path]);
  const element = value?.parent?.type === 'property' ? value.parent : value;
  const siblings = element?.parent?.children;
  if (!element || !siblings) return text;
  const own = rangeOf(element);
  const after = commaAfter(text, own.to);
  const previous = siblings[siblings.indexOf(element) - 1];
  const before = after || !previous ? null : commaAfter(text, rangeOf(previous).to);
  // From the back: what stands before stays where it is.
  let left = text;
  if (after && text.slice(own.to, after.from).trim() === '') left = cut(left, { from: own.from, to: after.to });
  else {
    if (after) left = left.slice(0, after.from) + left.slice(after.to);
    left = cut(left, own);
  }
  return before ? left.slice(0, before.from) + left.slice(before.to) : left;
}

function rangeOf({ offset, length }: Node): Range {
  return { from: offset, to: offset + length };
}

/** The comma that follows, comments aside; null: something else does. */
function commaAfter(text: string, offset: number): Range | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const from = scanner.getTokenOffset();
  return text[from] === ',' ? { from, to: from + 1 } : null;
}

/** Whole lines leave with their ends; out of the middle of a line, one gap of the two. */
function cut(text: string, { from, to }: Range): string {
  const lineFrom = text.lastIndexOf('\n', from - 1) + 1;
  const nextLine = text.indexOf('\n', to);
  const lineTo = nextLine < 0 ? text.length : nextLine + 1;
  const isAlone = text.slice(lineFrom, from).trim() === '' && text.slice(to, lineTo).trim() === '';
  if (isAlone && lineFrom > 0) return text.slice(0, lineFrom) + text.slice(lineTo);
  const gap = /^[ \t]*/.exec(text.slice(to))?.[0].length ?? 0;
  return text.slice(0, from) + text.slice(to + gap);
}
