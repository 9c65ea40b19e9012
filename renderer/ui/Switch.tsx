// Something that is on or off.
import type { ReactNode } from 'react';
import { useFocusTarget } from '../navigation/use-focus-target';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, hint, checked, onChange }: SwitchProps): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>();
  return (
    <button {...target} type="button" className="switch" role="switch" aria-checked={checked} onClick={() => onChange(!checked)}>
      <span className="switch__track">
        <span className="switch__knob" />
      </span>
      <span className="switch__words">
        <span>{label}</span>
        {hint !== undefined && <span className="switch__hint">{hint}</span>}
      </span>
    </button>
  );
}
