// A keyboard for those who have none in their hands: a pad's press on a text field opens it, and the way back keeps what was written.
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import Keyboard from 'react-simple-keyboard';
import { FocusGrid } from '../navigation/FocusGrid';
import type { Guide, TextField } from '../navigation/focus-engine';
import { useCommand, useNavigation } from '../navigation/navigation-context';
import { routeKey, useRoute } from '../stores/route';
import { keyAt, keyPrefix, nameKeys, nextKey, placeOf, type KeyPlace } from './key-grid';
import { keyWords, layouts, type LayoutName } from './layouts';
import { deleteBackwards, moveCaret, writeText } from './write-text';

export function OnScreenKeyboard(): ReactNode {
  const { engine } = useNavigation();
  const [field, setField] = useState<TextField | null>(null);
  useEffect(() => engine.onWrite(setField), [engine]);
  const close = useCallback(() => {
    field?.focus();
    setField(null);
  }, [field]);
  return field === null ? null : <Keys field={field} onClose={close} />;
}

/** The q, or the 1 of a pad of digits. */
const firstPlace: Readonly<Record<'letters' | 'digits', KeyPlace>> = { letters: { row: 1, column: 0 }, digits: { row: 0, column: 0 } };

function Keys({ field, onClose }: { readonly field: TextField; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('keyboard');
  const start = field.inputMode === 'numeric' ? 'digits' : 'letters';
  const [layout, setLayout] = useState<LayoutName>(start);
  const place = useRef<HTMLDivElement>(null);
  const last = useRef<KeyPlace>(firstPlace[start]);
  const written = useWritten(field);
  const focusLast = useCallback(() => {
    if (place.current !== null) keyAt(place.current, last.current)?.focus({ preventScroll: true });
  }, []);
  useGuide(place, last);
  useEnd(field, onClose);
  useCommand('back', () => {
    onClose();
    return true;
  });
  useHardwareKeys(field);
  const press = (key: string): void => {
    // The page under it may have gone on.
    if (!field.isConnected) onClose();
    else if (key === '{done}') onClose();
    else if (key === '{back}') deleteBackwards(field);
    else if (key === '{left}' || key === '{right}') moveCaret(field, key === '{left}' ? -1 : 1);
    else if (key === '{shift}') setLayout(layout === 'letters' ? 'capitals' : 'letters');
    else if (key === '{signs}') setLayout('signs');
    else if (key === '{letters}') setLayout('letters');
    else {
      writeText(field, key === '{space}' ? ' ' : key);
      if (layout === 'capitals') setLayout('letters');
    }
  };
  const newest = useRef(press);
  useEffect(() => {
    newest.current = press;
  });
  // The same objects each time: the keyboard draws itself anew when an option is another one.
  const options = useMemo(
    () => ({
      display: keyWords(),
      onKeyPress: (key: string) => newest.current(key),
      onRender: () => {
        if (place.current === null) return;
        nameKeys(place.current);
        focusLast();
      },
    }),
    [focusLast],
  );
  return (
    <section className={layout === 'digits' ? 'writing writing--digits' : 'writing'} aria-label={t('label')}>
      <FocusGrid focusKey="writing" isEmpty={false} onEnter={focusLast}>
        <p className="writing__text">
          <span className="writing__label">{labelOf(field)}</span>
          <output className="writing__value ellipsis" dir="auto">
            {field.type === 'password' ? '•'.repeat(written.length) : written}
          </output>
        </p>
        <div ref={place}>
          <Keyboard {...options} layout={layouts} layoutName={layout} useButtonTag useMouseEvents disableCaretPositioning theme="writing__keys" />
        </div>
      </FocusGrid>
    </section>
  );
}

/** Follows what stands in the field, whoever wrote it. */
function useWritten(field: TextField): string {
  const [written, setWritten] = useState(field.value);
  useEffect(() => {
    // After its page has had its say.
    const follow = (): void => void setTimeout(() => setWritten(field.value));
    field.addEventListener('input', follow);
    return () => field.removeEventListener('input', follow);
  }, [field]);
  return written;
}

function useGuide(place: { readonly current: HTMLDivElement | null }, last: { current: KeyPlace }): void {
  const { engine } = useNavigation();
  useEffect(() => {
    const guide: Guide = (direction, focusKey) => {
      const from = focusKey.startsWith(keyPrefix) ? placeOf(focusKey) : null;
      if (from === null || place.current === null) return 'unknown';
      const next = nextKey(place.current, from, direction);
      next?.focus({ preventScroll: true });
      last.current = placeOf(next?.dataset['focusKey'] ?? focusKey) ?? from;
      // Nothing lies beyond its edges: the way out is back, or Done.
      return 'moved';
    };
    return engine.addGuide(guide);
  }, [engine, place, last]);
}

/** Another page came up by itself, and its field went: the page has the focus already. */
function useEnd(field: TextField, onClose: () => void): void {
  const page = useRoute(({ route }) => routeKey(route));
  useEffect(() => {
    if (!field.isConnected) onClose();
  }, [page, field, onClose]);
}

/** Who has a keyboard after all may type on it. */
function useHardwareKeys(field: TextField): void {
  useEffect(() => {
    const type = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.key === 'Backspace') deleteBackwards(field);
      else if (event.key.length === 1) writeText(field, event.key);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', type, { capture: true });
    return () => window.removeEventListener('keydown', type, { capture: true });
  }, [field]);
}

function labelOf(field: TextField): string {
  const told = [field.labels?.[0]?.textContent, field.getAttribute('aria-label'), field.placeholder];
  return told.find((text) => text !== null && text !== undefined && text.trim() !== '') ?? '';
}
