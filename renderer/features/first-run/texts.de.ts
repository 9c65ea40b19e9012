// The words of the first run in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Willkommen bei Athena',
  lead: 'Athena startet einen Stream, wacht über ihn und holt ihn zurück, wenn er abbricht.',

  hosts: 'Hosts in deinem Netz',
  looking: 'Sucht nach Hosts, die sich melden. Einen, der schläft oder in einem anderen Netz steht, fügst du über seine Adresse hinzu.',
  pair: 'Koppeln',
  stillToPair: 'Noch zu koppeln',
  more: 'und {{count}} weitere',
  addHost: 'Streaming-Host hinzufügen',

  others: 'Aus anderen Programmen',
  lookingThere: 'Sucht nach Verbindungen von Remmina, .rdp-Dateien und Moonlight.',
  nothingThere: 'Weder Remmina noch .rdp-Dateien noch Hosts von Moonlight waren hier zu finden. Dateien von anderswo kannst du auswählen.',
  fresh: '{{count}} neu',
  known: '{{count}} in der Bibliothek',
  unusable: '{{count}} nicht brauchbar',
  choose: 'Auswählen',
  importAll_one: 'Importieren',
  importAll_other: 'Alle {{count}} importieren',
  chooseFiles: 'Dateien wählen',

  clients: 'Programme, die Streams zeigen',
  clientsLooking: 'Sucht nach ihnen.',
  forProtocol: { gamestream: 'Spiele und Apps', rdp: 'Desktops über RDP', vnc: 'Desktops über VNC' },
  missing: '{{client}} fehlt',

  otherwise: 'Oder anders',
  otherwiseLead: 'Sieh dir an, wie ein verlorener Stream zurückkommt, mit einem Host auf diesem Rechner; oder gib die Adresse eines Desktops ein.',
  practice: 'Ohne Host ausprobieren',
  addEntry: 'Eintrag hinzufügen',
};
