// "I changed something": noted now, listed, and compared before and after.
import { Flag } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeMark } from '../../../electron/common/incident';
import type { VantagePoint } from '../../../electron/common/vantage';
import { FocusGroup } from '../../navigation/FocusGroup';
import { markChange } from '../../stores/recorded';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { ChangeRow } from './ChangeRow';

const longestText = 200;
const shownAtFirst = 5;

interface ChangesProps {
  readonly changes: readonly ChangeMark[];
  readonly points: readonly VantagePoint[];
}

export function Changes({ changes, points }: ChangesProps): ReactNode {
  const { t } = useTranslation('latency');
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const isLong = [...text.trim()].length > longestText;
  const canSend = text.trim() !== '' && !isLong;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!canSend || isSending) return;
    setSending(true);
    if (await markChange(text.trim())) setText('');
    setSending(false);
  };
  return (
    <FocusGroup as="section" className="card section" label={t('changesTitle')}>
      <h2 className="section__title">{t('changesTitle')}</h2>
      <p className="quiet">{t('changesLead')}</p>
      <form className="changes__form" onSubmit={(event) => void send(event)}>
        <Field focusKey="change-text" label={t('changeField')} value={text} onChange={setText} placeholder={t('changePlaceholder')} error={isLong ? t('changeLong') : undefined} />
        <Button focusKey="change-mark" label={t('mark')} icon={Flag} type="submit" isBusy={isSending} unavailable={canSend ? undefined : isLong ? t('changeLong') : t('changeField')} />
      </form>
      {changes.length === 0 ? (
        <p className="faint">{t('noChanges')}</p>
      ) : (
        <ol className="changes">
          {(showsAll ? changes : changes.slice(0, shownAtFirst)).map((change) => (
            <ChangeRow key={change.id} change={change} points={points} />
          ))}
        </ol>
      )}
      {!showsAll && changes.length > shownAtFirst && (
        <div>
          <Button focusKey="changes-older" label={t('olderChanges', { count: changes.length - shownAtFirst })} size="small" look="quiet" onPress={() => setShowsAll(true)} />
        </div>
      )}
    </FocusGroup>
  );
}
