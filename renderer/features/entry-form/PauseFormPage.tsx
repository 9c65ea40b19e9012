// The form that says what to do when the stream of an entry breaks; for apps of GameStream hosts, which have no other form.
import { ArrowLeft, Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryView } from '../../../electron/common/library';
import type { Failure } from '../../../electron/common/result';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { entryById, hostById, setPause } from '../../stores/library';
import { goBack } from '../../stores/route';
import { Button } from '../../ui/Button';
import { plainName } from '../../ui/host-state';
import { checkPause, fieldsOf } from './entry-form';
import { FormRefusal, FormSummary } from './FormTroubles';
import { PauseFields } from './PauseFields';
import { useCheckedFields } from './use-checked-fields';

export function PauseFormPage({ entryId, view }: { readonly entryId: EntryId; readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('entryForm');
  const item = entryById(view, entryId);
  if (item !== undefined) return <PauseForm item={item} view={view} />;
  return (
    <FocusPage page={`pause-form/${entryId}`} className="page">
      <div className="page__inner">
        <h1 className="page__title">{t('unknownTitle')}</h1>
        <div>
          <Button label={t('back')} icon={ArrowLeft} look="primary" onPress={goBack} />
        </div>
      </div>
    </FocusPage>
  );
}

function PauseForm({ item, view }: { readonly item: LibraryEntry; readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('entryForm');
  const { entry } = item;
  const { fields, errors, change, accept } = useCheckedFields(
    () => fieldsOf(item, hostById(view, entry.host)),
    (typed) => checkPause(typed, entry.pause),
  );
  const [refusal, setRefusal] = useState<Failure | null>(null);

  const save = async (): Promise<void> => {
    const form = accept();
    if (form === null) return;
    const saved = await setPause(entry.id, form);
    if (saved.ok) goBack();
    else setRefusal(saved.failure);
  };

  return (
    <FocusPage page={`pause-form/${entry.id}`} className="page">
      <form
        className="page__inner page__inner--narrow form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h1 className="page__title" dir="auto">
          {plainName(entry.name)}
        </h1>
        <PauseFields fields={fields} errors={errors} onChange={change} canQuit={entry.protocol === 'gamestream'} />
        {refusal !== null && <FormRefusal failure={refusal} />}
        <FocusGroup className="form__actions" preferred="form-save">
          <Button label={t('save')} icon={Check} look="primary" type="submit" focusKey="form-save" />
          <Button label={t('cancel')} look="quiet" onPress={goBack} />
          <FormSummary errors={errors} />
        </FocusGroup>
      </form>
    </FocusPage>
  );
}
