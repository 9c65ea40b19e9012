// A command as one types it, and as the list of its arguments: blanks part them, double quotes keep them together.

/** Null: a quote is not closed. A backslash keeps its next sign as it is within quotes, and is itself elsewhere (Windows paths). */
export function argumentsOf(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quoted && sign === '\\' && (next === '"' || next === '\\')) {
      word = (word ?? '') + next;
      at++;
    } else if (sign === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && /\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + sign;
  }
  if (word !== null) words.push(word);
  return quoted ? null : words;
}

/** What `argumentsOf` reads back as the same list. */
export function typedCommand(words: readonly string[]): string {
  return words.map((word) => (word === '' || /[\s"]/.test(word) ? `"${word.replace(/[\\"]/g, '\\$&')}"` : word)).join(' ');
}
