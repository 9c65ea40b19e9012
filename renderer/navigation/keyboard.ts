// What a key press asks for: pure, so that the rules for text fields can be read and tested in one place.
import type { Command } from './command-stack';
import type { Direction } from './focus-engine';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Where the caret stands when a text field has the focus; null when something else has. */
export interface CaretPlace {
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

export type KeyWish =
  | { readonly kind: 'move'; readonly direction: Direction }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'none' };

const directionByKey: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const commandByKey: Readonly<Record<string, Command>> = {
  '/': 'search',
  o: 'options',
  ContextMenu: 'options',
  f: 'favourite',
};

/** Inside a text field the caret keeps left and right until it stands at the end; up and down always leave. */
export function readKey(press: KeyPress, caret: CaretPlace | null): KeyWish {
  // The usual chord for settings; Command stands for Control on a Mac.
  if (press.key === ',' && (press.ctrlKey || press.metaKey) && !press.altKey) return { kind: 'command', command: 'settings' };
  if (press.ctrlKey || press.altKey || press.metaKey) return { kind: 'none' };
  if (press.key === 'F11') return { kind: 'command', command: 'couch' };
  if (press.key === 'Escape') return { kind: 'command', command: 'back' };
  const direction = directionByKey[press.key];
  if (direction !== undefined) {
    const caretKeepsIt =
      caret !== null && ((direction === 'left' && !caret.atStart) || (direction === 'right' && !caret.atEnd));
    return caretKeepsIt ? { kind: 'none' } : { kind: 'move', direction };
  }
  const command = caret === null ? commandByKey[press.key] : undefined;
  return command === undefined ? { kind: 'none' } : { kind: 'command', command };
}

/** A field marked `data-caret="free"` lets go at once, wherever the caret stands. */
export function caretPlaceOf(field: HTMLInputElement | HTMLTextAreaElement): CaretPlace {
  if (field.dataset['caret'] === 'free') return { atStart: true, atEnd: true };
  const { selectionStart, selectionEnd, value } = field;
  const isCollapsed = selectionStart === selectionEnd;
  return { atStart: isCollapsed && selectionStart === 0, atEnd: isCollapsed && selectionEnd === value.length };
}
