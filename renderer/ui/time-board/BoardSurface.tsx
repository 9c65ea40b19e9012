// The part of a board that hands work on: a drag zooms, Shift drags along, the wheel with Ctrl zooms; keys and pads once they have entered it.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { useFocusTarget } from '../../navigation/use-focus-target';
import type { Board } from './board';
import { moved, pan, within, zoom, type TimeLimits, type TimeView, type ViewMove } from './time-view';

interface BoardSurfaceProps {
  readonly board: RefObject<Board | null>;
  readonly focusKey: string;
  readonly label: string;
  /** Id of what is said about its keys. */
  readonly hint: string;
  readonly view: TimeView;
  readonly limits: () => TimeLimits;
  readonly onView: (view: TimeView) => void;
  readonly onReset: () => void;
}

const moveByKey: Readonly<Record<string, ViewMove>> = { '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', ',': 'earlier', '.': 'later' };
const moveByDirection = { up: 'zoom-in', down: 'zoom-out', left: 'earlier', right: 'later' } as const;
/** A press that moves less than this was a click. */
const dragPx = 6;
const cursorStepPx = 12;

interface Drag {
  readonly startX: number;
  readonly startMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: 'zoom' | 'pan';
}

export function BoardSurface(props: BoardSurfaceProps): ReactNode {
  const { t } = useTranslation('ui');
  const { board, focusKey, view, limits, onView, onReset } = props;
  const target = useFocusTarget<HTMLDivElement>(focusKey);
  const { engine } = useNavigation();
  const [isEntered, setEntered] = useState(false);
  const drag = useRef<Drag | null>(null);
  const selection = useRef<HTMLDivElement>(null);

  const move = (which: ViewMove): void => onView(moved(view, which, board.current?.cursorMs ?? null, limits()));
  const latest = useRef({ move, view, limits, onView });
  useEffect(() => {
    latest.current = { move, view, limits, onView };
  });
  useEffect(() => {
    if (!isEntered) return undefined;
    return engine.addGuide((direction, key) => {
      if (key !== focusKey) return 'unknown';
      latest.current.move(moveByDirection[direction]);
      return 'moved';
    });
  }, [engine, isEntered, focusKey]);
  useCommand('back', () => {
    if (!isEntered) return false;
    setEntered(false);
    return true;
  });
  useWheel(target.ref, board, latest);

  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const wished = moveByKey[event.key];
    if (wished !== undefined) move(wished);
    else if (event.shiftKey && event.key === 'ArrowLeft') move('earlier');
    else if (event.shiftKey && event.key === 'ArrowRight') move('later');
    else if (event.key === '[' || event.key === ']') board.current?.stepCursor(event.key === '[' ? -cursorStepPx : cursorStepPx);
    else if (event.key === '0') onReset();
    else if (event.key === 'Enter') setEntered((entered) => !entered);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const xOf = (event: PointerEvent): number => event.clientX - (target.ref.current?.getBoundingClientRect().left ?? 0);
  const onDown = (event: PointerEvent): void => {
    const at = board.current;
    if (at === null || (event.button !== 0 && event.button !== 1)) return;
    const startX = xOf(event);
    drag.current = { startX, startMs: at.timeAt(startX), ...at.span, kind: event.shiftKey || event.button === 1 ? 'pan' : 'zoom' };
    target.ref.current?.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    const x = xOf(event);
    board.current?.pointAt(x);
    const held = drag.current;
    const width = target.ref.current?.clientWidth ?? 1;
    if (held === null) return;
    if (held.kind === 'pan') onView(pan(held, -((x - held.startX) / width) * (held.toMs - held.fromMs), limits()));
    else mark(selection.current, held.startX, Math.max(0, Math.min(width, x)));
  };
  const onUp = (event: PointerEvent): void => {
    const held = drag.current;
    drag.current = null;
    if (selection.current !== null) selection.current.hidden = true;
    const x = xOf(event);
    if (held === null || held.kind === 'pan' || Math.abs(x - held.startX) < dragPx) return;
    const endMs = board.current?.timeAt(x) ?? held.startMs;
    onView(within({ fromMs: Math.min(held.startMs, endMs), toMs: Math.max(held.startMs, endMs) }, limits()));
  };
  return (
    <div
      {...target}
      data-board="surface"
      data-entered={isEntered || undefined}
      className="board__surface"
      tabIndex={0}
      role="group"
      aria-roledescription="graph"
      aria-label={props.label}
      aria-describedby={props.hint}
      onKeyDown={onKey}
      // A pad's press is a click without a pointer.
      onClick={(event) => event.detail === 0 && setEntered((entered) => !entered)}
      onDoubleClick={onReset}
      onBlur={() => setEntered(false)}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => (drag.current = null)}
      onPointerLeave={() => board.current?.pointAt(null)}
    >
      <div data-board="cursor" className="board__cursor" hidden />
      <div ref={selection} className="board__selection" hidden />
      <span data-board="cursor-time" className="board__cursor-time figures" hidden />
      {isEntered && <span className="board__entered">{t('board.entered')}</span>}
    </div>
  );
}

function mark(selection: HTMLElement | null, fromX: number, toX: number): void {
  if (selection === null) return;
  selection.hidden = Math.abs(toX - fromX) < dragPx;
  selection.style.transform = `translateX(${Math.min(fromX, toX)}px)`;
  selection.style.width = `${Math.abs(toX - fromX)}px`;
}

type Latest = RefObject<{ readonly view: TimeView; readonly limits: () => TimeLimits; readonly onView: (view: TimeView) => void }>;

/** React listens to wheels passively, and a page that zooms must not scroll meanwhile. */
function useWheel(place: RefObject<HTMLElement | null>, board: RefObject<Board | null>, latest: Latest): void {
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      const at = board.current;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (at === null || (!event.ctrlKey && sideways === 0)) return;
      event.preventDefault();
      const { limits, onView } = latest.current;
      const { span } = at;
      if (event.ctrlKey) onView(zoom(span, 2 ** (event.deltaY / 240), at.timeAt(event.clientX - element.getBoundingClientRect().left), limits()));
      else onView(pan(span, (sideways / element.clientWidth) * (span.toMs - span.fromMs), limits()));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [place, board, latest]);
}
