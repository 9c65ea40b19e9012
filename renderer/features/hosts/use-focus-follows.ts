// Keeps the focus with something whose controls change under it, as long as the person is there and nowhere else.
import { useEffect, useRef, type RefObject } from 'react';
import { useNavigation } from '../../navigation/navigation-context';

/**
 * @param stage moves the focus when it changes; not when the panel appears, for then the page chooses
 * @param focusKey the control that is meant to be pressed next in this stage
 * @returns the ref for the panel's outermost element
 */
export function useFocusFollows(stage: string, focusKey: string): { readonly panel: RefObject<HTMLDivElement | null> } {
  const { engine } = useNavigation();
  const panel = useRef<HTMLDivElement>(null);
  const shown = useRef(stage);
  useEffect(() => {
    if (shown.current === stage) return;
    shown.current = stage;
    const focused = document.activeElement;
    // A control that went away leaves the focus on the body.
    if (focused === null || focused === document.body || panel.current?.contains(focused) === true) engine.focus(focusKey);
  }, [engine, stage, focusKey]);
  return { panel };
}
