// The one owner of the focus: wraps the spatial navigation library and keeps it and the DOM's own focus the same thing.
import {
  doesFocusableExist,
  getCurrentFocusKey,
  GetBoundingClientRectAdapter,
  init,
  navigateByDirection,
  setFocus,
  setKeyMap,
} from '@noriginmedia/norigin-spatial-navigation';

export type Direction = 'up' | 'down' | 'left' | 'right';

export const pageFocusKey = 'page';
/** What floats over the page lies in no direction; the edges of the page lead there. */
export const floatingFocusKey = 'floating';

export class FocusEngine {
  /** Where the focus was last on each page. */
  readonly #rememberedByPage = new Map<string, string>();

  /** Before anything is drawn: what is focusable registers while it mounts, children first. Keys are read by our own listener. */
  constructor() {
    init({
      shouldFocusDOMNode: true,
      domNodeFocusOptions: { preventScroll: true },
      layoutAdapter: GetBoundingClientRectAdapter,
    });
    setKeyMap({ left: [], right: [], up: [], down: [], enter: [] });
  }

  /** Follows the DOM's own focus; returns the way to stop. */
  start(): () => void {
    document.addEventListener('focusin', this.#followDom);
    document.addEventListener('focusout', this.#expectFocus);
    window.addEventListener('focus', this.#expectFocus);
    return () => {
      document.removeEventListener('focusin', this.#followDom);
      document.removeEventListener('focusout', this.#expectFocus);
      window.removeEventListener('focus', this.#expectFocus);
    };
  }

  /** Moves to the nearest control in that direction; from nowhere, to the page's first. */
  move(direction: Direction): void {
    if (this.#isLost()) this.restore();
    else void this.#moveOrLeap(direction);
  }

  async #moveOrLeap(direction: Direction): Promise<void> {
    const before = getCurrentFocusKey();
    await navigateByDirection(direction, {});
    if (getCurrentFocusKey() !== before || !doesFocusableExist(floatingFocusKey)) return;
    const isFloating = document.activeElement?.closest('[data-floating]') !== null;
    if (isFloating) this.focus(pageFocusKey);
    else if (direction === 'down' || direction === 'right') this.focus(floatingFocusKey);
  }

  /** Presses the focused control; text fields are not pressed. */
  select(): void {
    const focused = document.activeElement;
    if (this.#isLost()) this.restore();
    else if (focused instanceof HTMLElement && !isTextField(focused)) focused.click();
  }

  /** A control is focused at once, so that the next key already belongs to it; a group chooses its control first. */
  focus(focusKey: string): void {
    const control = elementOf(focusKey);
    if (control === null) void setFocus(focusKey);
    else {
      control.focus({ preventScroll: true });
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  /** Gives a newly shown page the focus: where it was last time, else its preferred control. */
  enterPage(page: string): void {
    const remembered = this.#rememberedByPage.get(page);
    this.focus(remembered !== undefined && doesFocusableExist(remembered) ? remembered : pageFocusKey);
  }

  /** Puts the focus back when it fell to the body: to the same control, its neighbours, or the page. */
  restore(): void {
    if (!this.#isLost()) return;
    const key = getCurrentFocusKey();
    const same = key ? elementOf(key) : null;
    if (same !== null) same.focus({ preventScroll: true });
    else this.focus(pageFocusKey);
  }

  #isLost(): boolean {
    const focused = document.activeElement;
    return focused === null || focused === document.body;
  }

  readonly #followDom = (event: FocusEvent): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-focus-key]') : null;
    const key = target?.dataset['focusKey'];
    const page = target?.closest<HTMLElement>('[data-page]')?.dataset['page'];
    if (key !== undefined && page !== undefined) this.#rememberedByPage.set(page, key);
    if (key !== undefined && key !== getCurrentFocusKey() && doesFocusableExist(key)) void setFocus(key);
  };

  /** A click beside every control, or a control that went away, must not leave the window without a focus. */
  readonly #expectFocus = (): void => {
    setTimeout(() => {
      if (document.hasFocus()) this.restore();
    }, 30);
  };

  /** For a control that unmounts with the focus on it: the DOM tells nobody. */
  expectFocusSoon(): void {
    this.#expectFocus();
  }
}

function elementOf(focusKey: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-focus-key="${CSS.escape(focusKey)}"]`);
}

export function isTextField(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(element.type);
}
