// Reads the library's text: takes every part that is right by itself, and says of each other part what is wrong with it.
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { entrySchema, type Entry } from '../../common/entry';
import { hostRecordSchema, type HostRecord } from '../../common/host';
import { probesPerSecondSchema } from '../../common/latency';
import { networkRecordSchema, profileSchema, type NetworkRecord, type Profile, type ProfileKey } from '../../common/profile';
import type { LibraryRecords } from '../../domain/library/library-store';

export const libraryVersion = 1;

const knownKeys = new Set(['version', 'probesPerSecond', 'profile', 'networks', 'hosts', 'entries']);
const profileKeys = new Set<string>(profileSchema.keyof().options);

export interface Finding {
  readonly offset: number;
  readonly message: string;
}

export interface LibraryReading {
  readonly records: LibraryRecords;
  readonly findings: readonly Finding[];
  /** Whether the text can be changed in places; if not, it can only be replaced. */
  readonly editable: boolean;
}

type Path = readonly (string | number)[];
type RawObject = Readonly<Record<string, unknown>>;

export function readLibrary(text: string): LibraryReading {
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true };
  const tree = parseTree(text, errors, options);
  const value: unknown = parse(text, [], options);
  const findings = errors.map(({ error, offset }) => ({ offset, message: syntaxWords(printParseErrorCode(error)) }));
  const none = { hosts: [], entries: [] };
  if (!tree || !isObject(value)) {
    return { records: none, findings: findings.length > 0 ? findings : [{ offset: 0, message: 'This is no JSON object.' }], editable: false };
  }
  const reader = new Reader(tree, findings);
  if (value['version'] !== libraryVersion) {
    reader.find(['version'], versionWords(value['version']));
    return { records: none, findings, editable: false };
  }
  for (const key of Object.keys(value)) if (!knownKeys.has(key)) reader.find([key], `Unknown key "${key}".`);
  const hosts = reader.list<HostRecord>(value, 'hosts', hostRecordSchema).map(({ item }) => item);
  const hostIds = new Set(hosts.map(({ id }) => id));
  const entries = reader.list<Entry>(value, 'entries', entrySchema).flatMap(({ item, index }) => {
    if (hostIds.has(item.host)) return [item];
    reader.find(['entries', index, 'host'], `Entry "${item.id}" names a host "${item.host}" that is not in "hosts".`);
    return [];
  });
  const networks = reader.list<NetworkRecord>(value, 'networks', networkRecordSchema).map(({ item }) => item);
  const profile = value['profile'] === undefined ? undefined : reader.profile(value['profile'], ['profile']);
  const probesPerSecond = value['probesPerSecond'] === undefined ? undefined : reader.probesPerSecond(value['probesPerSecond']);
  const records = { hosts, entries, ...(networks.length > 0 && { networks }), ...(profile && { profile }), ...(probesPerSecond && { probesPerSecond }) };
  return { records, findings, editable: errors.length === 0 };
}

class Reader {
  constructor(
    private readonly tree: Node,
    private readonly findings: Finding[],
  ) {}

  /** Tells of the place, or of the nearest parent that is in the text. */
  find(path: Path, message: string): void {
    let node: Node | undefined;
    for (let length = path.length; length > 0 && !node; length -= 1) node = findNodeAtLocation(this.tree, path.slice(0, length));
    this.findings.push({ offset: (node ?? this.tree).offset, message });
  }

  list<T extends { id: string }>(value: RawObject, key: 'hosts' | 'entries' | 'networks', schema: z.ZodType<T>): { item: T; index: number }[] {
    const list = value[key] ?? [];
    if (!Array.isArray(list)) {
      this.find([key], `"${key}" must be a list.`);
      return [];
    }
    const takenIds = new Set<string>();
    return list.flatMap((raw: unknown, index) => {
      const item = this.item(raw, [key, index], schema);
      if (item === null) return [];
      if (takenIds.has(item.id)) {
        this.find([key, index, 'id'], `The id "${item.id}" is used twice in "${key}".`);
        return [];
      }
      takenIds.add(item.id);
      return [{ item, index }];
    });
  }

  probesPerSecond(raw: unknown): number | undefined {
    const parsed = probesPerSecondSchema.safeParse(raw);
    if (!parsed.success) this.find(['probesPerSecond'], `probesPerSecond: ${parsed.error.issues[0]?.message ?? 'not usable'}`);
    return parsed.data;
  }

  /** A profile is read value by value: one that is wrong does not take the host or entry with it. */
  profile(raw: unknown, path: Path): Profile | undefined {
    if (!isObject(raw)) {
      this.find(path, `${wordsFor(path)} must be an object.`);
      return undefined;
    }
    const known: [string, unknown][] = [];
    for (const [key, value] of Object.entries(raw)) {
      const parsed = profileKeys.has(key) ? profileSchema.shape[key as ProfileKey].safeParse(value) : null;
      if (parsed?.success) known.push([key, parsed.data]);
      else this.find([...path, key], `${wordsFor([...path, key])}: ${parsed ? (parsed.error.issues[0]?.message ?? 'not usable') : 'there is no such setting'}`);
    }
    return profileSchema.parse(Object.fromEntries(known));
  }

  private item<T>(raw: unknown, path: Path, schema: z.ZodType<T>): T | null {
    const profile = isObject(raw) && raw['profile'] !== undefined ? this.profile(raw['profile'], [...path, 'profile']) : undefined;
    const parsed = schema.safeParse(isObject(raw) ? { ...raw, profile } : raw);
    if (parsed.success) return withoutUndefined(parsed.data);
    for (const issue of parsed.error.issues) {
      const inside = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
      const where = issue.code === 'unrecognized_keys' ? [...inside, ...issue.keys.slice(0, 1)] : inside;
      this.find([...path, ...where], `${wordsFor([...path, ...inside])}: ${issue.message}`);
    }
    return null;
  }
}

/** What is absent in the text is absent in the record, too. */
function withoutUndefined<T>(item: T): T {
  if (isObject(item) && 'profile' in item && item['profile'] === undefined) {
    const { profile: _absent, ...rest } = item;
    return rest as T;
  }
  return item;
}

/** As people write it: `entries[1].profile.fps`. */
function wordsFor(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
