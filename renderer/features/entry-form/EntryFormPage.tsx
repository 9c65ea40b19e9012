// The form that adds or edits an entry; errors stand at their fields, a refusal by main above the buttons.
import { Check, CircleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryView } from '../../../electron/common/library';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useNavigation } from '../../navigation/navigation-context';
import { entryById, hostById, saveEntry } from '../../stores/library';
import { goBack } from '../../stores/route';
import { launchEntry } from '../../stores/sessions';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { ConnectionFields } from './EntryFields';
import { PauseFields } from './PauseFields';
import { checkFields, emptyFields, fieldsOf, type FieldErrors, type FormFields } from './entry-form';

export function EntryFormPage({ entryId, view }: { readonly entryId: EntryId | null; readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('entryForm');
  const { engine } = useNavigation();
  const known = entryId === null ? undefined : entryById(view, entryId);
  const [fields, setFields] = useState<FormFields>(() => (known === undefined ? emptyFields : fieldsOf(known, hostById(view, known.entry.host))));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<{ readonly title: string; readonly advice: string } | null>(null);

  const change = (part: Partial<FormFields>): void => {
    const next = { ...fields, ...part };
    setFields(next);
    // Once there are errors they are kept true while typing; before that nobody is corrected.
    if (Object.keys(errors).length > 0) {
      const checked = checkFields(next, known?.entry.pause);
      setErrors(checked.ok ? {} : checked.errors);
    }
  };

  const save = async (thenLaunch: boolean): Promise<void> => {
    const checked = checkFields(fields, known?.entry.pause);
    if (!checked.ok) {
      setErrors(checked.errors);
      const first = Object.keys(emptyFields).find((field) => field in checked.errors);
      if (first !== undefined) engine.focus(`field-${first}`);
      return;
    }
    const saved = await saveEntry(entryId, checked.form);
    if (!saved.ok) {
      setRefusal({ title: saved.failure.message, advice: saved.failure.advice });
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
        {refusal !== null && (
          <Banner tone="bad" icon={CircleAlert} title={refusal.title}>
            {refusal.advice}
          </Banner>
        )}
        <FocusGroup className="form__actions" preferred="form-save">
          <Button label={known === undefined ? t('add') : t('save')} icon={Check} look="primary" type="submit" focusKey="form-save" />
          {known === undefined && <Button label={t('addAndLaunch')} onPress={() => save(true)} />}
          <Button label={t('cancel')} look="quiet" onPress={goBack} />
          {Object.keys(errors).length > 0 && (
            <span className="field__error" role="status">
              <CircleAlert size="1em" aria-hidden /> {t('summary')}
            </span>
          )}
        </FocusGroup>
      </form>
    </FocusPage>
  );
}
