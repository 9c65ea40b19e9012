// Everything that is drawn: each page in each state.
import { firstRunShots } from './first-run-shots';
import { hostShots } from './host-shots';
import { libraryShots } from './library-shots';
import { profileShots } from './profile-shots';
import { sessionShots } from './session-shots';
import { settingsShots } from './settings-shots';
import { openItem, type Shot } from './shot';
import { whyShots } from './why-shots';

/** On the desk and on the couch. */
export const everywhereShots: readonly Shot[] = [
  ...libraryShots,
  ...firstRunShots,
  ...sessionShots,
  ...whyShots,
  ...hostShots,
  { name: 'host', scene: 'full', prepare: openItem('Attic PC') },
  { name: 'host-question', scene: 'questions', prepare: openItem('Attic PC') },
  ...profileShots,
  ...settingsShots,
  { name: 'practice', scene: 'full', prepare: openItem('Practice') },
  { name: 'practice-running', scene: 'practice-running', prepare: openItem('Practice') },
  { name: 'practice-finished', scene: 'practice-finished', prepare: openItem('Practice') },
];

/** Drawn in every theme and at twice the size, too: between them, they have every kind of control and colour. */
export const lookedAtTwice: readonly string[] = [
  'library', 'library-menu', 'library-removed', 'first-run', 'import', 'form-errors', 'pause-form', 'session-streaming-running', 'session-poor', 'session-gating-paused', 'session-streaming-counting',
  'session-asking-qchanged', 'network', 'incident', 'gamestream-explained', 'profile', 'settings', 'practice-finished', 'couch-home-full', 'couch-entry-full', 'couch-power',
];
