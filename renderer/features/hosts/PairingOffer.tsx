// The two ways to pair, side by side: a PIN typed on the host, or Athena types it through the host's web page.
import { KeyRound, RotateCw, Wand } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../electron/common/result';
import { useNavigation } from '../../navigation/navigation-context';
import type { WebLogIn } from '../../stores/hosts';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { WebLogInForm } from '../../ui/WebLogInForm';

interface PairingOfferProps {
  readonly failure: Failure | null;
  /** It was paired before and shows another certificate now: nothing to be hurried into. */
  readonly isAgain: boolean;
  readonly onBegin: (web: WebLogIn | null) => Promise<void>;
}

export function PairingOffer({ failure, isAgain, onBegin }: PairingOfferProps): ReactNode {
  const { t } = useTranslation('hosts');
  const { engine } = useNavigation();
  const [isWebOpen, setWebOpen] = useState(false);
  const openWeb = (): void => {
    setWebOpen(true);
    setTimeout(() => engine.focus('pairing-web-username'), 0);
  };
  return (
    <>
      {failure !== null && <FailureNote failure={failure} />}
      <div className="pairing__ways">
        <div className="pairing__way">
          <h3 className="section__title">{t('byPinTitle')}</h3>
          <p className="quiet">{t('byPinLead')}</p>
          <div>
            <Button
              label={failure !== null ? t('tryAgain') : isAgain ? t('pairAgain') : t('showPin')}
              icon={failure === null ? KeyRound : RotateCw}
              look={isAgain ? 'plain' : 'primary'}
              focusKey="pairing-begin"
              onPress={() => onBegin(null)}
            />
          </div>
        </div>
        <div className="pairing__way">
          <h3 className="section__title">{t('byWebTitle')}</h3>
          <p className="quiet">{t('byWebLead')}</p>
          {isWebOpen ? (
            <WebLogInForm focusKey="pairing-web" action={t('pairByWeb')} icon={KeyRound} onSubmit={onBegin} />
          ) : (
            <div>
              <Button label={t('useWeb')} icon={Wand} focusKey="pairing-web-open" onPress={openWeb} />
            </div>
          )}
        </div>
      </div>
    </>
  );
}
