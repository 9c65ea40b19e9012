// Forgetting a host takes two presses: the second one stands beside what it costs.
import { Trash2, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostId } from '../../../electron/common/ids';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { forgetHost } from '../../stores/hosts';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { nameInSentence } from '../../ui/host-state';

interface ForgetHostProps {
  readonly hostId: HostId;
  readonly name: string;
  /** How many of its apps leave the library. */
  readonly apps: number;
}

export function ForgetHost(props: ForgetHostProps): ReactNode {
  const { t } = useTranslation('host');
  const { engine } = useNavigation();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <div>
        <Button label={t('gameStream.forget')} icon={Trash2} look="quiet" size="small" focusKey="host-forget" onPress={() => setAsked(true)} />
      </div>
    );
  }
  return (
    <ForgetQuestion
      {...props}
      onClose={() => {
        setAsked(false);
        setTimeout(() => engine.focus('host-forget'), 0);
      }}
    />
  );
}

function ForgetQuestion({ hostId, name, apps, onClose }: ForgetHostProps & { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('host');
  const { engine } = useNavigation();
  useEffect(() => engine.focus('forget-keep'), [engine]);
  useCommand('back', () => {
    onClose();
    return true;
  });
  const forget = async (): Promise<void> => {
    if (await forgetHost(hostId)) openRoute({ page: 'library' });
  };
  const title = t('gameStream.forgetTitle', { name: nameInSentence(name) });
  return (
    <FocusGroup className="question" role="group" label={title} focusKey="forget-question">
      <h3 className="question__title">{title}</h3>
      <p>{t('gameStream.forgetLead', { count: apps })}</p>
      <FocusGroup className="question__actions">
        <Button label={t('gameStream.forgetKeep')} icon={Undo2} size="small" focusKey="forget-keep" onPress={onClose} />
        <Button label={t('gameStream.forgetYes')} icon={Trash2} look="danger" size="small" focusKey="forget-yes" onPress={forget} />
      </FocusGroup>
    </FocusGroup>
  );
}
