// What Athena tells a person: an English sentence that stands where it is made, with its figures and names apart, so that it can be said in German.
import { z } from 'zod';

declare const isSaying: unique symbol;

/** A sentence without places. Only `tell` and `asIs` make one: words that nobody could translate do not compile. */
export type Saying = string & { readonly [isSaying]: true };

export interface Sentence {
  /** In English, with a numbered place for each value: "{0} stands still". The German catalogues know it by this text. */
  readonly template: string;
  readonly values: readonly ToldValue[];
}

/** A number whose decimals were chosen: written with a point, told as the language writes it. */
export interface Figure {
  readonly figure: string;
}

/** A plain text is a name, or somebody else's own words. */
export type ToldValue = string | number | Figure | Saying | Sentence;

/** Plain texts are what older Athenas have saved. */
export type Told = Saying | Sentence;

/** English templates with what another language says; the same numbered places in each. */
export type Catalogue = ReadonlyMap<string, string>;

const valueSchema: z.ZodType<ToldValue> = z.lazy(() => z.union([z.string(), z.number(), z.object({ figure: z.string() }), sentenceSchema]));
const sentenceSchema: z.ZodType<Sentence> = z.object({ template: z.string(), values: z.array(valueSchema) });
export const toldSchema = z.union([z.string(), sentenceSchema]) as unknown as z.ZodType<Told>;

/**
 * Tags a sentence: tell`${name} stands still`. What Athena itself says in a place is told as well, or stays English; a test
 * holds every tagged text against the catalogues.
 */
export function tell(texts: TemplateStringsArray, ...values: readonly ToldValue[]): Told {
  const template = texts.reduce((whole, text, place) => `${whole}{${place - 1}}${text}`);
  return values.length === 0 ? asIs(template) : { template, values };
}

/** Words that are not Athena's own, and stay as they are in every language: of a host, of a client, of the system. */
export function asIs(words: string): Told {
  return words as Saying;
}

/** Several in a row: "echo, connecting to the port". */
export function listed(values: readonly ToldValue[], separator = ', '): Told {
  return { template: values.map((_, place) => `{${place}}`).join(separator), values };
}

/** @param digits after the point */
export function figure(value: number, digits: number): Figure {
  return { figure: value.toFixed(digits) };
}

/** As it stands in the code: for logs, reports and the command line. */
export function english(told: ToldValue): string {
  return render(told, null);
}

/** @param catalogue null: English */
export function render(told: ToldValue, catalogue: Catalogue | null): string {
  if (typeof told === 'string') return catalogue?.get(told) ?? told;
  if (typeof told === 'number') return numberText(String(told), catalogue);
  if ('figure' in told) return numberText(told.figure, catalogue);
  const template = catalogue?.get(told.template) ?? told.template;
  return template.replaceAll(/\{(\d+)\}/g, (place, number) => {
    const value = told.values[Number(number)];
    return value === undefined ? place : render(value, catalogue);
  });
}

/** A comma divides decimals in German, and in most languages. */
function numberText(text: string, catalogue: Catalogue | null): string {
  return catalogue === null ? text : text.replace('.', ',');
}

/** A copy with all that is told in it as English text, however deep: for logs and for what is written to a file or a terminal. */
export function inEnglish(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isSentence(value)) return english(value);
  if (Array.isArray(value)) return value.map(inEnglish);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inEnglish(part)]));
}

export function isSentence(value: object): value is Sentence {
  return 'template' in value && typeof value.template === 'string' && 'values' in value && Array.isArray(value.values);
}
