// Reads and writes INI files as Qt's QSettings does (qsettings.cpp): escapes, byte arrays, quotes.

/** Values by "section/key"; keys of arrays as they stand in the file: "hosts/1\\hostname". */
export type IniValues = ReadonlyMap<string, string>;

const byLetter: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0' };
const byCharacter = new Map([...Object.entries(byLetter), ['"', '"'], ['\\', '\\']].map(([letter, character]) => [character, `\\${letter}`]));

/** Longer files are no settings of Moonlight's: covers are kept elsewhere. In characters. */
export const longestIni = 32 * 1024 * 1024;

/** Whatever the text is: lines that say nothing are passed over. Values are unescaped; byte arrays have one character a byte. */
export function parseIni(text: string): IniValues {
  const values = new Map<string, string>();
  let section = 'General';
  for (const line of text.slice(0, longestIni).split(/\r?\n/)) {
    const heading = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const equals = line.indexOf('=');
    if (heading !== undefined || equals < 1 || /^\s*;/.test(line)) continue;
    values.set(`${section}/${line.slice(0, equals).trim()}`, valueOf(unescape(line.slice(equals + 1).trim())));
  }
  return values;
}

/** @param values in the order in which they are to stand; a key's section is what precedes its first slash */
export function formatIni(values: Iterable<readonly [key: string, written: string]>): string {
  const sections = new Map<string, string[]>();
  for (const [key, written] of values) {
    const slash = key.indexOf('/');
    const section = key.slice(0, slash);
    const lines = sections.get(section) ?? [];
    lines.push(`${key.slice(slash + 1)}=${written}`);
    sections.set(section, lines);
  }
  return [...sections].map(([section, lines]) => `[${section}]\n${lines.join('\n')}\n`).join('\n');
}

export function writtenText(text: string): string {
  // An @ at the beginning would announce a type.
  return escape(text.startsWith('@') ? `@${text}` : text);
}

export function writtenNumber(value: number | boolean): string {
  return String(value);
}

/** @param bytes one character a byte */
export function writtenBytes(bytes: string): string {
  return escape(`@ByteArray(${bytes})`);
}

/** Everything beyond ASCII as \x and hex: Qt 5 and Qt 6 differ in what else they write, and both read this. */
function escape(text: string): string {
  let written = '';
  let afterHex = false;
  for (const unit of text.split('')) {
    const code = unit.charCodeAt(0);
    const short = byCharacter.get(unit);
    const needsHex: boolean = (short === undefined && (code < 0x20 || code > 0x7e)) || (afterHex && /[0-9a-fA-F]/.test(unit));
    written += needsHex ? `\\x${code.toString(16)}` : (short ?? unit);
    afterHex = needsHex || unit === '\0';
  }
  return /[;,="]|^\s|\s$/.test(text) ? `"${written}"` : written;
}

function unescape(written: string): string {
  const bare = /^"(.*)"$/s.exec(written)?.[1] ?? written;
  return bare.replace(/\\(?:x([0-9a-fA-F]+)|(.?))/gs, (_whole, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (byLetter[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(hex.slice(-4), 16)),
  );
}

function valueOf(text: string): string {
  const bytes = /^@ByteArray\((.*)\)$/s.exec(text)?.[1];
  return bytes ?? (text.startsWith('@@') ? text.slice(1) : text);
}
