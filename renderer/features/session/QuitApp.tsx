// Ends the app on its host, and the session with it; asks once more first, in the same place.
import { Power } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionId } from '../../../electron/common/ids';
import { tellSession } from '../../stores/sessions';
import { Button } from '../../ui/Button';

/** A question that nobody answers goes away; milliseconds. */
const askedForMs = 6_000;

export function QuitApp({ sessionId }: { readonly sessionId: SessionId }): ReactNode {
  const { t } = useTranslation('session');
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (!isAsked) return undefined;
    const timer = setTimeout(() => setAsked(false), askedForMs);
    return () => clearTimeout(timer);
  }, [isAsked]);
  const quit = async (): Promise<void> => {
    setAsked(false);
    await tellSession('quit-app', sessionId);
  };
  return (
    <Button
      focusKey="session-quit"
      label={isAsked ? t('quitConfirm') : t('quitApp')}
      icon={Power}
      look={isAsked ? 'danger' : 'plain'}
      onPress={() => (isAsked ? quit() : setAsked(true))}
    />
  );
}
