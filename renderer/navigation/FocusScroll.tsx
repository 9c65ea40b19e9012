// A list that may be longer than its place: one stop of the focus while it is, which up and down scroll before they leave it.
import { useFocusable } from '@noriginmedia/norigin-spatial-navigation';
import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import type { Guide } from './focus-engine';
import { useNavigation } from './navigation-context';

interface FocusScrollProps {
  readonly focusKey: string;
  readonly className: string;
  /** What is read out when the focus comes to it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Of what is seen, so that a line seen before stays to read on from. */
const step = 0.7;

export function FocusScroll({ focusKey, className, label, children }: FocusScrollProps): ReactNode {
  const { engine } = useNavigation();
  const [isLong, setLong] = useState(false);
  const { ref } = useFocusable<object, HTMLOListElement>({ focusKey, focusable: isLong });
  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null) return undefined;
    const look = (): void => setLong(list.scrollHeight > list.clientHeight + 1);
    const watch = new ResizeObserver(look);
    watch.observe(list);
    look();
    return () => watch.disconnect();
  }, [ref, children]);
  useEffect(() => {
    const guide: Guide = (direction, key) => {
      const list = ref.current;
      if (key !== focusKey || list === null || (direction !== 'up' && direction !== 'down')) return 'unknown';
      const before = list.scrollTop;
      list.scrollTop += (direction === 'up' ? -1 : 1) * step * list.clientHeight;
      return list.scrollTop === before ? 'unknown' : 'moved';
    };
    return engine.addGuide(guide);
  }, [engine, focusKey, ref]);
  return (
    <ol ref={ref} className={className} {...(isLong && { 'data-focus-key': focusKey, tabIndex: 0, 'aria-label': label })}>
      {children}
    </ol>
  );
}
