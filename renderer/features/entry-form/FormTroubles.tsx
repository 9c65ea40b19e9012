// What keeps a form from being saved: fields that need another look, or a refusal by main.
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../electron/common/result';
import { Banner } from '../../ui/Banner';
import type { FieldErrors } from './entry-form';

export function FormRefusal({ failure: { message, advice } }: { readonly failure: Failure }): ReactNode {
  return (
    <Banner tone="bad" icon={CircleAlert} title={message}>
      {advice}
    </Banner>
  );
}

export function FormSummary({ errors }: { readonly errors: FieldErrors }): ReactNode {
  const { t } = useTranslation('entryForm');
  if (Object.keys(errors).length === 0) return null;
  return (
    <span className="field__error" role="status">
      <CircleAlert size="1em" aria-hidden /> {t('summary')}
    </span>
  );
}
