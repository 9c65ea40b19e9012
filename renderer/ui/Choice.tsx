// One of a few, side by side.
import type { ReactNode } from 'react';
import { FocusGroup } from '../navigation/FocusGroup';
import { useFocusTarget } from '../navigation/use-focus-target';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>): ReactNode {
  return (
    <FocusGroup className="choice" role="radiogroup" label={label}>
      {options.map((option) => (
        <Option
          key={option.value}
          label={option.label}
          isChosen={option.value === value}
          onChoose={() => onChange(option.value)}
        />
      ))}
    </FocusGroup>
  );
}

function Option(props: { readonly label: string; readonly isChosen: boolean; readonly onChoose: () => void }): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>();
  return (
    <button {...target} type="button" className="choice__option" role="radio" aria-checked={props.isChosen} onClick={props.onChoose}>
      {props.label}
    </button>
  );
}
