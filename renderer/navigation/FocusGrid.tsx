// A group whose stops keep their own order, because most of them are not drawn: the engine knows that it is there, and hands the focus over.
import { useFocusable } from '@noriginmedia/norigin-spatial-navigation';
import type { ReactNode } from 'react';

interface FocusGridProps {
  readonly focusKey: string;
  /** It has no stops now: no direction leads to it. */
  readonly isEmpty: boolean;
  /** Gives the focus to one of its stops; the focus may be on one already. */
  readonly onEnter: () => void;
  readonly children: ReactNode;
}

export function FocusGrid({ focusKey, isEmpty, onEnter, children }: FocusGridProps): ReactNode {
  const { ref } = useFocusable<object, HTMLDivElement>({ focusKey, focusable: !isEmpty, onFocus: onEnter });
  return (
    <div ref={ref} data-focus-grid={focusKey}>
      {children}
    </div>
  );
}
