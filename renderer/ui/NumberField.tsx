// A number with its unit, to be typed, or stepped by two buttons where there is no keyboard.
import { CircleAlert, Minus, Plus, type LucideIcon } from 'lucide-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../language/language';
import { formatCount } from '../language/locale';
import { useCommand } from '../navigation/navigation-context';
import { useFocusTarget } from '../navigation/use-focus-target';
import { readNumber, stepNumber, writeNumber, type NumberLimits, type NumberReading } from './number-text';

const words = wordsOf('ui');

interface NumberFieldProps extends NumberLimits {
  /** What it is, spoken, and written above it with `showLabel`. */
  readonly label: string;
  readonly showLabel?: boolean;
  readonly unit: string;
  readonly value: number;
  /** How far a press of + goes from there. */
  readonly stepFrom: (value: number) => number;
  /** Called with what was typed once it is done (Enter, or leaving the field) and within the limits. */
  readonly onCommit: (value: number) => Promise<unknown>;
  readonly focusKey: string;
}

export function NumberField(props: NumberFieldProps): ReactNode {
  const { t } = useTranslation('ui');
  const { label, unit, value, min, max, focusKey, onCommit } = props;
  const id = useId();
  const target = useFocusTarget<HTMLInputElement>(focusKey);
  // Only while it differs from the value: being typed, or on its way.
  const [draft, setDraft] = useState<string | null>(null);
  const [isTyping, setTyping] = useState(false);
  const commits = useRef(0);
  const shown = draft ?? writeNumber(value);
  const reading = readNumber(shown, props);
  const error = reading.ok ? null : errorWords(reading.why, label, unit, props);

  const commit = async (next: number): Promise<void> => {
    setDraft(writeNumber(next));
    setTyping(false);
    commits.current += 1;
    const mine = commits.current;
    await onCommit(next);
    if (mine === commits.current) setDraft(null);
  };
  const finish = (): void => {
    if (!isTyping) return;
    if (reading.ok && reading.value !== value) void commit(reading.value);
    else if (reading.ok) dropDraft();
  };
  const dropDraft = (): void => {
    setDraft(null);
    setTyping(false);
  };
  useCommand('back', () => {
    if (!isTyping || document.activeElement !== target.ref.current) return false;
    dropDraft();
    return true;
  });
  const base = reading.ok ? reading.value : value;
  const step = (direction: 1 | -1): void => {
    // Downwards from a border between two steps the smaller one counts.
    const next = stepNumber(base, direction, props.stepFrom(direction > 0 ? base : base - 1e-6), props);
    if (next !== base || !reading.ok) void commit(next);
  };

  return (
    <div className="number">
      {props.showLabel === true && (
        <label className="field__label" htmlFor={id}>
          {label}
        </label>
      )}
      <div className="number__row">
        <Step icon={Minus} label={t('number.less', { label })} isAtEnd={base <= min} onPress={() => step(-1)} />
        <span className="number__box">
          <input
            {...target}
            id={id}
            className="field__box number__input figures"
            type="text"
            inputMode="decimal"
            // Left and right lead to the steps until somebody types.
            data-caret={isTyping ? undefined : 'free'}
            aria-label={`${label}, ${unit}`}
            aria-invalid={error !== null || undefined}
            aria-describedby={error === null ? undefined : `${id}-error`}
            autoComplete="off"
            spellCheck={false}
            size={7}
            value={shown}
            onChange={(event) => {
              setDraft(event.target.value);
              setTyping(true);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') finish();
            }}
            onBlur={finish}
          />
          <span className="number__unit" aria-hidden>
            {unit}
          </span>
        </span>
        <Step icon={Plus} label={t('number.more', { label })} isAtEnd={base >= max} onPress={() => step(1)} />
      </div>
      {error !== null && (
        <p className="field__error" id={`${id}-error`} role="alert">
          <CircleAlert size="1em" aria-hidden /> {error}
        </p>
      )}
    </div>
  );
}

function errorWords(why: Extract<NumberReading, { ok: false }>['why'], label: string, unit: string, { min, max }: NumberLimits): string {
  const range = words('number.range', { min: formatCount(min), max: formatCount(max), unit });
  return words(`number.${why}`, { range, label });
}

interface StepProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly isAtEnd: boolean;
  readonly onPress: () => void;
}

function Step({ icon: Icon, label, isAtEnd, onPress }: StepProps): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>();
  return (
    <button {...target} type="button" className="number__step" aria-label={label} aria-disabled={isAtEnd || undefined} onClick={isAtEnd ? undefined : onPress}>
      <Icon size="1.1em" aria-hidden />
    </button>
  );
}
