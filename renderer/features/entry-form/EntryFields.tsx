// The part of the entry form that says how to connect.
import type { ReactNode } from 'react';
import { defaultPorts } from '../../../electron/common/entry';
import { Choice } from '../../ui/Choice';
import { Field } from '../../ui/Field';
import { Switch } from '../../ui/Switch';
import type { FieldErrors, FormFields } from './entry-form';
import { texts } from './texts';

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
  const { fields, onChange, hasPassword } = props;
  return (
    <div className="card form__card">
      <Choice
        label={texts.protocol}
        value={fields.protocol}
        options={[
          { value: 'vnc', label: 'VNC' },
          { value: 'rdp', label: 'RDP' },
        ]}
        onChange={(protocol) => onChange({ protocol })}
      />
      <Field label={texts.name} hint={texts.nameHint} {...bind(props, 'name')} />
      <div className="form__row form__row--wide-first">
        <Field label={texts.address} hint={texts.addressHint} {...bind(props, 'address')} />
        <Field label={texts.port} hint={texts.portHint(defaultPorts[fields.protocol])} placeholder={String(defaultPorts[fields.protocol])} numeric {...bind(props, 'port')} />
      </div>
      <div className="form__row">
        <Field label={texts.username} hint={texts.usernameHint} {...bind(props, 'username')} />
        <Field label={texts.password} hint={hasPassword ? texts.passwordKept : texts.passwordHint} placeholder={hasPassword ? '••••••••' : undefined} secret {...bind(props, 'password')} />
      </div>
      <div className="form__row">
        <Field label={texts.hostName} hint={texts.hostNameHint} {...bind(props, 'hostName')} />
        <Switch label={texts.fullScreen} hint={texts.fullScreenHint} checked={fields.fullScreen} onChange={(fullScreen) => onChange({ fullScreen })} />
      </div>
    </div>
  );
}
