// The window's left side: the library, what runs, and the hosts with their reach or state.
import { Activity, FlaskConical, House, LayoutGrid, LoaderCircle, Plus, Power, SearchCheck, Settings, Sofa, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../electron/common/gamestream';
import type { LibraryHost, LibraryView } from '../electron/common/library';
import { isPaused } from '../electron/common/paused-app';
import type { SessionView } from '../electron/common/session';
import { FocusGroup } from './navigation/FocusGroup';
import { useFocusTarget } from './navigation/use-focus-target';
import { setCouch, useCouch } from './stores/couch';
import { useGameStreamHost, useHosts } from './stores/hosts';
import { newIncidents, useIncidents } from './stores/incidents';
import { useHostSummary } from './stores/latency';
import { openRoute, routeKey, useRoute, type Route } from './stores/route';
import { useSessions } from './stores/sessions';
import { formatMs } from './ui/format';
import { hostLook, plainName } from './ui/host-state';
import { OwlMark, type OwlState } from './ui/OwlMark';
import { reachLook } from './ui/reach';
import { sessionIcon } from './ui/SessionChip';
import { isInterrupted, sessionWords } from './ui/session-words';
import type { Tone } from './ui/tone';

export function Sidebar({ view, version }: { readonly view: LibraryView; readonly version: string }): ReactNode {
  const { t } = useTranslation('window');
  const sessions = useSessions((state) => state.sessions);
  const isCouch = useCouch((state) => state.isCouch);
  return (
    <FocusGroup as="nav" className="sidebar" label={t('sidebar')} focusKey="sidebar">
      <div className="sidebar__brand">
        <OwlMark state={owlState(sessions)} size="2rem" />
        <span className="sidebar__brand-name">Athena</span>
      </div>
      <div className="sidebar__section">
        {isCouch && <Item route={{ page: 'home' }} icon={House} text={t('home')} />}
        <Item route={{ page: 'library' }} icon={LayoutGrid} text={t('library')} />
        <Item route={{ page: 'network' }} icon={Activity} text={t('network')} />
        <IncidentsItem />
        <Item route={{ page: 'practice' }} icon={FlaskConical} text={t('practice')} />
      </div>
      {sessions.length > 0 && (
        <div className="sidebar__section">
          <h2 className="sidebar__heading">{t('sessions')}</h2>
          {sessions.map((session) => (
            <SessionItem key={session.id} session={session} />
          ))}
        </div>
      )}
      <div className="sidebar__section">
        <h2 className="sidebar__heading">{t('hosts')}</h2>
        {view.hosts.map((host) => (
          <HostItem key={host.record.id} host={host} />
        ))}
        <AddHostItem />
      </div>
      <div className="sidebar__section sidebar__section--last">
        <Item route={{ page: 'settings' }} icon={Settings} text={t('settings')} />
        {isCouch ? <Item route={{ page: 'power' }} icon={Power} text={t('power')} /> : <CouchItem />}
      </div>
      <p className="sidebar__foot figures">{version === '' ? '' : `Athena ${version}`}</p>
    </FocusGroup>
  );
}

/** The owl looks as the tray icon does: the worst of all sessions. */
function owlState(sessions: readonly SessionView[]): OwlState {
  const live = sessions.filter(({ link }) => link.kind !== 'ended');
  if (live.some(({ link, app }) => link.kind === 'asking' || app.kind === 'uncertain')) return 'trouble';
  if (live.some(({ app }) => isPaused(app))) return 'paused';
  if (live.some(({ link }) => isInterrupted(link))) return 'trouble';
  return live.some(({ link }) => link.kind === 'streaming') ? 'streaming' : 'idle';
}

function IncidentsItem(): ReactNode {
  const { t } = useTranslation('window');
  const fresh = useIncidents(newIncidents);
  return <Item route={{ page: 'incidents' }} icon={SearchCheck} text={t('incidents')} note={fresh === 0 ? '' : t('fresh', { incidents: fresh })} />;
}

function SessionItem({ session }: { readonly session: SessionView }): ReactNode {
  const { text, tone } = sessionWords(session);
  return <Item route={{ page: 'session', sessionId: session.id }} icon={sessionIcon(session)} tone={tone} text={session.name} under={text} />;
}

function HostItem({ host }: { readonly host: LibraryHost }): ReactNode {
  const summary = useHostSummary(host.record.id);
  const gameStream = useGameStreamHost(host.record.id);
  const look = reachLook(host.reach);
  const rtt = host.reach === 'online' ? (summary?.p50Ms ?? null) : null;
  if (gameStream !== undefined) return <GameStreamItem host={gameStream} name={host.record.name} rttMs={rtt} />;
  return (
    <Item
      route={{ page: 'host', hostId: host.record.id }}
      icon={look.icon}
      tone={look.tone}
      text={plainName(host.record.name)}
      note={rtt === null ? (host.reach === 'offline' ? look.text : '') : `${formatMs(rtt)} ms`}
      spoken={look.text}
    />
  );
}

interface GameStreamItemProps {
  readonly host: GameStreamHostView;
  readonly name: string;
  readonly rttMs: number | null;
}

function GameStreamItem({ host, name, rttMs }: GameStreamItemProps): ReactNode {
  const look = hostLook(host.state);
  const isOnline = host.state === 'online';
  const isQuiet = host.state === 'asleep' || host.runningApp !== null;
  return (
    <Item
      route={{ page: 'host', hostId: host.hostId }}
      icon={look.icon}
      tone={look.tone}
      text={plainName(name)}
      under={isOnline && host.paired ? undefined : <HostUnder host={host} />}
      note={rttMs === null || isQuiet ? '' : `${formatMs(rttMs)} ms`}
      spoken={look.text}
    />
  );
}

/** "Cyberpunk 2077, paused": the app first, for it is what people look for. */
function HostUnder({ host: { state, paired, runningApp } }: { readonly host: GameStreamHostView }): ReactNode {
  const { t } = useTranslation('window');
  if (!paired && state === 'online') return <span className="faint">{t('notPaired')}</span>;
  if ((state !== 'busy' && state !== 'paused') || runningApp === null) return hostLook(state).text;
  return (
    <span className="sidebar__app">
      <bdi className="ellipsis">{plainName(runningApp)}</bdi>
      <span>{state === 'paused' ? t('paused') : t('running')}</span>
    </span>
  );
}

function AddHostItem(): ReactNode {
  const { t } = useTranslation('window');
  const found = useHosts((state) => state.found.length);
  return <Item route={{ page: 'add-host' }} icon={Plus} text={t('addHost')} note={found === 0 ? '' : t('found', { hosts: found })} />;
}

function CouchItem(): ReactNode {
  const { t } = useTranslation('window');
  const target = useFocusTarget<HTMLButtonElement>('couch');
  return (
    <button {...target} type="button" className="sidebar__item" title={t('couchKeys')} onClick={() => void setCouch(true)}>
      <span className="sidebar__item-icon">
        <Sofa size="1.15em" aria-hidden />
      </span>
      <span className="sidebar__item-text ellipsis">{t('couch')}</span>
    </button>
  );
}

interface ItemProps {
  readonly route: Route;
  readonly icon: LucideIcon;
  readonly tone?: Tone;
  readonly text: string;
  readonly under?: ReactNode;
  readonly note?: string;
  readonly spoken?: string;
}

function Item({ route, icon: Icon, tone, text, under, note, spoken }: ItemProps): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(`nav:${routeKey(route)}`);
  const isHere = useRoute((state) => routeKey(state.route) === routeKey(route));
  return (
    <button {...target} type="button" className="sidebar__item" data-tone={tone} aria-current={isHere ? 'page' : undefined} onClick={() => openRoute(route)}>
      <span className="sidebar__item-icon">
        <Icon size="1.15em" aria-hidden className={Icon === LoaderCircle ? 'turning' : undefined} />
      </span>
      <span className="sidebar__item-text ellipsis" dir="auto">
        <span className="ellipsis">{text}</span>
        {under !== undefined && <span className="sidebar__item-under ellipsis">{under}</span>}
      </span>
      {spoken !== undefined && <span className="only-spoken">{spoken}</span>}
      {note !== undefined && <span className="sidebar__item-note figures">{note}</span>}
    </button>
  );
}
