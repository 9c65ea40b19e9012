// The words on the keys of the on-screen keyboard in German.
import type { Translated } from '../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  label: 'Bildschirmtastatur',
  shift: 'Umschalt',
  back: 'Löschen',
  space: 'Leertaste',
  done: 'Fertig',
};
