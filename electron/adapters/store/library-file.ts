// The library as a file that people may edit: JSON with comments, versioned, each part checked by itself.
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { savedEntrySchema, type Entry } from '../../common/entry';
import { hostRecordSchema, type HostRecord } from '../../common/host';
import type { ConfigTrouble } from '../../common/library';
import type { Clock } from '../../domain/clock';
import type { LibraryRecords, LibraryStore } from '../../domain/library/library-store';
import { editLibraryText } from './library-text';
import { keepCopy, readTextFile, writeTextFile } from './text-file';

export const libraryVersion = 1;

const knownKeys = new Set(['version', 'hosts', 'entries']);
const empty: LibraryRecords = { hosts: [], entries: [] };

interface Finding {
  readonly offset: number;
  readonly message: string;
}

export class LibraryFile implements LibraryStore {
  /** Null: there is no file, or none that an edit could keep anything of. */
  private text: string | null = null;
  private records: LibraryRecords = empty;
  /** Why there is a file but not its text: then nothing may be written over it. */
  private unreadable: string | null = null;

  constructor(
    readonly file: string,
    private readonly clock: Clock,
  ) {}

  async load(): Promise<{ records: LibraryRecords; troubles: ConfigTrouble[] }> {
    let text: string | null;
    try {
      text = await readTextFile(this.file);
    } catch (error) {
      this.unreadable = reasonOf(error);
      const message = `The file can't be read: ${this.unreadable}`;
      return { records: empty, troubles: [{ file: this.file, line: null, message, keptAs: null }] };
    }
    if (text === null) return { records: empty, troubles: [] };
    const { records, findings, editable } = readLibrary(text);
    this.text = editable ? text : null;
    this.records = records;
    if (findings.length === 0) return { records, troubles: [] };
    const keptAs = await this.keep(text);
    const troubles = findings.map(({ offset, message }) => ({
      file: this.file,
      line: lineOf(text, offset),
      message,
      keptAs,
    }));
    return { records, troubles };
  }

  async save(records: LibraryRecords): Promise<void> {
    if (this.unreadable !== null) throw new Error(`the present file could not be read: ${this.unreadable}`);
    const text = editLibraryText(this.text, libraryVersion, this.records, records);
    await writeTextFile(this.file, text);
    this.text = text;
    this.records = records;
  }

  private async keep(text: string): Promise<string | null> {
    try {
      return await keepCopy(this.file, text, this.clock.nowMs());
    } catch {
      // A full disk or a read-only directory: nothing is overwritten either, so nothing is lost.
      return null;
    }
  }
}

/** Takes every host and entry that is right by itself, and says of each other part what is wrong with it. */
function readLibrary(text: string): { records: LibraryRecords; findings: Finding[]; editable: boolean } {
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true };
  const tree = parseTree(text, errors, options);
  const value: unknown = parse(text, [], options);
  const findings: Finding[] = errors.map(({ error, offset }) => ({ offset, message: syntaxWords(printParseErrorCode(error)) }));
  if (!tree || !isObject(value)) {
    return { records: empty, findings: findings.length > 0 ? findings : [{ offset: 0, message: 'This is no JSON object.' }], editable: false };
  }
  if (value['version'] !== libraryVersion) {
    findings.push({ offset: offsetOf(tree, ['version']), message: versionWords(value['version']) });
    return { records: empty, findings, editable: false };
  }
  for (const key of Object.keys(value)) {
    if (!knownKeys.has(key)) findings.push({ offset: offsetOf(tree, [key]), message: `Unknown key "${key}".` });
  }
  const hosts = readList<HostRecord>(value, 'hosts', hostRecordSchema, tree, findings);
  const entries = readList<Entry>(value, 'entries', savedEntrySchema, tree, findings).filter((entry) => {
    if (hosts.some((host) => host.id === entry.host)) return true;
    const index = (value['entries'] as { id?: unknown }[]).findIndex((raw) => raw.id === entry.id);
    findings.push({ offset: offsetOf(tree, ['entries', index, 'host']), message: `Entry "${entry.id}" names a host "${entry.host}" that is not in "hosts".` });
    return false;
  });
  return { records: { hosts, entries }, findings, editable: errors.length === 0 };
}

function readList<T extends { id: string }>(
  value: Record<string, unknown>,
  key: 'hosts' | 'entries',
  schema: z.ZodType<T>,
  tree: Node,
  findings: Finding[],
): T[] {
  const list = value[key] ?? [];
  if (!Array.isArray(list)) {
    findings.push({ offset: offsetOf(tree, [key]), message: `"${key}" must be a list.` });
    return [];
  }
  const taken: T[] = [];
  for (const [index, raw] of list.entries()) {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
        const where = issue.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path;
        findings.push({
          offset: offsetOf(tree, [key, index, ...where]),
          message: `${key}[${index}]${path.length > 0 ? `.${path.join('.')}` : ''}: ${issue.message}`,
        });
      }
    } else if (taken.some((other) => other.id === parsed.data.id)) {
      findings.push({ offset: offsetOf(tree, [key, index, 'id']), message: `The id "${parsed.data.id}" is used twice in "${key}".` });
    } else taken.push(parsed.data);
  }
  return taken;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The place of a value, or of the nearest parent that is in the text. */
function offsetOf(tree: Node, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.offset;
  }
  return tree.offset;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function versionWords(version: unknown): string {
  if (version === undefined) return `"version" is missing; this Athena writes version ${libraryVersion}.`;
  return typeof version === 'number' && version > libraryVersion
    ? `Version ${version} was written by a newer Athena; this one reads version ${libraryVersion}.`
    : `"version" must be ${libraryVersion}, not ${JSON.stringify(version)}.`;
}

function syntaxWords(code: string): string {
  return `Not valid JSON here: ${code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}.`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
