// The words of the bars about sessions that were left behind, in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: '{{name}} lief von {{host}}, als Athena endete',
  lead: 'Der Stream lief seit {{since}}. Konnte der Host pausieren, steht alles noch so, wie du es verlassen hast.',
  comeBack: 'Zurückkehren',
  forget: 'Vergessen',
};
