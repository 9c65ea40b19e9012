// The words of the practice page in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Ohne Host ausprobieren',
  lead: 'Athena startet einen kleinen GameStream-Host auf diesem Rechner, findet ihn, koppelt sich, streamt sein Spiel, schießt den Client absichtlich ab und holt alles zurück. Echte Prozesse, echtes Koppeln, echtes SSH, gemessen, während es passiert. Nichts davon bleibt zurück.',
  start: 'Probelauf starten',
  again: 'Noch einmal',
  stop: 'Abbrechen',
  steps: 'Schritte',
  detect: 'Abbruch bemerkt',
  pause: 'App pausiert, geprüft',
  reconnect: 'Stream zurück',
  resume: 'App läuft wieder',
  done: 'Alles ist wieder da',
  failed: 'Der Probelauf kam nicht ans Ende',

  stepNames: {
    'host-ready': 'Übungs-Host bereit',
    discovered: 'Gefunden',
    paired: 'Gekoppelt',
    listed: 'Apps gelesen',
    launched: 'Moonlight gestartet',
    streaming: 'Stream läuft',
    cut: 'Absichtlich getrennt',
    lost: 'Abbruch bemerkt',
    paused: 'App pausiert und geprüft',
    'gate-open': 'Netz ist gut',
    reconnected: 'Stream ist zurück',
    resumed: 'App läuft weiter',
    ended: 'Beendet',
  },
};
