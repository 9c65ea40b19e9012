// Lanes under each other on one axis of time, with one cursor: heads and read-outs are elements, lines are drawn by Board.
import { TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Board } from './board';
import type { BoardLane, BoardMark } from './board-lane';
import { BoardSurface } from './BoardSurface';
import type { TimeLimits, TimeView } from './time-view';
import type { ScaleKind } from './value-scale';

interface TimeBoardProps {
  readonly label: string;
  readonly focusKey: string;
  readonly lanes: readonly BoardLane[];
  readonly marks: readonly BoardMark[];
  readonly view: TimeView;
  readonly scale: ScaleKind;
  readonly limits: () => TimeLimits;
  readonly onView: (view: TimeView) => void;
  /** Back to what was shown first. */
  readonly onReset: () => void;
}

export function TimeBoard({ label, focusKey, lanes, marks, view, scale, limits, onView, onReset }: TimeBoardProps): ReactNode {
  const { t } = useTranslation('ui');
  const root = useRef<HTMLDivElement>(null);
  const board = useRef<Board | null>(null);
  const hint = useId();
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    if (board.current === null) board.current = new Board(element, { lanes, marks, view, scale });
    else board.current.show({ lanes, marks, view, scale });
  }, [lanes, marks, view, scale]);
  useEffect(
    () => () => {
      board.current?.dispose();
      board.current = null;
    },
    [],
  );
  return (
    <div ref={root} className="board" role="group" aria-label={label}>
      <div className="board__row">
        <div className="board__strip" data-board="strip">
          <canvas aria-hidden />
        </div>
      </div>
      {lanes.map((lane) => (
        <Lane key={lane.key} lane={lane} />
      ))}
      <div className="board__row">
        <div className="board__times" data-board="times">
          <canvas aria-hidden />
        </div>
      </div>
      <BoardSurface board={board} focusKey={focusKey} label={label} hint={hint} view={view} limits={limits} onView={onView} onReset={onReset} />
      <p id={hint} className="only-spoken">
        {t('board.keys')}
      </p>
    </div>
  );
}

function Lane({ lane: { key, title, note, content, trouble } }: { readonly lane: BoardLane }): ReactNode {
  return (
    <div className="board__lane" data-board-lane={key} role="group" aria-label={`${title}, ${note}`}>
      <div className="board__head">
        <bdi className="board__title ellipsis" title={title}>
          {title}
        </bdi>
        <span className="board__note ellipsis" title={trouble ?? note} data-tone={trouble === undefined ? undefined : 'warn'}>
          {trouble !== undefined && <TriangleAlert size="1em" aria-hidden />}
          <bdi className="ellipsis">{trouble ?? note}</bdi>
        </span>
      </div>
      <div className="board__plot">
        <canvas aria-hidden />
        {content.kind === 'nothing' && <span className="board__nothing">{content.why}</span>}
      </div>
      <div className="board__read figures">
        <span className="board__value" data-read="value">
          –
        </span>
        <span className="board__rest" data-read="rest" />
        <span className="board__rest" data-read="last" />
      </div>
    </div>
  );
}
