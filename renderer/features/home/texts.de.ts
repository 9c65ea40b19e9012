// The words of Home in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Start',
  continueRow: 'Weitermachen',
  favourites: 'Favoriten',
  recent: 'Zuletzt genutzt',
  others: 'In der Bibliothek',
  hosts: 'Hosts',
  left: 'Stehen geblieben',
  addHost: 'Neuer Host',
  found_one: '1 in der Nähe gefunden',
  found_other: '{{count}} in der Nähe gefunden',
  noneFound: 'Suchen oder eintippen',
  notPaired: 'Noch nicht gekoppelt',
  pausedThere: '{{app}}, pausiert',
  runningThere: '{{app}}, läuft',
  someApp: 'Eine App',
};
