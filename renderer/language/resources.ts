// All words of the window in both languages, by the part of the window they belong to.
import { german as entryFormGerman } from '../features/entry-form/texts.de';
import { english as entryFormEnglish } from '../features/entry-form/texts.en';
import { german as entryGerman } from '../features/entry/texts.de';
import { english as entryEnglish } from '../features/entry/texts.en';
import { german as firstRunGerman } from '../features/first-run/texts.de';
import { english as firstRunEnglish } from '../features/first-run/texts.en';
import { german as homeGerman } from '../features/home/texts.de';
import { english as homeEnglish } from '../features/home/texts.en';
import { german as hostGerman } from '../features/host/texts.de';
import { english as hostEnglish } from '../features/host/texts.en';
import { german as hostsGerman } from '../features/hosts/texts.de';
import { english as hostsEnglish } from '../features/hosts/texts.en';
import { german as importsGerman } from '../features/imports/texts.de';
import { english as importsEnglish } from '../features/imports/texts.en';
import { german as incidentsGerman } from '../features/incidents/texts.de';
import { english as incidentsEnglish } from '../features/incidents/texts.en';
import { german as latencyGerman } from '../features/latency/texts.de';
import { english as latencyEnglish } from '../features/latency/texts.en';
import { german as leftSessionsGerman } from '../features/left-sessions/texts.de';
import { english as leftSessionsEnglish } from '../features/left-sessions/texts.en';
import { german as libraryGerman } from '../features/library/texts.de';
import { english as libraryEnglish } from '../features/library/texts.en';
import { german as powerGerman } from '../features/power/texts.de';
import { english as powerEnglish } from '../features/power/texts.en';
import { german as practiceGerman } from '../features/practice/texts.de';
import { english as practiceEnglish } from '../features/practice/texts.en';
import { german as profileGerman } from '../features/profile/texts.de';
import { english as profileEnglish } from '../features/profile/texts.en';
import { german as questionsGerman } from '../features/questions/texts.de';
import { english as questionsEnglish } from '../features/questions/texts.en';
import { german as sessionGerman } from '../features/session/texts.de';
import { english as sessionEnglish } from '../features/session/texts.en';
import { german as settingsGerman } from '../features/settings/texts.de';
import { english as settingsEnglish } from '../features/settings/texts.en';
import { german as storageGerman } from '../features/storage/texts.de';
import { english as storageEnglish } from '../features/storage/texts.en';
import { german as keyboardGerman } from '../on-screen-keyboard/texts.de';
import { english as keyboardEnglish } from '../on-screen-keyboard/texts.en';
import { german as storesGerman } from '../stores/texts.de';
import { english as storesEnglish } from '../stores/texts.en';
import { german as windowGerman } from '../texts.de';
import { english as windowEnglish } from '../texts.en';
import { german as uiGerman } from '../ui/texts.de';
import { english as uiEnglish } from '../ui/texts.en';
import type { Translated } from './translated';

export const english = {
  entry: entryEnglish,
  entryForm: entryFormEnglish,
  firstRun: firstRunEnglish,
  home: homeEnglish,
  host: hostEnglish,
  hosts: hostsEnglish,
  imports: importsEnglish,
  incidents: incidentsEnglish,
  keyboard: keyboardEnglish,
  latency: latencyEnglish,
  leftSessions: leftSessionsEnglish,
  library: libraryEnglish,
  power: powerEnglish,
  practice: practiceEnglish,
  profile: profileEnglish,
  questions: questionsEnglish,
  session: sessionEnglish,
  settings: settingsEnglish,
  storage: storageEnglish,
  stores: storesEnglish,
  ui: uiEnglish,
  window: windowEnglish,
} as const;

export const german: Translated<typeof english> = {
  entry: entryGerman,
  entryForm: entryFormGerman,
  firstRun: firstRunGerman,
  home: homeGerman,
  host: hostGerman,
  hosts: hostsGerman,
  imports: importsGerman,
  incidents: incidentsGerman,
  keyboard: keyboardGerman,
  latency: latencyGerman,
  leftSessions: leftSessionsGerman,
  library: libraryGerman,
  power: powerGerman,
  practice: practiceGerman,
  profile: profileGerman,
  questions: questionsGerman,
  session: sessionGerman,
  settings: settingsGerman,
  storage: storageGerman,
  stores: storesGerman,
  ui: uiGerman,
  window: windowGerman,
};
