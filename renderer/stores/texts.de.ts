// The words of the short news at the edge of the window in German.
import type { Translated } from '../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  undo: 'Rückgängig',
  mistake: 'Das ging nicht, weil in Athena etwas nicht stimmt.',
  mistakeAdvice: 'Versuch es noch einmal; bleibt es so, starte Athena neu und sieh in sein Protokoll.',
  someHost: 'Der Host',
  isPaired: '{{name}} ist gekoppelt',
  pairedAdvice: 'Seine Apps sind jetzt in der Bibliothek.',
  lookAtHost: 'Ansehen',
  imported_one: '1 Verbindung hinzugefügt',
  imported_other: '{{count}} Verbindungen hinzugefügt',
  stillToPair: 'Hosts von Moonlight sind noch zu koppeln.',
  passwordsLater: 'Nach Passwörtern wird bei der ersten Verbindung gefragt.',
  incidentSaved: 'Die Störung ist gespeichert',
  removed: '{{name}} wurde entfernt',
  removedAdvice: 'Bis Athena geschlossen wird, kannst du es zurückholen.',
  hidden: '{{name}} ist ausgeblendet',
  hiddenAdvice: 'Die Bibliothek zeigt es mit „Ausgeblendete zeigen“ wieder.',
};
