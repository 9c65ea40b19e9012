// Every sentence that the main process tells a person, read from the sources: the texts that are tagged with `tell`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');

/** English templates as `tell` makes them, each with the places in the sources that say it. */
export function toldInSources(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const directory of ['electron', 'renderer']) {
    for (const name of readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name)) continue;
      const file = join(directory, name);
      for (const { template, line } of toldIn(file, readFileSync(join(root, file), 'utf8'))) {
        found.set(template, [...(found.get(template) ?? []), `${file}:${line}`]);
      }
    }
  }
  return found;
}

export function toldIn(file: string, text: string): { readonly template: string; readonly line: number }[] {
  const found: { template: string; line: number }[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'tell') {
      found.push({ template: templateOf(node.template), line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // What holds no word is the same in every language: " ({0})".
  return found.filter(({ template }) => /[A-Za-z]{2}/.test(template.replaceAll(/\{\d+\}/g, '')));
}

function templateOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce((whole, { literal }, place) => `${whole}{${place}}${literal.text}`, template.head.text);
}
