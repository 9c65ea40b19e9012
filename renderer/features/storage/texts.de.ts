// The words of the bar about files that can’t be written, in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Athena kann gerade nichts speichern',
  lead: '{{reason}} Streams laufen wie immer weiter, aber nach einem Absturz von Athena wüsste niemand mehr von ihnen. Das gibt sich, sobald diese Datei geschrieben werden kann:',
};
