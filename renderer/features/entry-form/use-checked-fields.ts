// The fields of a form while they are typed: checked when they are sent, and kept true from then on.
import { useState } from 'react';
import { useNavigation } from '../../navigation/navigation-context';
import { emptyFields, type Checked, type FieldErrors, type FormFields } from './entry-form';

export interface CheckedFields<Form> {
  readonly fields: FormFields;
  readonly errors: FieldErrors;
  readonly change: (part: Partial<FormFields>) => void;
  /** @returns null: something is wrong; it is told at its field, and the first one has the focus */
  readonly accept: () => Form | null;
}

export function useCheckedFields<Form>(begin: () => FormFields, check: (fields: FormFields) => Checked<Form>): CheckedFields<Form> {
  const { engine } = useNavigation();
  const [fields, setFields] = useState<FormFields>(begin);
  const [errors, setErrors] = useState<FieldErrors>({});
  return {
    fields,
    errors,
    change: (part) => {
      const next = { ...fields, ...part };
      setFields(next);
      // Before anything was sent, nobody is corrected.
      if (Object.keys(errors).length === 0) return;
      const checked = check(next);
      setErrors(checked.ok ? {} : checked.errors);
    },
    accept: () => {
      const checked = check(fields);
      if (checked.ok) return checked.form;
      setErrors(checked.errors);
      const first = Object.keys(emptyFields).find((field) => field in checked.errors);
      if (first !== undefined) engine.focus(`field-${first}`);
      return null;
    },
  };
}
