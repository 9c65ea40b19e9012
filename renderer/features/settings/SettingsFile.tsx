// The file the settings live in: where it is, and what was wrong with it.
import { Copy, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useSettings } from '../../stores/settings';
import { useToasts } from '../../stores/toasts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';

export function SettingsFileCard(): ReactNode {
  const { t } = useTranslation('settings');
  const file = useSettings(({ view }) => view.file);
  const copy = (): void => {
    const isCopied = copyText(file);
    useToasts.getState().show({
      tone: 'neutral',
      title: isCopied ? t('copied') : t('notCopied'),
      advice: isCopied ? file : t('notCopiedAdvice'),
      action: null,
    });
  };
  return (
    <section className="section" aria-label={t('file')}>
      <h2 className="section__title">{t('file')}</h2>
      <FocusGroup className="card settings-file">
        <div className="settings-file__words">
          <code className="settings-file__path">{file}</code>
          <p className="setting__does">{t('fileLead')}</p>
        </div>
        <Button label={t('copyPath')} icon={Copy} focusKey="settings-copy-path" onPress={copy} />
      </FocusGroup>
    </section>
  );
}

export function SettingsTroubles(): ReactNode {
  const { t } = useTranslation('settings');
  const troubles = useSettings(({ view }) => view.troubles);
  if (troubles.length === 0) return null;
  return (
    <Banner tone="warn" icon={TriangleAlert} title={t('trouble')}>
      {troubles.map(({ message, keptAs }) => (
        <p key={message}>
          {message}
          {keptAs !== null && (
            <>
              {` ${t('keptAs')}`}
              <code>{keptAs}</code>
            </>
          )}
        </p>
      ))}
    </Banner>
  );
}
