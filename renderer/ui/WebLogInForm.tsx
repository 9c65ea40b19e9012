// The log-in of a host's own web page: the password lives in this field and in the one question that is asked with it.
import type { LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup } from '../navigation/FocusGroup';
import { Button } from './Button';
import { Field } from './Field';

interface WebLogInFormProps {
  readonly focusKey: string;
  readonly action: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  readonly onSubmit: (logIn: { readonly username: string; readonly password: string }) => Promise<void>;
}

export function WebLogInForm({ focusKey, action, icon, danger = false, onSubmit }: WebLogInFormProps): ReactNode {
  const { t } = useTranslation('ui');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isNameMissing, setNameMissing] = useState(false);
  const [isSending, setSending] = useState(false);

  const submit = async (): Promise<void> => {
    if (isSending) return;
    setNameMissing(username.trim() === '');
    if (username.trim() === '') return;
    setSending(true);
    setPassword('');
    await onSubmit({ username: username.trim(), password });
    setSending(false);
  };

  return (
    <form
      className="web-log-in"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FocusGroup className="web-log-in__row" focusKey={focusKey} preferred={`${focusKey}-username`}>
        <Field label={t('webLogIn.username')} value={username} onChange={setUsername} error={isNameMissing ? t('webLogIn.noName') : undefined} focusKey={`${focusKey}-username`} />
        <Field label={t('webLogIn.password')} secret value={password} onChange={setPassword} focusKey={`${focusKey}-password`} />
        <Button label={action} icon={icon} look={danger ? 'danger' : 'primary'} type="submit" focusKey={`${focusKey}-submit`} isBusy={isSending} />
      </FocusGroup>
      <p className="field__hint">{t('webLogIn.note')}</p>
    </form>
  );
}
