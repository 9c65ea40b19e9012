// What the focus is on, in the words that stand there.
import type { Page } from 'playwright-core';

/** A field's label, or a button's text; empty when nothing has the focus. */
export function focusedLabel(window: Page): Promise<string> {
  return window.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return '';
    if (focused instanceof HTMLInputElement) return focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? '';
    return focused.querySelector('.tile__name')?.textContent ?? focused.getAttribute('aria-label') ?? focused.textContent ?? '';
  });
}
