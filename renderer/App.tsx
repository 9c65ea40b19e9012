// The window: sidebar, the page the route names, bars, toasts, hints, and the voice for screen readers.
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assertNever } from '../electron/common/result';
import type { LibraryView } from '../electron/common/library';
import { CouchClock } from './CouchClock';
import { EntryPage } from './features/entry/EntryPage';
import { EntryFormPage } from './features/entry-form/EntryFormPage';
import { PauseFormPage } from './features/entry-form/PauseFormPage';
import { FirstRun } from './features/first-run/FirstRun';
import { HomePage } from './features/home/HomePage';
import type { OpenMenu } from './features/home/menu-place';
import { HostPage } from './features/host/HostPage';
import { QuitQuestion } from './features/host/QuitQuestion';
import { AddHostPage } from './features/hosts/AddHostPage';
import { PairingPanel } from './features/hosts/PairingPanel';
import { ImportPage } from './features/imports/ImportPage';
import { IncidentPage } from './features/incidents/IncidentPage';
import { IncidentsPage } from './features/incidents/IncidentsPage';
import { NetworkPage } from './features/latency/NetworkPage';
import { LeftSessionBars } from './features/left-sessions/LeftSessionBars';
import { EntryMenu } from './features/library/EntryMenu';
import { LibraryPage } from './features/library/LibraryPage';
import { PowerPage } from './features/power/PowerPage';
import { PracticePage } from './features/practice/PracticePage';
import { ProfilePage } from './features/profile/ProfilePage';
import { HostKeyBars, HostKeyPanel } from './features/questions/HostKeyQuestions';
import { QuitApp } from './features/session/QuitApp';
import { SessionPage } from './features/session/SessionPage';
import { SettingsPage } from './features/settings/SettingsPage';
import { StorageBar } from './features/storage/StorageBar';
import { InterfaceSounds } from './InterfaceSounds';
import { useLanguage, wordsOf } from './language/language';
import { FocusGroup } from './navigation/FocusGroup';
import { useCommand, useNavigation } from './navigation/navigation-context';
import { OnScreenKeyboard } from './on-screen-keyboard/OnScreenKeyboard';
import { SessionVoice } from './SessionVoice';
import { Sidebar } from './Sidebar';
import { useAppState } from './stores/app-state';
import { setCouch, useCouch } from './stores/couch';
import { hostById, useLibrary } from './stores/library';
import { goBack, openRoute, routeKey, useRoute, type Route } from './stores/route';
import { sessionOfEntry, useSessions } from './stores/sessions';
import { useToasts } from './stores/toasts';
import { Button } from './ui/Button';
import { HintBar, type Hint } from './ui/HintBar';
import { OwlMark } from './ui/OwlMark';
import { ToastList } from './ui/ToastList';

const words = wordsOf('window');

function hintsFor({ page }: Route): readonly Hint[] {
  const select: Hint = { words: words('hints.select'), key: 'Enter', pad: 'S' };
  const back: Hint = { words: words('hints.back'), key: 'Esc', pad: 'E' };
  const search: Hint = { words: words('hints.search'), key: '/', pad: 'View' };
  if (page === 'settings') return [select, back, search];
  if (page !== 'library' && page !== 'home') return [select, back];
  return [select, back, { words: words('hints.options'), key: 'O', pad: 'W' }, { words: words('hints.favourite'), key: 'F', pad: 'N' }, search];
}

/** Another language is another window: whatever was drawn or remembered with words in it goes, and the page gives the focus back to where it was. */
export function App(): ReactNode {
  return <Shown key={useLanguage()} />;
}

function Shown(): ReactNode {
  const view = useLibrary((state) => state.view);
  const start = useAppState((state) => state.start);
  if (start.kind === 'failed') return <StartFailed />;
  if (view === null) return <Waiting />;
  return <Window view={view} version={start.kind === 'ready' ? start.version : ''} />;
}

function Window({ view, version }: { readonly view: LibraryView; readonly version: string }): ReactNode {
  const route = useRoute((state) => state.route);
  const toasts = useToasts((state) => state.toasts);
  const dismiss = useToasts((state) => state.dismiss);
  const { engine } = useNavigation();
  const isCouch = useCouch((state) => state.isCouch);
  useCommand('back', goBack, 'fallback');
  useCommand(
    'couch',
    () => {
      void setCouch(!isCouch);
      return true;
    },
    'fallback',
  );
  useCommand(
    'settings',
    () => {
      openRoute({ page: 'settings' });
      return true;
    },
    'fallback',
  );
  // Anywhere but in the library, "search" goes there first.
  useCommand(
    'search',
    () => {
      openRoute({ page: 'library' });
      setTimeout(() => engine.focus('library-search'), 60);
      return true;
    },
    'fallback',
  );
  return (
    <div className="window">
      <Sidebar view={view} version={version} />
      <FocusGroup className="window__main">
        <div className="window__bars">
          <StorageBar />
          {route.page !== 'home' && <LeftSessionBars />}
          <HostKeyBars except={route.page === 'host' ? route.hostId : null} />
        </div>
        <Page key={routeKey(route)} route={route} view={view} />
      </FocusGroup>
      <HintBar hints={hintsFor(route)} note="" />
      {isCouch && <CouchClock />}
      <ToastList toasts={toasts} onDismiss={dismiss} />
      <OnScreenKeyboard />
      <SessionVoice />
      <InterfaceSounds />
    </div>
  );
}

function Page({ route, view }: { readonly route: Route; readonly view: LibraryView }): ReactNode {
  switch (route.page) {
    case 'library':
      return <LibraryPage view={view} firstRun={firstRun} />;
    case 'home':
      return <HomePage view={view} menu={(open, onClose) => <HomeMenu open={open} onClose={onClose} />} firstRun={firstRun} />;
    case 'entry':
      return (
        <EntryPage
          entryId={route.entryId}
          view={view}
          quitSession={(sessionId) => <QuitApp sessionId={sessionId} />}
          quitQuestion={(host, onClose) => <QuitQuestion host={host} name={hostById(view, host.hostId)?.record.name ?? host.hostId} onClose={onClose} />}
        />
      );
    case 'power':
      return <PowerPage view={view} />;
    case 'session':
      return <SessionPage sessionId={route.sessionId} />;
    case 'host':
      return (
        <HostPage
          hostId={route.hostId}
          view={view}
          keyQuestion={<HostKeyPanel hostId={route.hostId} />}
          pairing={<PairingPanel hostId={route.hostId} />}
        />
      );
    case 'add-host':
      return <AddHostPage />;
    case 'import':
      return <ImportPage />;
    case 'entry-form':
      return <EntryFormPage entryId={route.entryId} view={view} />;
    case 'pause-form':
      return <PauseFormPage entryId={route.entryId} view={view} />;
    case 'profile':
      return <ProfilePage entryId={route.entryId} view={view} />;
    case 'network':
      return <NetworkPage />;
    case 'incidents':
      return <IncidentsPage />;
    case 'incident':
      return <IncidentPage incidentId={route.incidentId} />;
    case 'settings':
      return <SettingsPage />;
    case 'practice':
      return <PracticePage />;
    default:
      return assertNever(route);
  }
}

const firstRun = (focusKey: string): ReactNode => <FirstRun focusKey={focusKey} />;

/** The library's own menu, over Home. */
function HomeMenu({ open: { item, opener }, onClose }: { readonly open: OpenMenu; readonly onClose: () => void }): ReactNode {
  const session = useSessions(({ sessions }) => sessionOfEntry(sessions, item.entry.id));
  return <EntryMenu item={item} session={session} opener={opener} onClose={onClose} />;
}

function Waiting(): ReactNode {
  return (
    <main className="waiting" aria-busy>
      <OwlMark state="idle" size="5rem" />
    </main>
  );
}

function StartFailed(): ReactNode {
  const { t } = useTranslation('window');
  const { engine } = useNavigation();
  useEffect(() => engine.focus('start-again'), [engine]);
  return (
    <main className="failure">
      <OwlMark state="trouble" size="5rem" />
      <h1>{t('noStart.title')}</h1>
      <p className="quiet">{t('noStart.lead')}</p>
      <Button focusKey="start-again" label={t('noStart.again')} look="primary" onPress={() => window.location.reload()} />
    </main>
  );
}
