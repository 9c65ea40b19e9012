// Something that is on or off.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusTarget } from '../navigation/use-focus-target';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly focusKey?: string;
  /** Its words stand beside it already: only "On" or "Off" is written, the label is spoken. */
  readonly bare?: boolean;
}

export function Switch({ label, hint, checked, onChange, focusKey, bare = false }: SwitchProps): ReactNode {
  const { t } = useTranslation('ui');
  const target = useFocusTarget<HTMLButtonElement>(focusKey);
  return (
    <button
      {...target}
      type="button"
      className={bare ? 'switch switch--bare' : 'switch'}
      role="switch"
      aria-checked={checked}
      aria-label={bare ? label : undefined}
      onClick={() => onChange(!checked)}
    >
      <span className="switch__track">
        <span className="switch__knob" />
      </span>
      {bare ? (
        <span className="switch__state">{checked ? t('on') : t('off')}</span>
      ) : (
        <span className="switch__words">
          <span>{label}</span>
          {hint !== undefined && <span className="switch__hint">{hint}</span>}
        </span>
      )}
    </button>
  );
}
