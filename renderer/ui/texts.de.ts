// The shared words of the window in German.
import type { Translated } from '../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  on: 'An',
  off: 'Aus',
  dismiss: 'Schließen',
  viewButton: 'View',

  failure: {
    title: 'Das Fenster konnte nicht gezeichnet werden',
    lead: 'Deine Sitzungen laufen weiter. Zeichne das Fenster neu; scheitert es noch einmal, steht der Grund im Protokoll von Athena.',
    again: 'Neu zeichnen',
  },

  number: {
    less: 'Weniger: {{label}}',
    more: 'Mehr: {{label}}',
    range: '{{min}} bis {{max}} {{unit}}',
    'no-number': 'Nicht übernommen: bitte nur Ziffern, {{range}}.',
    'no-whole-number': 'Nicht übernommen: hier ohne Nachkommastellen, {{range}}.',
    'out-of-range': 'Nicht übernommen: {{label}} geht von {{range}}.',
  },

  ago: {
    now: 'gerade eben',
    minutes: 'vor {{minutes}} min',
    hours: 'vor {{hours}} h',
    yesterday: 'gestern',
    days: 'vor {{days}} Tagen',
  },
  mode: '{{width}} × {{height}} mit {{fps}} fps',
  aSecond: '{{figure}} pro Sekunde',

  webLogIn: {
    username: 'Benutzername der Webseite',
    password: 'Passwort der Webseite',
    note: 'Wird nur einmal hierfür benutzt, über die verschlüsselte Seite des Hosts, und nicht gespeichert.',
    noName: 'Gib den Benutzernamen für die Webseite des Hosts ein.',
  },

  entry: {
    missing: '{{client}} fehlt',
    runningNow: 'Läuft auf {{host}}',
    open: 'Läuft gerade',
    andPaused: ', pausiert',
  },

  imports: { remmina: 'Remmina', rdp: 'Remotedesktop-Dateien (.rdp)', moonlight: 'Dein eigenes Moonlight' },

  reach: { online: 'Online', offline: 'Offline', unknown: 'Noch nicht geprüft' },

  host: {
    unknown: 'Noch nicht geprüft',
    asleep: 'Schläft oder ist aus',
    booting: 'Startet',
    online: 'Online',
    busy: 'App läuft',
    paused: 'App pausiert',
    'address-in-doubt': 'Adresse unklar',
    'certificate-changed': 'Zertifikat geändert',
  },

  vantage: { self: 'Dieser Rechner', gateway: 'Router' },

  figures: { typical: 'Typisch (p50)', slow: 'Langsam (p95)', slowest: 'Langsamste (p99)', jitter: 'Jitter', lost: 'Verloren' },

  graph: { echo: 'Echo', port: 'Dienstport', jitter: 'Jitter', lost: 'Verloren', limit: 'Grenze {{ms}} ms', now: 'jetzt' },

  marks: {
    launched: 'gestartet',
    streaming: 'Stream läuft',
    'stream-poor': 'schlecht',
    interrupted: 'verloren',
    paused: 'pausiert',
    'pause-failed': 'nicht pausiert',
    'gate-open': 'Netz ok',
    reconnected: 'wieder da',
    resumed: 'läuft weiter',
    'resume-failed': 'nicht fortgesetzt',
    ended: 'beendet',
  },

  board: {
    time: 'Zeit',
    earlier: 'Früher',
    later: 'Später',
    zoomOut: 'Verkleinern',
    zoomIn: 'Vergrößern',
    reset: 'Zoom zurücksetzen',
    keys: 'Nach der Eingabetaste führen die Pfeiltasten durch die Zeit, bis Escape gedrückt wird. Plus und Minus zoomen, 0 zeigt wieder alles.',
    entered: 'Pfeile bewegen und zoomen, Zurück beendet',
    lostOne: 'verloren',
    lost: '{{percent}} % verloren',
    noAnswer: 'keine Antwort',
  },

  session: {
    connecting: 'Verbindet',
    connectingPaused: 'Verbindet, App pausiert',
    streaming: 'Stream läuft',
    poor: 'Stream läuft schlecht',
    streamingPaused: 'Stream läuft, App pausiert',
    back: 'Stream ist zurück',
    backPaused: 'Stream zurück, App pausiert',
    pauseFailed: 'Stream läuft, Pausieren misslungen',
    resumeFailed: 'Stream läuft, Fortsetzen misslungen',
    stalled: 'Der Stream steht still',
    stalledPaused: 'Pausiert, der Stream steht still',
    reconnecting: 'Verbindet neu',
    reconnectingPaused: 'Pausiert, verbindet neu',
    stopping: 'Wird beendet',
    endedPaused: 'Beendet, App noch pausiert',
    ended: { stopped: 'Beendet', closed: 'Im Client geschlossen', host: 'Vom Host beendet' },
  },

  question: {
    passwordMissing: 'Passwort nötig',
    passwordRefused: 'Passwort abgelehnt',
    'trust-certificate': 'Vertraust du diesem Host?',
    'certificate-changed': 'Zertifikat geändert',
    'host-name-unknown': 'Hostname nicht gefunden',
    noStart: 'Der Client konnte nicht starten',
    gaveUp: 'Der Client hat aufgegeben',
    'not-paired': 'Dieser Host ist nicht gekoppelt',
    'crash-loop': 'Stürzt immer wieder ab',
    'other-app': 'Dort läuft eine andere App',
  },

  link: {
    stalled: '{{end}}. Vielleicht fängt er sich gleich von selbst.',
    gating: '{{end}}. Athena wartet, bis das Netz taugt.',
    stopping: 'Der Client wird geschlossen.',
    starting: 'der Client startet',
  },

  app: {
    unmanaged: 'Die App läuft weiter',
    running: 'App läuft',
    pausing: 'App wird pausiert',
    paused: 'App pausiert',
    resuming: 'App wird fortgesetzt',
    pauseFailed: 'Pausieren misslungen',
    resumeFailed: 'Fortsetzen misslungen',
    ended: 'App beendet',
    endedDetail: 'Beendet statt pausiert, wie es dieser Eintrag verlangt',
    asked: 'App um Pause gebeten',
    askedDetail: 'Ob sie pausiert, verrät auf dem Host nichts',
    verified: 'auf dem Host geprüft',
    verifiedByYou: 'von dir pausiert, auf dem Host geprüft',
    aboutToRun: 'läuft gleich weiter',
    processes_one: '1 Prozess, {{detail}}',
    processes_other: '{{count}} Prozesse, {{detail}}',
    machine: 'Die ganze virtuelle Maschine, {{detail}}',
  },
};
