// The words of the settings page in German.
import type { Translated } from '../../language/translated';
import type { english } from './texts.en';

export const german: Translated<typeof english> = {
  title: 'Einstellungen',
  search: 'Einstellungen durchsuchen',
  nothingFound: 'So heißt keine Einstellung.',
  showAll: 'Alle Einstellungen zeigen',
  on: 'an',
  off: 'aus',
  reset: 'Zurück zum Standard: {{value}}',
  wasReset: '{{label}} steht wieder auf dem Standard',
  undo: 'Rückgängig',
  noTray: 'Dieser Desktop zeigt gerade kein Symbol in der Leiste: Wird das Fenster geschlossen, endet Athena, was immer hier steht.',
  noShortcut: 'Dieser Desktop überlässt Athena diese Tasten nicht: Ein anderes Programm hat sie, oder niemand bekommt sie, wie unter Wayland. Andere Tasten könnten gehen.',
  soundsOff: 'Töne sind aus.',
  file: 'Wo das gespeichert ist',
  fileLead: 'In dieser Datei steht nur, was vom Standard abweicht. Du darfst sie bearbeiten, auch mit Kommentaren; Athena liest sie beim Start.',
  copyPath: 'Pfad kopieren',
  copied: 'Der Pfad ist in der Zwischenablage',
  notCopied: 'Der Pfad ließ sich nicht kopieren',
  notCopiedAdvice: 'Die Zwischenablage nimmt Text nur nach einer Taste oder einem Klick an.',
  trouble: 'Nicht alles in der Einstellungsdatei ist brauchbar',
  keptAs: 'Eine Kopie liegt unter ',

  groups: { look: 'Aussehen', sound: 'Ton', gamepad: 'Gamepad', window: 'Fenster', streaming: 'Streaming' },

  settings: {
    theme: {
      label: 'Farben',
      does: 'Die Farben dieses Fensters. Hoher Kontrast ist Schwarz und Weiß, mit Linien um alles.',
      alsoCalled: 'theme thema design dunkel hell modus aussehen barrierefrei',
    },
    zoomPercent: {
      label: 'Größe von allem',
      does: 'Macht Text und Bedienelemente kleiner oder größer, am Schreibtisch wie auf der Couch.',
      alsoCalled: 'zoom skalierung schrift text groß',
    },
    motion: {
      label: 'Bewegung',
      does: 'Reduziert: Nichts gleitet oder wächst, und Graphen rücken einmal pro Sekunde weiter. Wie der Desktop: was dein System wünscht.',
      alsoCalled: 'animation animationen reduziert barrierefrei',
    },
    language: {
      label: 'Sprache',
      does: 'Die Sprache dieses Fensters, sofort. Wie der Desktop: die erste Sprache deines Systems, die Athena spricht, sonst Englisch.',
      alsoCalled: 'language englisch deutsch german english übersetzung',
    },
    sounds: {
      label: 'Töne',
      does: 'Ein kleiner Ton für Bewegen, Drücken, Zurück und Fehler. Der Mauszeiger bleibt still.',
      alsoCalled: 'audio klang piep stumm sound',
    },
    soundVolumePercent: {
      label: 'Lautstärke der Töne',
      does: 'Wie laut Athenas eigene Töne sind. Streams behalten ihre Lautstärke.',
      alsoCalled: 'audio laut leise sound',
    },
    repeatDelayMs: {
      label: 'Warten bis zur Wiederholung',
      does: 'Wie lange eine Richtung am Gamepad gehalten wird, bis der Fokus weiterläuft. Bei Tasten bestimmt das dein Desktop.',
      alsoCalled: 'verzögerung halten richtung stick steuerkreuz',
    },
    repeatEveryMs: {
      label: 'Zeit zwischen Wiederholungen',
      does: 'Wie lange jeder Schritt einer gehaltenen Richtung dauert. Weniger ist schneller.',
      alsoCalled: 'tempo geschwindigkeit halten richtung stick steuerkreuz',
    },
    swapSelect: {
      label: 'A und B tauschen',
      does: 'Die rechte Taste wählt, die untere geht zurück. Automatisch: bei Gamepads von Nintendo, wo A rechts liegt.',
      alsoCalled: 'nintendo switch bestätigen abbrechen tasten controller joy-con',
    },
    startInCouch: {
      label: 'Im Couch-Modus starten',
      does: 'Füllt von Anfang an den Bildschirm. F11, oder beide Sticks eines Gamepads gedrückt, führen hinaus.',
      alsoCalled: 'vollbild fernseher tv big picture',
    },
    closeToTray: {
      label: 'In die Leiste schließen',
      does: 'Wird das Fenster geschlossen, laufen Athena und seine Streams als Symbol in der Leiste weiter. Aus: Beides endet.',
      alsoCalled: 'tray beenden hintergrund symbol infobereich',
    },
    keepDisplayAwake: {
      label: 'Bildschirm wach halten',
      does: 'Hält Bildschirmschoner und Ruhezustand ab, solange etwas streamt: Ein Gamepad zählt für Desktops nicht als Anwesenheit.',
      alsoCalled: 'bildschirmschoner schwarz energiesparen leerlauf',
    },
    reconnectShortcut: {
      label: 'Von überall neu verbinden',
      does: 'Diese Tasten holen den abgebrochenen Stream zurück, zeigen den laufenden oder starten den letzten neu, egal welches Programm vorn ist.',
      alsoCalled: 'global tastenkürzel kurzbefehl hotkey tastatur tasten',
    },
  },

  choices: {
    theme: { dark: 'Dunkel', light: 'Hell', 'high-contrast': 'Hoher Kontrast' },
    motion: { system: 'Wie der Desktop', reduced: 'Reduziert', full: 'Voll' },
    language: { system: 'Wie der Desktop', en: 'English', de: 'Deutsch' },
    swapSelect: { nintendo: 'Automatisch', always: 'Immer', never: 'Nie' },
    reconnectShortcut: {
      'Control+Alt+Shift+R': 'Strg + Alt + Umschalt + R',
      'Control+Alt+Shift+A': 'Strg + Alt + Umschalt + A',
      'Control+Alt+Home': 'Strg + Alt + Pos1',
      off: 'Aus',
    },
  },
};
