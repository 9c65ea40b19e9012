// One of a few, side by side.
import type { ReactNode } from 'react';
import { FocusGroup } from '../navigation/FocusGroup';
import { useFocusTarget } from '../navigation/use-focus-target';

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** A second, quiet line. */
  readonly note?: string;
  /** Why it can't be chosen now; absent: it can. */
  readonly unavailable?: string | undefined;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  /** null: none of them is chosen. */
  readonly value: T | null;
  readonly options: readonly ChoiceOption<T>[];
  readonly onChange: (value: T) => void;
  /** A name that stays the same between visits; the group is then entered at what is chosen. */
  readonly focusKey?: string;
  /** Fills the row, every option as wide as the others. */
  readonly wide?: boolean;
}

export function Choice<T extends string>({ label, value, options, onChange, focusKey, wide = false }: ChoiceProps<T>): ReactNode {
  const isNamed = focusKey !== undefined;
  return (
    <FocusGroup
      className={wide ? 'choice choice--wide' : 'choice'}
      role="radiogroup"
      label={label}
      {...(isNamed ? { focusKey, remembers: false, preferred: optionKey(focusKey, value ?? options[0]?.value ?? '') } : {})}
    >
      {options.map((option) => (
        <Option
          key={option.value}
          option={option}
          focusKey={isNamed ? optionKey(focusKey, option.value) : undefined}
          isChosen={option.value === value}
          onChoose={() => onChange(option.value)}
        />
      ))}
    </FocusGroup>
  );
}

/** Of one option of a choice that has a name. */
export function optionKey(focusKey: string, value: string): string {
  return `${focusKey}:${value}`;
}

interface OptionProps {
  readonly option: ChoiceOption<string>;
  readonly focusKey: string | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Option({ option, focusKey, isChosen, onChoose }: OptionProps): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(focusKey);
  const { label, note, unavailable } = option;
  return (
    <button
      {...target}
      type="button"
      className="choice__option"
      role="radio"
      aria-checked={isChosen}
      aria-disabled={unavailable !== undefined || undefined}
      aria-description={unavailable}
      title={unavailable}
      onClick={() => {
        if (unavailable === undefined) onChoose();
      }}
    >
      {note === undefined ? (
        label
      ) : (
        <>
          <span className="choice__label ellipsis">{label}</span>
          <span className="only-spoken">, </span>
          <span className="choice__note ellipsis" dir="auto">
            {note}
          </span>
        </>
      )}
    </button>
  );
}
