// An entry's own page: its art large, what can be done with it now, how it streams, and what went wrong with it lately.
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { HostReach } from '../../../electron/common/host';
import type { EntryId, SessionId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryView } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useGameStreamHost } from '../../stores/hosts';
import { useLeftSessions } from '../../stores/left-sessions';
import { entryById, hostById } from '../../stores/library';
import { goBack } from '../../stores/route';
import { sessionOfEntry, useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { EntryArt } from '../../ui/EntryArt';
import { MissingClient } from '../../ui/EntryFace';
import { hostLook, nameInSentence, plainName } from '../../ui/host-state';
import { reachLook } from '../../ui/reach';
import { SessionChip } from '../../ui/SessionChip';
import { useNow } from '../../ui/use-now';
import { EntryActions, primaryKey, type Running } from './EntryActions';
import { EntryPause } from './EntryPause';
import { EntryProfile } from './EntryProfile';
import { EntryTroubles } from './EntryTroubles';
import { usedLine } from './entry-words';

interface EntryPageProps {
  readonly entryId: EntryId;
  readonly view: LibraryView;
  /** Ends the app of a session, after one more question; another feature's part. */
  readonly quitSession: (sessionId: SessionId) => ReactNode;
  /** "Really quit?", for an app that nobody streams from here; another feature's part. */
  readonly quitQuestion: (host: GameStreamHostView, onClose: () => void) => ReactNode;
}

const nowEveryMs = 30_000;

export function EntryPage({ entryId, view, quitSession, quitQuestion }: EntryPageProps): ReactNode {
  const { t } = useTranslation('entry');
  const item = entryById(view, entryId);
  if (item === undefined) {
    return (
      <FocusPage page={`entry/${entryId}`} className="page page--entry">
        <div className="page__inner">
          <h1 className="page__title">{t('unknownTitle')}</h1>
          <div>
            <Button label={t('back')} icon={ArrowLeft} look="primary" onPress={goBack} />
          </div>
        </div>
      </FocusPage>
    );
  }
  return <Known item={item} view={view} quitSession={quitSession} quitQuestion={quitQuestion} />;
}

function Known({ item, view, quitSession, quitQuestion }: Omit<EntryPageProps, 'entryId'> & { readonly item: LibraryEntry }): ReactNode {
  const { t } = useTranslation('entry');
  const { entry, client } = item;
  const nowMs = useNow(nowEveryMs);
  const host = hostById(view, entry.host);
  const gameStream = useGameStreamHost(entry.host);
  const session = useSessions(({ sessions }) => sessionOfEntry(sessions, entry.id));
  const wasLeft = useLeftSessions(({ left }) => left.some(({ entryId }) => entryId === entry.id));
  const running = runningOn(gameStream, item);
  return (
    <FocusPage page={`entry/${entry.id}`} preferred={primaryKey} className="page page--entry">
      <div className="page__inner">
        <section className="entry" aria-label={nameInSentence(entry.name)}>
          <div className="entry__art">
            <EntryArt name={entry.name} url={item.artUrl} />
          </div>
          <div className="entry__words">
            <h1 className="entry__name" dir="auto">
              {plainName(entry.name)}
            </h1>
            <p className="entry__host quiet">
              {t('on')} <bdi>{host === undefined ? entry.host : plainName(host.record.name)}</bdi>
            </p>
            <div className="entry__state" role="status">
              <StateChip session={session} running={running} gameStream={gameStream} reach={host?.reach ?? 'unknown'} wasLeft={wasLeft} />
            </div>
            <p className="entry__used quiet figures">{usedLine(item, nowMs)}</p>
            {!client.found && <MissingClient name={client.displayName} advice={client.advice} />}
            <EntryActions item={item} session={session} wasLeft={wasLeft} running={running} host={gameStream} quitSession={quitSession} quitQuestion={quitQuestion} />
          </div>
        </section>
        <div className="entry__lower">
          <FocusGroup className="entry__how" preferred="entry-change">
            <EntryProfile entry={entry} />
            {entry.protocol === 'gamestream' && <EntryPause entry={entry} />}
          </FocusGroup>
          <EntryTroubles entryId={entry.id} nowMs={nowMs} />
        </div>
      </div>
    </FocusPage>
  );
}

function runningOn(host: GameStreamHostView | undefined, { entry }: LibraryEntry): Running {
  if (host === undefined || entry.app === undefined || host.runningApp !== entry.app) return null;
  return host.state === 'paused' || host.state === 'busy' ? host.state : null;
}

interface StateChipProps {
  readonly session: SessionView | undefined;
  readonly running: Running;
  readonly gameStream: GameStreamHostView | undefined;
  readonly reach: HostReach;
  readonly wasLeft: boolean;
}

/** The nearest thing first: our own session, what was left behind, the app on its host, the host. */
function StateChip({ session, running, gameStream, reach, wasLeft }: StateChipProps): ReactNode {
  const { t } = useTranslation('entry');
  if (session !== undefined) return <SessionChip session={session} />;
  if (wasLeft) return <Chip icon={hostLook('paused').icon} text={t('left')} tone="hold" />;
  if (running !== null) return <Chip icon={hostLook(running).icon} text={t(running)} tone={hostLook(running).tone} />;
  const look = gameStream === undefined ? reachLook(reach) : hostLook(gameStream.state);
  return <Chip icon={look.icon} text={look.text} tone={look.tone} />;
}
