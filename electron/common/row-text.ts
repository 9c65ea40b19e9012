// Packs long lists of like objects into columns, so that ten thousand entries cross into the page as a third of their text.

/** What JSON can say. */
type Json = unknown;
type Row = Readonly<Record<string, Json>>;

/** A column whose values are all the same; which are few, or the very same objects; which are rows themselves; or any. */
type Column =
  | { readonly all: Json }
  | { readonly of: readonly Json[]; readonly at: readonly number[] }
  | { readonly rows: PackedRows }
  | { readonly each: readonly Json[] };

interface Shape {
  readonly keys: readonly string[];
  readonly columns: readonly Column[];
  /** How many rows have these keys. */
  readonly count: number;
}

export interface PackedRows {
  readonly [mark]: number;
  readonly shapes: readonly Shape[];
  /** The shape of each row; absent: there is but one. */
  readonly shapeOf?: readonly number[];
}

/** No value of the contract has a key of this name; what hosts say becomes values, never keys. */
const mark = '~rows';
/** Shorter lists are not worth it. */
const fewestRows = 64;
/** More different values than this are written one by one. */
const mostDistinct = 256;
/** More kinds of rows than this are no table. */
const mostShapes = 64;

/** Of an object's lists those that are long and even are packed; everything else stays as it is. */
export function packLists(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, (Array.isArray(part) && packRows(part)) || part]));
}

/** Undoes `packLists`, in place, in what JSON.parse has just made. @param depth how many levels of objects are looked into */
export function unpackLists(value: Json, depth: number): Json {
  if (!isObject(value) || depth === 0) return value;
  if (isPacked(value)) return unpackRows(value);
  for (const [key, part] of Object.entries(value)) {
    if (isObject(part)) (value as Record<string, Json>)[key] = unpackLists(part, depth - 1);
  }
  return value;
}

/** null: the list is not of a kind that is packed. */
export function packRows(list: readonly Json[]): PackedRows | null {
  if (list.length < fewestRows || !list.every(isRow)) return null;
  const shapes = new Map<string, { readonly number: number; readonly keys: readonly string[]; readonly rows: Row[] }>();
  const shapeOf: number[] = [];
  for (const row of list) {
    const keys = Object.keys(row).filter((key) => row[key] !== undefined);
    const name = JSON.stringify(keys);
    const shape = shapes.get(name) ?? { number: shapes.size, keys, rows: [] };
    if (shape.number === shapes.size) shapes.set(name, shape);
    if (shapes.size > mostShapes) return null;
    shape.rows.push(row);
    shapeOf.push(shape.number);
  }
  const packed = [...shapes.values()].map(({ keys, rows }) => ({ keys, columns: keys.map((key) => packColumn(rows.map((row) => row[key]))), count: rows.length }));
  return { [mark]: list.length, shapes: packed, ...(packed.length > 1 && { shapeOf }) };
}

function packColumn(values: readonly Json[]): Column {
  const places = new Map<Json, number>();
  const at: number[] = [];
  for (const value of values) {
    const place = places.get(value) ?? places.size;
    if (place === places.size) places.set(value, place);
    if (places.size > mostDistinct) break;
    at.push(place);
  }
  const [first, ...others] = places.keys();
  if (others.length === 0) return { all: first };
  // As long as most are different, their places would be written beside them.
  if (at.length === values.length && places.size * 2 <= values.length) return { of: [...places.keys()], at };
  const rows = packRows(values);
  return rows === null ? { each: values } : { rows };
}

function unpackRows({ shapes, shapeOf }: PackedRows): Json[] {
  const tables = shapes.map(unpackShape);
  if (shapeOf === undefined) return tables[0] ?? [];
  const next = tables.map(() => 0);
  return shapeOf.map((shape) => {
    const place = next[shape] ?? 0;
    next[shape] = place + 1;
    return tables[shape]?.[place];
  });
}

function unpackShape({ keys, columns, count }: Shape): Json[] {
  const rows: Record<string, Json>[] = [];
  for (let number = 0; number < count; number += 1) rows.push({});
  // Column by column, each row gets its keys in the same order: the engine gives them all one shape.
  keys.forEach((key, index) => fill(rows, key, columns[index] ?? { all: null }));
  return rows;
}

function fill(rows: readonly Record<string, Json>[], key: string, column: Column): void {
  if ('all' in column) for (const row of rows) row[key] = column.all;
  else if ('of' in column) rows.forEach((row, number) => (row[key] = column.of[column.at[number] ?? 0]));
  else {
    const values = 'rows' in column ? unpackRows(column.rows) : column.each;
    rows.forEach((row, number) => (row[key] = values[number]));
  }
}

function isObject(value: Json): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPacked(value: object): value is PackedRows {
  return mark in value;
}

/** With `__proto__` as a key, an object made key by key would get another prototype instead. */
function isRow(value: Json): value is Row {
  return isObject(value) && !Object.hasOwn(value, '__proto__') && !('toJSON' in value);
}
