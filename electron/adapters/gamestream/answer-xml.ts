// Reads the XML in which a GameStream host answers. The host is not trusted: whatever it sends, this never throws.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { failure, success, type Failure, type Result } from '../../common/result';
import { badAnswer, type Place } from './gamestream-failures';
import { quoted } from './host-text';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, references replaced. */
  readonly text: string;
}

export interface XmlAnswer {
  /** The host's outcome, -2147483648 to 2147483647; 200 is success. */
  readonly statusCode: number;
  /** For people; often empty. */
  readonly statusMessage: string;
  readonly root: XmlElement;
}

/** The longest answer that hosts give, but for their lists of apps, has a few thousand. */
export const answerLimitBytes = 128 * 1_024;

const attributesKey = ':@';
const cdataKey = '#cdata';
const textKey = '#text';
/** The deepest element any host sends is the fourth. */
const deepest = 16;

/**
 * Entities are never expanded: a document type is refused, and only the references that XML itself knows are replaced,
 * once, so that no text grows.
 * @param bytes UTF-8, at most `limitBytes`
 */
export function readXmlAnswer(bytes: Uint8Array, limitBytes: number, place: Place): Result<XmlAnswer> {
  const refuse = (what: string): Result<never> => refusal(badAnswer(place, what));
  if (bytes.length > limitBytes) return refuse(`more than ${Math.round(limitBytes / 1_024)} KiB`);
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.trim() === '') return refuse('nothing');
  if (/<!DOCTYPE/i.test(text)) {
    return refuse(/<!DOCTYPE\s+html/i.test(text) ? 'a web page in place of its XML' : 'XML with a document type, which hosts never send');
  }
  const parsed = parse(text);
  if (!parsed.ok) return refuse(/^\s*<html/i.test(text) ? 'a web page in place of its XML' : `no proper XML (${quoted(parsed.why)})`);
  const [root, ...others] = parsed.elements;
  if (!root || others.length > 0) return refuse('no proper XML (it needs one root element)');
  if (root.name !== 'root') {
    return refuse(root.name.toLowerCase() === 'html' ? 'a web page in place of its XML' : `XML of another kind (<${quoted(root.name)}>)`);
  }
  const status = root.attributes.get('status_code');
  if (status === undefined) return refuse('XML without a status');
  const statusCode = readStatus(status);
  if (statusCode === null) return refuse(`XML with a status that is no number ("${quoted(status)}")`);
  return success({ statusCode, statusMessage: root.attributes.get('status_message') ?? '', root });
}

/** Hosts write -1 as such or as 4294967295: read without a sign, then wrapped to 32 bits. @returns null for no number */
export function readStatus(text: string): number | null {
  const digits = /^\s*(-?[0-9]{1,20})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(BigInt.asIntN(32, BigInt(digits)));
}

/** The text of the first child by this name, as the host wrote it; null: there is none. */
export function childText({ children }: XmlElement, name: string): string | null {
  return children.find((child) => child.name === name)?.text ?? null;
}

function refusal(why: Failure): Result<never> {
  return failure(why.kind, why.message, why.advice);
}

type Parsed = { readonly ok: true; readonly elements: readonly XmlElement[] } | { readonly ok: false; readonly why: string };

function parse(text: string): Parsed {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    preserveOrder: true,
    cdataPropName: cdataKey,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: deepest,
  });
  try {
    const nodes: unknown = parser.parse(text);
    // The parser forgives unclosed and stray tags; it comes first because it gives up on deep nesting at once.
    const verdict = XMLValidator.validate(text);
    if (verdict !== true) return { ok: false, why: verdict.err.msg };
    return { ok: true, elements: elementsOf(nodes) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each node is an object with one key, its name, and perhaps a second with its attributes. */
function elementsOf(nodes: unknown): XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.filter(isRecord).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== attributesKey);
    if (name === undefined || name === textKey || name === cdataKey) return [];
    const inside = node[name];
    return [{ name, attributes: attributesOf(node[attributesKey]), children: elementsOf(inside), text: textOf(inside) }];
  });
}

function attributesOf(given: unknown): ReadonlyMap<string, string> {
  if (!isRecord(given)) return new Map();
  const texts = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new Map(texts.map(([name, text]) => [name, replaceReferences(text)]));
}

function textOf(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .filter(isRecord)
    .map((node) => {
      const text = node[textKey];
      if (typeof text === 'string') return replaceReferences(text);
      return cdataKey in node ? plainText(node[cdataKey]) : '';
    })
    .join('');
}

/** Inside CDATA an ampersand is an ampersand. */
function plainText(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .filter(isRecord)
    .map((node) => node[textKey])
    .filter((text): text is string => typeof text === 'string')
    .join('');
}

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** XML 1.0 §4.1 and §4.6; what is no reference there stays as it is written. */
function replaceReferences(text: string): string {
  return text.replace(/&(?:#(?:([0-9]{1,8})|x([0-9A-Fa-f]{1,7}))|([a-z]{2,4}));/g, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named.get(name) ?? all;
    return character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10));
  });
}

function character(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\uFFFD';
}
