// The words of the power page in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Ein und Aus',
  hosts: 'Hosts',
  noHosts: 'Noch ist kein Streaming-Host bekannt. Nur solche lassen sich wecken.',
  wake: 'Wecken',
  wakeAwake: 'Er ist wach.',
  wakeNoMac: 'Seine Hardware-Adresse ist nicht bekannt. Athena liest sie, sobald der Host gekoppelt und online ist.',
  athena: 'Athena',
  leave: 'Couch-Modus verlassen',
  enter: 'Couch-Modus',
  quit: 'Athena beenden',
  quitTitle: 'Athena beenden?',
  quitLead_zero: 'Gerade läuft kein Stream.',
  quitLead_one: 'Der laufende Stream endet mit.',
  quitLead_other: 'Die {{count}} laufenden Streams enden mit.',
  quitWatch: 'Bis zum nächsten Start wird nichts gemessen und nichts zurückgeholt.',
  keep: 'Bleiben',
  quitYes: 'Ja, Athena beenden',
};
