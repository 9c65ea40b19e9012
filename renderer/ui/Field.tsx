// A labelled text field with its hint or its error.
import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useFocusTarget } from '../navigation/use-focus-target';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly secret?: boolean;
  readonly numeric?: boolean;
  readonly mono?: boolean;
  readonly focusKey?: string;
  /** Left and right lead out of the field at once, wherever the caret stands. */
  readonly caretIsFree?: boolean;
}

export function Field(props: FieldProps): ReactNode {
  const id = useId();
  const target = useFocusTarget<HTMLInputElement>(props.focusKey);
  const note = props.error ?? props.hint;
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {props.label}
      </label>
      <input
        {...target}
        id={id}
        className={props.mono === true ? 'field__box mono' : 'field__box'}
        type={props.secret === true ? 'password' : 'text'}
        inputMode={props.numeric === true ? 'numeric' : undefined}
        value={props.value}
        placeholder={props.placeholder}
        autoComplete="off"
        data-caret={props.caretIsFree === true ? 'free' : undefined}
        spellCheck={false}
        aria-invalid={props.error !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.error !== undefined ? (
        <p className="field__error" id={`${id}-note`}>
          <CircleAlert size="1em" aria-hidden /> {props.error}
        </p>
      ) : (
        props.hint !== undefined && (
          <p className="field__hint" id={`${id}-note`}>
            {props.hint}
          </p>
        )
      )}
    </div>
  );
}
