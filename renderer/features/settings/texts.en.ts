// The words of the settings page: each setting with a sentence on what it does, and what else people may search it by.

export const english = {
  title: 'Settings',
  search: 'Search settings',
  nothingFound: 'No setting is called that.',
  showAll: 'Show all settings',
  on: 'on',
  off: 'off',
  reset: 'Back to default: {{value}}',
  wasReset: '{{label}} is back at its default',
  undo: 'Undo',
  noTray: 'This desktop shows no tray icon now, so closing the window ends Athena whatever is set here.',
  noShortcut: 'This desktop does not hand these keys to Athena: another program holds them, or it hands them to nobody, as Wayland does. Other keys may do.',
  soundsOff: 'Sounds are off.',
  file: 'Where this is kept',
  fileLead: 'Only what differs from the defaults is in this file. You may edit it, comments included; Athena reads it when it starts.',
  copyPath: 'Copy path',
  copied: 'The path is in the clipboard',
  notCopied: 'The path could not be copied',
  notCopiedAdvice: 'The clipboard takes text only after a key or a click.',
  trouble: 'Not everything in the settings file can be used',
  keptAs: 'A copy of it lies at ',

  groups: { look: 'Look', sound: 'Sound', gamepad: 'Gamepad', window: 'Window', streaming: 'Streaming' },

  /** `alsoCalled`: other words for it, which nobody reads. */
  settings: {
    theme: {
      label: 'Theme',
      does: 'The colours of this window. High contrast is black and white with lines around everything.',
      alsoCalled: 'dark light mode appearance accessibility',
    },
    zoomPercent: {
      label: 'Size of everything',
      does: 'Makes text and controls smaller or larger, on the desk and on the couch.',
      alsoCalled: 'zoom scale font text large',
    },
    motion: {
      label: 'Motion',
      does: 'Reduced: nothing glides or grows, and graphs move on once a second. As the desktop: what your system asks for.',
      alsoCalled: 'animation animations reduced accessibility',
    },
    language: {
      label: 'Language',
      does: 'Of this window, at once. As the desktop: the first language of your system that Athena speaks, else English.',
      alsoCalled: 'sprache deutsch german english translation locale',
    },
    sounds: {
      label: 'Sounds',
      does: 'A small sound for a move, a press, a way back and a failure. The pointer is silent.',
      alsoCalled: 'audio beep mute',
    },
    soundVolumePercent: {
      label: 'Volume of the sounds',
      does: 'How loud Athena’s own sounds are. Streams keep their volume.',
      alsoCalled: 'audio loud quiet',
    },
    repeatDelayMs: {
      label: 'Wait before repeating',
      does: 'How long a direction of a gamepad is held before the focus runs on. Held keys repeat as your desktop says.',
      alsoCalled: 'repeat delay held direction stick d-pad',
    },
    repeatEveryMs: {
      label: 'Time between repeats',
      does: 'How long each step of a held direction takes. Less is faster.',
      alsoCalled: 'repeat rate speed held direction stick d-pad',
    },
    swapSelect: {
      label: 'Swap A and B',
      does: 'Lets the right button select and the lower one go back. Automatic: on Nintendo’s gamepads, where A is on the right.',
      alsoCalled: 'nintendo switch confirm cancel buttons controller joy-con',
    },
    startInCouch: {
      label: 'Start in couch mode',
      does: 'Fills the screen from the start. F11, or both sticks of a gamepad pressed in, leave it.',
      alsoCalled: 'full screen fullscreen tv television big picture',
    },
    closeToTray: {
      label: 'Close to the tray',
      does: 'Closing the window leaves Athena and its streams running in the tray. Off: closing ends both.',
      alsoCalled: 'quit background icon',
    },
    keepDisplayAwake: {
      label: 'Keep the display awake',
      does: 'Holds off screen saver and display sleep while something streams: desktops don’t count a gamepad as somebody being there.',
      alsoCalled: 'screensaver blank power saving idle',
    },
    reconnectShortcut: {
      label: 'Reconnect from anywhere',
      does: 'These keys bring back the stream that broke, show the one that runs, or begin the last one anew, whatever program is in front.',
      alsoCalled: 'global shortcut hotkey keyboard keys',
    },
  },

  choices: {
    theme: { dark: 'Dark', light: 'Light', 'high-contrast': 'High contrast' },
    motion: { system: 'As the desktop', reduced: 'Reduced', full: 'Full' },
    language: { system: 'As the desktop', en: 'English', de: 'Deutsch' },
    swapSelect: { nintendo: 'Automatic', always: 'Always', never: 'Never' },
    reconnectShortcut: {
      'Control+Alt+Shift+R': 'Ctrl + Alt + Shift + R',
      'Control+Alt+Shift+A': 'Ctrl + Alt + Shift + A',
      'Control+Alt+Home': 'Ctrl + Alt + Home',
      off: 'Off',
    },
  },
} as const;
