// The language of the window: which one is spoken, how to change it, and the words of a part of the window.
import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../electron/common/language';
import { english, german } from './resources';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'window';
    resources: typeof english;
  }
}

// All words come with the window, so this is done before the next line: whoever imports this file can speak.
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  supportedLngs: ['en', 'de'],
  defaultNS: 'window',
  resources: { en: english, de: german },
  initAsync: false,
  returnNull: false,
  // React escapes what it draws, and canvases draw text as it is.
  interpolation: { escapeValue: false },
  // The window is drawn anew in another language (App.tsx): no part of it has to listen by itself.
  react: { useSuspense: false, bindI18n: '' },
});

export function currentLanguage(): Language {
  return i18next.language === 'de' ? 'de' : 'en';
}

/** Done when it returns: nothing has to be loaded. */
export function speak(language: Language): void {
  if (language !== currentLanguage()) void i18next.changeLanguage(language);
}

function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

/**
 * For words outside of components, or where a hook on each of a hundred tiles is too much: asked when they are needed, in the
 * language of then. Those without places are kept, since i18next takes ten microseconds to find one.
 */
export function wordsOf<Namespace extends keyof typeof english>(namespace: Namespace): TFunction<Namespace> {
  const look: (key: string, options?: object) => string = i18next.getFixedT(null, namespace) as never;
  const kept: Readonly<Record<Language, Map<string, string>>> = { en: new Map(), de: new Map() };
  const words = (key: string, options?: object): string => {
    if (options !== undefined) return look(key, options);
    const known = kept[currentLanguage()];
    const text = known.get(key) ?? look(key);
    known.set(key, text);
    return text;
  };
  return words as never;
}
