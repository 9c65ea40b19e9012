// The words of the questions about SSH host keys in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Vertraust du dem SSH-Schlüssel von {{address}}?',
  lead: 'Athena sieht den Schlüssel dieses Hosts zum ersten Mal. Vergleiche ihn mit dem auf dem Host (ssh-keygen -lf auf seinen öffentlichen Schlüssel). Bis dahin kann Athena dort keine Apps pausieren.',
  keyType: 'Art',
  fingerprint: 'Fingerabdruck',
  trust: 'Schlüssel vertrauen',
  refuse: 'Ablehnen',
  bar: '{{host}} zeigt einen SSH-Schlüssel, für den noch niemand bürgt',
  barLead: 'Der Stream läuft weiter, aber die App lässt sich erst pausieren, wenn du nachgesehen hast.',
  look: 'Schlüssel ansehen',
};
