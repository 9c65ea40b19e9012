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

/**
 * Knows where a direction leads in a part of the page that draws only what can be seen. `moved`: there, and done;
 * `edge`: nowhere on the page; `unknown`: as the screen says.
 */
export type Guide = (direction: Direction, focusKey: string) => 'moved' | 'edge' | 'unknown';

export type TextField = HTMLInputElement | HTMLTextAreaElement;

export class FocusEngine {
  readonly #guides = new Set<Guide>();
  #onWrite: ((field: TextField) => void) | null = null;
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

  /** Asked before the screen; returns the way to send it off. */
  addGuide(guide: Guide): () => void {
    this.#guides.add(guide);
    return () => this.#guides.delete(guide);
  }

  /** Moves to the nearest control in that direction; from nowhere, to the page's first. */
  move(direction: Direction): void {
    if (this.#isLost()) {
      this.restore();
      return;
    }
    const answer = this.#guided(direction);
    if (answer !== 'moved') void this.#moveOrLeap(direction, answer === 'edge');
  }

  #guided(direction: Direction): ReturnType<Guide> {
    const key = document.activeElement?.closest<HTMLElement>('[data-focus-key]')?.dataset['focusKey'];
    if (key === undefined) return 'unknown';
    for (const guide of this.#guides) {
      const answer = guide(direction, key);
      if (answer !== 'unknown') return answer;
    }
    return 'unknown';
  }

  async #moveOrLeap(direction: Direction, isEdge: boolean): Promise<void> {
    const before = getCurrentFocusKey();
    if (!isEdge) await navigateByDirection(direction, {});
    if (getCurrentFocusKey() !== before || !doesFocusableExist(floatingFocusKey)) return;
    const isFloating = document.activeElement?.closest('[data-floating]') !== null;
    if (isFloating) this.focus(pageFocusKey);
    else if (direction === 'down' || direction === 'right') this.focus(floatingFocusKey);
  }

  /** Presses the focused control; a text field wants to be written in instead. */
  select(): void {
    const focused = document.activeElement;
    if (this.#isLost()) this.restore();
    else if (isTextField(focused)) this.#onWrite?.(focused);
    else if (focused instanceof HTMLElement) focused.click();
  }

  /** Told when somebody without a keyboard presses a text field; returns the way to be told no more. */
  onWrite(write: (field: TextField) => void): () => void {
    this.#onWrite = write;
    return () => {
      this.#onWrite = null;
    };
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
    // A grid's own stops are known by their grid.
    const known = target?.closest<HTMLElement>('[data-focus-grid]')?.dataset['focusGrid'] ?? key;
    const present = key !== undefined && doesFocusableExist(key) ? key : known;
    if (present !== undefined && present !== getCurrentFocusKey() && doesFocusableExist(present)) void setFocus(present);
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

export function isTextField(element: Element | null): element is TextField {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(element.type);
}
