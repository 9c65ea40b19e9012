// A button that the focus engine knows, with busy and unavailable states that keep the focus where it is.
import { LoaderCircle, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useFocusTarget } from '../navigation/use-focus-target';

interface ButtonProps {
  readonly label: string;
  /** Only the icon is drawn; the label is spoken and shown as a tip. */
  readonly iconOnly?: boolean;
  readonly icon?: LucideIcon;
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small';
  readonly focusKey?: string;
  /** Why it can't be pressed now; absent: it can. */
  readonly unavailable?: string | undefined;
  readonly type?: 'submit';
  /** Busy for a reason of its own, such as the form it sends. */
  readonly isBusy?: boolean;
  /** While its promise is open the button is busy and ignores presses. */
  readonly onPress?: () => unknown;
}

export function Button(props: ButtonProps): ReactNode {
  const { label, icon: Icon, look = 'plain', unavailable } = props;
  const target = useFocusTarget<HTMLButtonElement>(props.focusKey);
  const [isPressed, press] = usePress(props.onPress);
  const isBusy = isPressed || props.isBusy === true;
  const classes = ['button'];
  if (look !== 'plain') classes.push(`button--${look}`);
  if (props.size === 'small') classes.push('button--small');
  if (props.iconOnly === true) classes.push('button--icon');
  return (
    <button
      {...target}
      type={props.type ?? 'button'}
      className={classes.join(' ')}
      aria-label={props.iconOnly === true ? label : undefined}
      aria-disabled={unavailable !== undefined || undefined}
      aria-busy={isBusy || undefined}
      title={unavailable ?? (props.iconOnly === true ? label : undefined)}
      onClick={(event) => {
        if (unavailable !== undefined) event.preventDefault();
        else press();
      }}
    >
      {isBusy ? <LoaderCircle size="1.1em" aria-hidden /> : Icon !== undefined && <Icon size="1.1em" aria-hidden />}
      {props.iconOnly === true ? null : <span>{label}</span>}
    </button>
  );
}

/** Runs a press once at a time; tells whether one is under way. */
function usePress(onPress: (() => unknown) | undefined): [isBusy: boolean, press: () => void] {
  const [isBusy, setBusy] = useState(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const press = (): void => {
    if (isBusy) return;
    const running = onPress?.();
    if (!(running instanceof Promise)) return;
    setBusy(true);
    void running.finally(() => {
      if (isMounted.current) setBusy(false);
    });
  };
  return [isBusy, press];
}
