// The buttons of an entry's page: the one that is most likely wanted comes first and has the focus.
import { Gauge, Play, RotateCw, Server, Square, Star, StarOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { SessionId } from '../../../electron/common/ids';
import type { LibraryEntry } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useNavigation } from '../../navigation/navigation-context';
import { setFavourite } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry } from '../../stores/sessions';
import { Button } from '../../ui/Button';

const words = wordsOf('entry');

export const primaryKey = 'entry-launch';
const quitKey = 'entry-quit';

/** What the host says of this entry's app; null: it does not run there, or nobody knows. */
export type Running = 'busy' | 'paused' | null;

interface EntryActionsProps {
  readonly item: LibraryEntry;
  readonly session: SessionView | undefined;
  readonly wasLeft: boolean;
  readonly running: Running;
  readonly host: GameStreamHostView | undefined;
  readonly quitSession: (sessionId: SessionId) => ReactNode;
  readonly quitQuestion: (host: GameStreamHostView, onClose: () => void) => ReactNode;
}

export function EntryActions({ item: { entry }, session, wasLeft, running, host, quitSession, quitQuestion }: EntryActionsProps): ReactNode {
  const { t } = useTranslation('entry');
  const { engine } = useNavigation();
  const [isAsked, setAsked] = useState(false);
  const canQuit = host?.paired === true && entry.protocol === 'gamestream';
  const isAsking = isAsked && host !== undefined && running !== null && session === undefined;
  const close = (): void => {
    setAsked(false);
    // The app may be gone by now, and its button with it.
    setTimeout(() => engine.focus(document.querySelector(`[data-focus-key="${quitKey}"]`) === null ? primaryKey : quitKey), 0);
  };
  const primary = primaryOf(session, wasLeft, running);
  return (
    <>
      <FocusGroup className="hero__actions entry__actions" focusKey="entry-actions" preferred={primaryKey}>
        <Button focusKey={primaryKey} label={primary.label} icon={primary.icon} look="primary" onPress={() => launchEntry(entry.id)} />
        {canQuit && session !== undefined && session.link.kind !== 'stopping' && quitSession(session.id)}
        {canQuit && session === undefined && running !== null && <Button focusKey={quitKey} label={t('quit')} icon={Square} onPress={() => setAsked(true)} />}
        <Button
          focusKey="entry-favourite"
          label={entry.favourite ? t('notFavourite') : t('favourite')}
          icon={entry.favourite ? StarOff : Star}
          onPress={() => setFavourite(entry.id, !entry.favourite)}
        />
        <Button focusKey="entry-host" label={t('openHost')} icon={Server} look="quiet" onPress={() => openRoute({ page: 'host', hostId: entry.host })} />
      </FocusGroup>
      {isAsking && quitQuestion(host, close)}
    </>
  );
}

/** All of them launch: what that means depends on what is there. */
function primaryOf(session: SessionView | undefined, wasLeft: boolean, running: Running): { readonly label: string; readonly icon: typeof Play } {
  if (session !== undefined) return { label: words('openSession'), icon: Gauge };
  if (wasLeft) return { label: words('comeBack'), icon: RotateCw };
  if (running === 'paused') return { label: words('carryOn'), icon: Play };
  if (running === 'busy') return { label: words('join'), icon: Play };
  return { label: words('launch'), icon: Play };
}
