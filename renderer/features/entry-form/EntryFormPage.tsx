// The form that adds or edits an entry; errors stand at their fields, a refusal by main above the buttons.
import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryView } from '../../../electron/common/library';
import type { Failure } from '../../../electron/common/result';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { entryById, hostById, saveEntry } from '../../stores/library';
import { goBack } from '../../stores/route';
import { launchEntry } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { ConnectionFields } from './EntryFields';
import { FormRefusal, FormSummary } from './FormTroubles';
import { PauseFields } from './PauseFields';
import { checkFields, emptyFields, fieldsOf } from './entry-form';
import { useCheckedFields } from './use-checked-fields';

export function EntryFormPage({ entryId, view }: { readonly entryId: EntryId | null; readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('entryForm');
  const known = entryId === null ? undefined : entryById(view, entryId);
  const { fields, errors, change, accept } = useCheckedFields(
    () => (known === undefined ? emptyFields : fieldsOf(known, hostById(view, known.entry.host))),
    (typed) => checkFields(typed, known?.entry.pause),
  );
  const [refusal, setRefusal] = useState<Failure | null>(null);

  const save = async (thenLaunch: boolean): Promise<void> => {
    const form = accept();
    if (form === null) return;
    const saved = await saveEntry(entryId, form);
    if (!saved.ok) {
      setRefusal(saved.failure);
      return;
    }
    goBack();
    if (thenLaunch) await launchEntry(saved.value);
  };

  return (
    <FocusPage page={`entry-form/${entryId ?? 'new'}`} preferred="field-name" className="page">
      <form
        className="page__inner page__inner--narrow form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <h1 className="page__title">{known === undefined ? t('addTitle') : t('editTitle', { name: known.entry.name })}</h1>
        <ConnectionFields fields={fields} errors={errors} onChange={change} hasPassword={known?.hasPassword === true} />
        <PauseFields fields={fields} errors={errors} onChange={change} />
        {refusal !== null && <FormRefusal failure={refusal} />}
        <FocusGroup className="form__actions" preferred="form-save">
          <Button label={known === undefined ? t('add') : t('save')} icon={Check} look="primary" type="submit" focusKey="form-save" />
          {known === undefined && <Button label={t('addAndLaunch')} onPress={() => save(true)} />}
          <Button label={t('cancel')} look="quiet" onPress={goBack} />
          <FormSummary errors={errors} />
        </FocusGroup>
      </form>
    </FocusPage>
  );
}
