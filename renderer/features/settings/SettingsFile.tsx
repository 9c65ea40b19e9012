// The file the settings live in: where it is, and what was wrong with it.
import { Copy, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useSettings } from '../../stores/settings';
import { useToasts } from '../../stores/toasts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { texts } from './texts';

export function SettingsFileCard(): ReactNode {
  const file = useSettings(({ view }) => view.file);
  const copy = (): void => {
    const isCopied = copyText(file);
    useToasts.getState().show({
      tone: 'neutral',
      title: isCopied ? texts.copied : texts.notCopied,
      advice: isCopied ? file : texts.notCopiedAdvice,
      action: null,
    });
  };
  return (
    <section className="section" aria-label={texts.file}>
      <h2 className="section__title">{texts.file}</h2>
      <FocusGroup className="card settings-file">
        <div className="settings-file__words">
          <code className="settings-file__path">{file}</code>
          <p className="setting__does">{texts.fileLead}</p>
        </div>
        <Button label={texts.copyPath} icon={Copy} focusKey="settings-copy-path" onPress={copy} />
      </FocusGroup>
    </section>
  );
}

export function SettingsTroubles(): ReactNode {
  const troubles = useSettings(({ view }) => view.troubles);
  if (troubles.length === 0) return null;
  return (
    <Banner tone="warn" icon={TriangleAlert} title={texts.trouble}>
      {troubles.map(({ message, keptAs }) => (
        <p key={message}>
          {message}
          {keptAs !== null && (
            <>
              {` ${texts.keptAs}`}
              <code>{keptAs}</code>
            </>
          )}
        </p>
      ))}
    </Banner>
  );
}
