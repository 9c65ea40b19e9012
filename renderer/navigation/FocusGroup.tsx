// A group of stops that remembers which one was last: a row, a sidebar, a page. Never without a control in it.
import { FocusContext, useFocusable } from '@noriginmedia/norigin-spatial-navigation';
import { useEffect, type ElementType, type ReactNode } from 'react';
import { pageFocusKey } from './focus-engine';
import { useNavigation } from './navigation-context';

interface FocusGroupProps {
  readonly children: ReactNode;
  readonly as?: ElementType;
  readonly className?: string;
  readonly label?: string;
  readonly role?: string;
  readonly focusKey?: string;
  /** Entered first, until another one was. */
  readonly preferred?: string;
  /** The focus stays inside, as in an open menu. */
  readonly closed?: boolean;
  readonly remembers?: boolean;
}

export function FocusGroup(props: FocusGroupProps): ReactNode {
  const { as: Element = 'div', closed = false, remembers = true } = props;
  const { ref, focusKey } = useFocusable<object, HTMLElement>({
    ...(props.focusKey === undefined ? {} : { focusKey: props.focusKey }),
    ...(props.preferred === undefined ? {} : { preferredChildFocusKey: props.preferred }),
    isFocusBoundary: closed,
    saveLastFocusedChild: remembers,
  });
  return (
    <FocusContext.Provider value={focusKey}>
      <Element ref={ref} className={props.className} aria-label={props.label} role={props.role}>
        {props.children}
      </Element>
    </FocusContext.Provider>
  );
}

interface FocusPageProps {
  /** The route, as the key under which the focus is remembered. */
  readonly page: string;
  readonly preferred?: string;
  readonly className?: string;
  /** false: its controls are not drawn yet, and the focus is given to them later. */
  readonly isReady?: boolean;
  readonly children: ReactNode;
}

/** The page beside the sidebar: takes the focus when it is shown. */
export function FocusPage({ page, preferred, className, isReady = true, children }: FocusPageProps): ReactNode {
  const { engine } = useNavigation();
  const { ref, focusKey } = useFocusable<object, HTMLElement>({
    focusKey: pageFocusKey,
    ...(preferred === undefined ? {} : { preferredChildFocusKey: preferred }),
  });
  useEffect(() => {
    if (isReady) engine.enterPage(page);
  }, [engine, page, isReady]);
  return (
    <FocusContext.Provider value={focusKey}>
      <main ref={ref} className={className} data-page={page}>
        {children}
      </main>
    </FocusContext.Provider>
  );
}
