// "Really quit?", in place: names the app, and asks for the web log-in when the host wants that.
import { Square, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { Failure } from '../../../electron/common/result';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { quitHostApp, type WebLogIn } from '../../stores/hosts';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { nameInSentence } from '../../ui/host-state';
import { WebLogInForm } from '../../ui/WebLogInForm';

interface QuitQuestionProps {
  readonly host: GameStreamHostView;
  readonly name: string;
  readonly onClose: () => void;
}

export function QuitQuestion({ host, name, onClose }: QuitQuestionProps): ReactNode {
  const { t } = useTranslation('host');
  const { engine } = useNavigation();
  const [failure, setFailure] = useState<Failure | null>(null);
  /** Once the host has said it is busy, its web page stays a way. */
  const [isWebOffered, setWebOffered] = useState(false);
  const app = host.runningApp === null ? t('gameStream.quitSomeApp') : nameInSentence(host.runningApp);
  useEffect(() => engine.focus('quit-keep'), [engine]);
  useCommand('back', () => {
    onClose();
    return true;
  });

  const quit = async (web: WebLogIn | null): Promise<void> => {
    setFailure(null);
    const ended = await quitHostApp(host.hostId, web);
    if (ended.ok) {
      onClose();
      return;
    }
    setFailure(ended.failure);
    if (ended.failure.kind !== 'host-busy') return;
    setWebOffered(true);
    setTimeout(() => engine.focus('quit-web-username'), 0);
  };

  return (
    <FocusGroup className="question question--wide" role="group" label={t('gameStream.quitTitle', { app, name })} focusKey="quit-question">
      <h3 className="question__title">{t('gameStream.quitTitle', { app, name: nameInSentence(name) })}</h3>
      <p>{t('gameStream.quitLead')}</p>
      <div role="status" className="told">{failure !== null && <FailureNote failure={failure} />}</div>
      {isWebOffered && (
        <>
          <p>{t('gameStream.quitByWeb')}</p>
          <WebLogInForm focusKey="quit-web" action={t('gameStream.quitByWebYes')} icon={Square} danger onSubmit={quit} />
        </>
      )}
      <FocusGroup className="question__actions">
        <Button label={t('gameStream.quitKeep')} icon={Undo2} focusKey="quit-keep" onPress={onClose} />
        <Button label={t('gameStream.quitYes', { app })} icon={Square} look="danger" focusKey="quit-yes" onPress={() => quit(null)} />
      </FocusGroup>
    </FocusGroup>
  );
}
