// All words of the window in both languages, by the part of the window they belong to.
import { german as uiGerman } from '../ui/texts.de';
import { english as uiEnglish } from '../ui/texts.en';
import type { Translated } from './translated';

export const english = {
  ui: uiEnglish,
} as const;

export const german: Translated<typeof english> = {
  ui: uiGerman,
};
