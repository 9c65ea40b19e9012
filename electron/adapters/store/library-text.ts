// Changes the library's text where the library changed, so that a hand-written file keeps its comments and order.
import { applyEdits, findNodeAtLocation, modify, parse, parseTree } from 'jsonc-parser';
import type { LibraryRecords } from '../../domain/library/library-store';
import { removalOf } from './json-removal';

type Path = readonly (string | number)[];
type PlainObject = Readonly<Record<string, unknown>>;

interface Identified {
  readonly id: string;
}

const lists = ['hosts', 'entries', 'networks'] as const;

/**
 * @param text the present file; null begins a new one
 * @param before the records that were read from it; what it holds besides (parts that were not valid) stays as it is
 */
export function editLibraryText(text: string | null, version: number, before: LibraryRecords, after: LibraryRecords): string {
  if (text === null) {
    const { hosts, entries, networks, profile, probesPerSecond } = after;
    return `${JSON.stringify({ version, ...(probesPerSecond && { probesPerSecond }), ...(profile && { profile }), ...(networks && { networks }), hosts, entries }, null, 2)}\n`;
  }
  const edit = new TextEdit(text);
  edit.value(['profile'], before.profile, after.profile);
  for (const key of lists) edit.list(key, before[key] ?? [], after[key] ?? []);
  return edit.text;
}

class TextEdit {
  private readonly formattingOptions: { readonly insertSpaces: boolean; readonly tabSize: number; readonly eol: string };

  constructor(public text: string) {
    this.formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  }

  list(key: (typeof lists)[number], before: readonly Identified[], after: readonly Identified[]): void {
    const wanted = new Set(after.map(({ id }) => id));
    for (const { id } of before) if (!wanted.has(id)) this.remove([key, this.indexIn(key, id)]);
    const known = new Map(before.map((item) => [item.id, item]));
    for (const item of after) {
      const old = known.get(item.id);
      if (old === undefined) this.append(key, item);
      else if (!isEqual(old, item)) this.value([key, this.indexIn(key, item.id)], old, item);
    }
  }

  /** Of objects only the values that changed are touched: comments between the others, and what was not valid, stay. */
  value(path: Path, before: unknown, after: unknown): void {
    if (isEqual(before, after)) return;
    if (after === undefined) this.remove(path);
    else if (isObject(before) && isObject(after) && this.isObjectInText(path)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) this.value([...path, key], before[key], after[key]);
    } else this.change(path, after);
  }

  private append(key: string, item: Identified): void {
    const length = this.listIn(key).length;
    if (length === 0) this.change([key], [item]);
    else this.change([key, length], item, true);
  }

  private change(path: Path, value: unknown, isArrayInsertion = false): void {
    const { formattingOptions } = this;
    this.text = applyEdits(this.text, modify(this.text, [...path], value, { formattingOptions, isArrayInsertion }));
  }

  private remove(path: Path): void {
    this.text = removalOf(this.text, path);
  }

  private isObjectInText(path: Path): boolean {
    const tree = parseTree(this.text, [], { allowTrailingComma: true });
    return tree !== undefined && findNodeAtLocation(tree, [...path])?.type === 'object';
  }

  private indexIn(key: string, id: string): number {
    return this.listIn(key).findIndex((item) => isObject(item) && item['id'] === id);
  }

  private listIn(key: string): readonly unknown[] {
    const value: unknown = (parse(this.text, [], { allowTrailingComma: true }) as PlainObject)[key];
    return Array.isArray(value) ? value : [];
  }
}

function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of values as JSON has them; the order of keys does not count. */
function isEqual(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return JSON.stringify(one) === JSON.stringify(other);
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => isEqual(one[key], other[key]));
}
