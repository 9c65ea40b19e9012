// Makes one control a stop of the focus engine.
import { useFocusable } from '@noriginmedia/norigin-spatial-navigation';
import { useEffect, type RefObject } from 'react';
import { isCalm } from './motion';
import { useNavigation } from './navigation-context';

export interface FocusTarget<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly 'data-focus-key': string;
}

/** @param focusKey a name that stays the same between visits lets the page remember the focus */
export function useFocusTarget<E extends HTMLElement>(focusKey?: string): FocusTarget<E> {
  const { engine } = useNavigation();
  const { ref, focusKey: key } = useFocusable<object, E>({
    ...(focusKey === undefined ? {} : { focusKey }),
    onFocus: ({ node }) => showWhole(node),
  });
  useEffect(() => () => engine.expectFocusSoon(), [engine]);
  return { ref, 'data-focus-key': key };
}

function showWhole(node: HTMLElement): void {
  if (document.documentElement.dataset['input'] === 'pointer') return;
  node.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: isCalm() ? 'instant' : 'smooth' });
}
