// Gives the focus to what a session asks, unless the person is busy elsewhere.
import { useEffect } from 'react';
import { useNavigation } from '../../navigation/navigation-context';

/** Once, when it appears: only from the session's own buttons, never out of a field, the sidebar or another page. */
export function useFocusWhenAsked(focusKey: string): void {
  const { engine } = useNavigation();
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body || focused.closest('.hero__actions') !== null) engine.focus(focusKey);
  }, [engine, focusKey]);
}
