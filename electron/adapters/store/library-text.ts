// Changes the library's text where the library changed, so that a hand-written file keeps its comments and order.
import { applyEdits, modify, parse } from 'jsonc-parser';
import type { LibraryRecords } from '../../domain/library/library-store';

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' } as const;

/**
 * @param text the present file; null begins a new one
 * @param before the records that were read from it; what it holds besides (parts that were not valid) stays as it is
 */
export function editLibraryText(
  text: string | null,
  version: number,
  before: LibraryRecords,
  after: LibraryRecords,
): string {
  const begun = text ?? `{\n  "version": ${version},\n  "hosts": [],\n  "entries": []\n}\n`;
  const known = text === null ? { hosts: [], entries: [] } : before;
  return editList(editList(begun, 'hosts', known.hosts, after.hosts), 'entries', known.entries, after.entries);
}

interface Identified {
  readonly id: string;
}

function editList(text: string, key: 'hosts' | 'entries', before: readonly Identified[], after: readonly Identified[]): string {
  let next = text;
  const change = (path: (string | number)[], value: unknown, isArrayInsertion = false): void => {
    next = applyEdits(next, modify(next, path, value, { formattingOptions, isArrayInsertion }));
  };
  const present = (): { id?: unknown }[] => {
    const value: unknown = (parse(next) as Record<string, unknown>)[key];
    return Array.isArray(value) ? (value as { id?: unknown }[]) : [];
  };
  for (const old of before) {
    if (!after.some((item) => item.id === old.id)) change([key, present().findIndex((item) => item.id === old.id)], undefined);
  }
  for (const item of after) {
    const old = before.find((other) => other.id === item.id);
    if (!old && present().length === 0) change([key], [item]);
    else if (!old) change([key, present().length], item, true);
    else if (JSON.stringify(old) !== JSON.stringify(item)) change([key, present().findIndex((other) => other.id === item.id)], item);
  }
  return next;
}
