// The part of the entry form that says how to connect.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultPorts } from '../../../electron/common/entry';
import { Choice } from '../../ui/Choice';
import { Field } from '../../ui/Field';
import { Switch } from '../../ui/Switch';
import type { FieldErrors, FormFields } from './entry-form';

export interface FieldsProps {
  readonly fields: FormFields;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<FormFields>) => void;
}

type TextField = { [K in keyof FormFields]: FormFields[K] extends string ? (string extends FormFields[K] ? K : never) : never }[keyof FormFields];

/** What every text field of the form shares: its value, its error, its way back, its place in the focus. */
export function bind({ fields, errors, onChange }: FieldsProps, name: TextField): {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly focusKey: string;
} {
  return {
    value: fields[name],
    error: errors[name],
    onChange: (value) => onChange({ [name]: value }),
    focusKey: `field-${name}`,
  };
}

export function ConnectionFields(props: FieldsProps & { readonly hasPassword: boolean }): ReactNode {
  const { t } = useTranslation('entryForm');
  const { fields, onChange, hasPassword } = props;
  return (
    <div className="card form__card">
      <Choice
        label={t('protocol')}
        value={fields.protocol}
        options={[
          { value: 'vnc', label: 'VNC' },
          { value: 'rdp', label: 'RDP' },
        ]}
        onChange={(protocol) => onChange({ protocol })}
      />
      <Field label={t('name')} hint={t('nameHint')} {...bind(props, 'name')} />
      <div className="form__row form__row--wide-first">
        <Field label={t('address')} hint={t('addressHint')} {...bind(props, 'address')} />
        <Field label={t('port')} hint={t('portHint', { usual: defaultPorts[fields.protocol] })} placeholder={String(defaultPorts[fields.protocol])} numeric {...bind(props, 'port')} />
      </div>
      <div className="form__row">
        <Field label={t('username')} hint={t('usernameHint')} {...bind(props, 'username')} />
        <Field label={t('password')} hint={hasPassword ? t('passwordKept') : t('passwordHint')} placeholder={hasPassword ? '••••••••' : undefined} secret {...bind(props, 'password')} />
      </div>
      <div className="form__row">
        <Field label={t('hostName')} hint={t('hostNameHint')} {...bind(props, 'hostName')} />
        <Switch label={t('fullScreen')} hint={t('fullScreenHint')} checked={fields.fullScreen} onChange={(fullScreen) => onChange({ fullScreen })} />
      </div>
    </div>
  );
}
