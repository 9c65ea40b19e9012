// The buttons of a board: what keys and pointer do, for everybody else.
import { ChevronLeft, ChevronRight, RotateCcw, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup } from '../../navigation/FocusGroup';
import { Button } from '../Button';
import { moved, type TimeLimits, type TimeView, type ViewMove } from './time-view';

interface BoardToolsProps {
  readonly name: string;
  readonly view: TimeView;
  readonly limits: () => TimeLimits;
  readonly onView: (view: TimeView) => void;
  readonly onReset: () => void;
  /** Why there is nothing to go back to; absent: there is. */
  readonly resetUnavailable: string | undefined;
}

export function BoardTools({ name, view, limits, onView, onReset, resetUnavailable }: BoardToolsProps): ReactNode {
  const { t } = useTranslation('ui');
  const act = (move: ViewMove) => () => onView(moved(view, move, null, limits()));
  return (
    <FocusGroup className="board-tools" role="group" label={t('board.time')}>
      <Button focusKey={`${name}-earlier`} label={t('board.earlier')} icon={ChevronLeft} iconOnly look="quiet" onPress={act('earlier')} />
      <Button focusKey={`${name}-later`} label={t('board.later')} icon={ChevronRight} iconOnly look="quiet" onPress={act('later')} />
      <Button focusKey={`${name}-zoom-out`} label={t('board.zoomOut')} icon={ZoomOut} iconOnly look="quiet" onPress={act('zoom-out')} />
      <Button focusKey={`${name}-zoom-in`} label={t('board.zoomIn')} icon={ZoomIn} iconOnly look="quiet" onPress={act('zoom-in')} />
      <Button focusKey={`${name}-reset`} label={t('board.reset')} icon={RotateCcw} size="small" look="quiet" unavailable={resetUnavailable} onPress={onReset} />
    </FocusGroup>
  );
}
