// A GameStream host's state as the one big thing of its page, with what can be done about it right now.
import { LoaderCircle, Power, Square, Stethoscope } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useNavigation } from '../../navigation/navigation-context';
import { explainHost, wakeHost } from '../../stores/hosts';
import { useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { formatAgo, formatMoment } from '../../ui/format';
import { hostLook, nameInSentence } from '../../ui/host-state';
import { StateDisc } from '../../ui/StateDisc';
import { useNow } from '../../ui/use-now';
import { hostActions, hostDetail, isAnswering } from './host-actions';
import { OfflineSteps, type Explanation } from './OfflineSteps';
import { QuitQuestion } from './QuitQuestion';

const agoEveryMs = 15_000;

interface GameStreamCardProps {
  readonly host: GameStreamHostView;
  readonly name: string;
}

export function GameStreamCard({ host, name }: GameStreamCardProps): ReactNode {
  const { t } = useTranslation('host');
  const { engine } = useNavigation();
  const [explanation, setExplanation] = useState<Explanation>({ kind: 'none' });
  /** The app that was running when "quit" was pressed; the question is about that one only. */
  const [quitting, setQuitting] = useState<{ readonly app: string | null } | null>(null);
  const look = hostLook(host.state);
  const actions = hostActions(host);
  const isStreamed = useSessions(({ sessions }) => sessions.some(({ hostId, link }) => hostId === host.hostId && link.kind === 'streaming'));
  const isAsked = quitting !== null && actions.quit === undefined && quitting.app === host.runningApp;

  const closeQuestion = (): void => {
    setQuitting(null);
    engine.focus('host-quit');
  };
  const explain = async (): Promise<void> => {
    setExplanation({ kind: 'asking' });
    const result = await explainHost(host.hostId);
    setExplanation({ kind: 'told', result, atMs: Date.now() });
  };

  return (
    <section className="hero host-state" aria-label={t('gameStream.card')} data-tone={look.tone}>
      <div className="hero__body">
        <StateDisc icon={look.icon} isWorking={look.icon === LoaderCircle} />
        <div className="hero__words">
          <h2 className="hero__title host-state__title" role="status">
            <StateTitle host={host} />
          </h2>
          <p className="hero__detail">{hostDetail(host, isStreamed)}</p>
          <Since sinceMs={host.sinceMs} />
        </div>
      </div>
      <FocusGroup className="hero__actions">
        <Button
          label={t('gameStream.wake')}
          icon={Power}
          look={host.state === 'asleep' && actions.wake === undefined ? 'primary' : 'plain'}
          focusKey="host-wake"
          unavailable={actions.wake}
          onPress={() => wakeHost(host.hostId)}
        />
        <Button
          label={host.runningApp === null ? t('gameStream.quit') : t('gameStream.quitNamed', { app: nameInSentence(host.runningApp) })}
          icon={Square}
          focusKey="host-quit"
          unavailable={actions.quit}
          onPress={() => setQuitting({ app: host.runningApp })}
        />
        <Button label={isAnswering(host.state) ? t('gameStream.explainOnline') : t('gameStream.explain')} icon={Stethoscope} focusKey="host-explain" onPress={explain} />
      </FocusGroup>
      {isAsked && <QuitQuestion host={host} name={name} onClose={closeQuestion} />}
      <OfflineSteps
        explanation={explanation}
        onClose={() => {
          setExplanation({ kind: 'none' });
          engine.focus('host-explain');
        }}
      />
    </section>
  );
}

/** The app's name is the host's own word: it is set apart, so that it can't turn ours around. */
function StateTitle({ host: { state, runningApp } }: { readonly host: GameStreamHostView }): ReactNode {
  const { t } = useTranslation('host');
  switch (state) {
    case 'busy':
    case 'paused':
      if (runningApp === null) return state === 'busy' ? t('gameStream.someAppRuns') : t('gameStream.someAppPaused');
      return (
        <>
          <bdi>{nameInSentence(runningApp)}</bdi>
          {state === 'busy' ? t('gameStream.running') : t('gameStream.paused')}
        </>
      );
    case 'address-in-doubt':
      return t('gameStream.inDoubt');
    case 'certificate-changed':
      return t('gameStream.changed');
    default:
      return hostLook(state).text;
  }
}

function Since({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  const { t } = useTranslation('host');
  const nowMs = useNow(agoEveryMs);
  return <p className="faint figures">{t('gameStream.since', { clock: formatMoment(sinceMs, nowMs), ago: formatAgo(sinceMs, nowMs) })}</p>;
}
