// The words of the window around its pages in German.
import type { Translated } from './language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  sidebar: 'Athena',
  home: 'Start',
  library: 'Bibliothek',
  power: 'Ein und Aus',
  practice: 'Probelauf',
  network: 'Netzwerk',
  incidents: 'Störungen',
  fresh: '{{incidents}} neu',
  sessions: 'Sitzungen',
  hosts: 'Hosts',
  addHost: 'Neuer Host',
  settings: 'Einstellungen',
  couch: 'Couch-Modus',
  couchKeys: 'F11, oder beide Sticks eines Gamepads drücken',
  found: '{{hosts}} gefunden',
  notPaired: 'Nicht gekoppelt',
  running: ', läuft',
  paused: ', pausiert',

  hints: { select: 'Wählen', back: 'Zurück', options: 'Optionen', favourite: 'Favorit', search: 'Suchen' },

  noStart: {
    title: 'Athenas Kern antwortet nicht',
    lead: 'Das Fenster ist da, aber der Teil, der deine Sitzungen hält, meldet sich nicht. Versuch es noch einmal; bleibt es so, starte Athena neu.',
    again: 'Noch einmal',
  },
};
