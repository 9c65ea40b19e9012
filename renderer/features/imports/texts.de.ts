// The words of the import page in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Importieren',
  lead: 'Desktops und Hosts, die andere Programme auf diesem Rechner kennen. Passwörter bleiben, wo sie sind: Athena fragt bei der ersten Verbindung danach.',
  looking: 'Sucht nach Verbindungen von Remmina, .rdp-Dateien und Moonlight.',
  nothing: 'Nichts gefunden: weder Dateien von Remmina noch .rdp-Dateien in deinem Home-Ordner, unter Dokumente, auf dem Desktop oder in Downloads, noch Hosts von Moonlight. Dateien von anderswo kannst du auswählen.',
  add: '{{count}} importieren',
  addNothing: 'Nichts zu importieren',
  nothingToAdd: 'Wähle zuerst etwas Neues',
  chooseFiles: 'Dateien wählen',
  all: 'Alle wählen',
  none: 'Keine wählen',
  found_one: '1 gefunden',
  found_other: '{{count}} gefunden',
  known: 'In der Bibliothek',
  knownAs: 'In der Bibliothek als {{name}}',
  unusable: 'Nicht brauchbar',
  place: '{{address}}, Port {{port}}',
  user: 'als {{name}}',
};
