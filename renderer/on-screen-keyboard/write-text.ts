// Writes into a text field as a keyboard would: at its caret, with React and everybody else told.
import type { TextField } from '../navigation/focus-engine';

interface Selection {
  readonly start: number;
  readonly end: number;
}

export function writeText(field: TextField, text: string): void {
  const { start, end } = selectionOf(field);
  replace(field, text, { start, end });
}

/** Takes away what is selected, else the sign before the caret, whole. */
export function deleteBackwards(field: TextField): void {
  const { start, end } = selectionOf(field);
  if (start !== end) {
    replace(field, '', { start, end });
    return;
  }
  const [last] = [...field.value.slice(0, start)].slice(-1);
  if (last !== undefined) replace(field, '', { start: start - last.length, end });
}

export function moveCaret(field: TextField, step: -1 | 1): void {
  const { start, end } = selectionOf(field);
  const to = Math.min(Math.max(0, (step < 0 ? start : end) + step), field.value.length);
  field.setSelectionRange(to, to);
}

function selectionOf(field: TextField): Selection {
  const { selectionStart, selectionEnd, value } = field;
  return { start: selectionStart ?? value.length, end: selectionEnd ?? value.length };
}

function replace(field: TextField, text: string, { start, end }: Selection): void {
  if (field.maxLength >= 0 && field.value.length - (end - start) + text.length > field.maxLength) return;
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
