// The languages that Athena speaks, and which of them follows from a wish and from what the desktop prefers.

export type Language = 'en' | 'de';

/** What a person can choose. `system`: the first of the desktop's own that there is. */
export type LanguageWish = 'system' | Language;

/** @param preferred of the desktop, best first, as in `navigator.languages` */
export function languageFor(wish: LanguageWish, preferred: readonly string[]): Language {
  if (wish !== 'system') return wish;
  const spoken = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'de' || tag === 'en');
  return spoken === 'de' ? 'de' : 'en';
}
