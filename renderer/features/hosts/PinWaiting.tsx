// While a pairing waits: the four digits to be read from across the room, where they go, and the way out.
import { Check, Copy, LoaderCircle, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { copyText } from '../../ui/copy-text';
import { StateDisc } from '../../ui/StateDisc';

interface WaitingProps {
  /** The host's web page. */
  readonly page: string;
  readonly onCancel: () => Promise<void>;
}

export function PinWaiting({ pin, page, onCancel }: WaitingProps & { readonly pin: string }): ReactNode {
  const { t } = useTranslation('hosts');
  return (
    <>
      <h2 className="pairing__title">{t('waitingTitle')}</h2>
      <div className="pairing__pin">
        <p className="pin" aria-hidden>
          {[...pin].map((digit, index) => (
            <span key={index} className="pin__digit">
              {digit}
            </span>
          ))}
        </p>
        <ol className="pairing__steps">
          <li>
            {t('openPage')}
            <span className="pairing__page">
              <code>{page}</code>
              <CopyButton text={page} />
            </span>
            <span className="faint">{t('usualWarning')}</span>
          </li>
          <li>{t('openTab')}</li>
          <li>{t('typeIt')}</li>
        </ol>
      </div>
      <div className="pairing__foot" data-tone="accent">
        <Button label={t('cancel')} icon={X} focusKey="pairing-cancel" onPress={onCancel} />
        <Chip plain icon={LoaderCircle} tone="accent" text={t('waiting')} turning />
        <p className="faint pairing__aside">{t('otherHosts')}</p>
      </div>
    </>
  );
}

export function WebWaiting({ page, onCancel }: WaitingProps): ReactNode {
  const { t } = useTranslation('hosts');
  return (
    <div className="pairing__done" data-tone="accent">
      <StateDisc icon={LoaderCircle} isWorking />
      <div className="pairing__words">
        <h2 className="pairing__title">{t('webWaitingTitle')}</h2>
        <p className="quiet">{t('webWaiting', { page })}</p>
      </div>
      <Button label={t('cancel')} icon={X} focusKey="pairing-cancel" onPress={onCancel} />
    </div>
  );
}

const copiedForMs = 2500;

function CopyButton({ text }: { readonly text: string }): ReactNode {
  const { t } = useTranslation('hosts');
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => {
    if (outcome === 'none') return undefined;
    const timer = setTimeout(() => setOutcome('none'), copiedForMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <Button
      size="small"
      look="quiet"
      icon={outcome === 'copied' ? Check : Copy}
      label={outcome === 'none' ? t('copy') : outcome === 'copied' ? t('copied') : t('notCopied')}
      focusKey="pairing-copy"
      onPress={() => setOutcome(copyText(text) ? 'copied' : 'refused')}
    />
  );
}
