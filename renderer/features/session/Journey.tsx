// What happened in this session, newest first, with the time between the steps.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../electron/common/session';
import { say } from '../../language/told';
import { FocusScroll } from '../../navigation/FocusScroll';
import { formatClock, formatGap } from '../../ui/format';
import { markTones } from '../../ui/latency-graph/mark-layout';

const shownMarks = 60;

export function Journey({ marks }: { readonly marks: readonly Mark[] }): ReactNode {
  const { t } = useTranslation('session');
  if (marks.length === 0) return <p className="faint">{t('journeyEmpty')}</p>;
  const steps = marks.map((mark, index) => ({ mark, gapMs: mark.atMs - (marks[index - 1]?.atMs ?? mark.atMs) }));
  return (
    <FocusScroll focusKey="journey" className="journey" label={t('journey')}>
      {steps
        .slice(-shownMarks)
        .reverse()
        .map(({ mark, gapMs }, index) => (
          <li key={`${mark.atMs}:${mark.kind}:${index}`} className="journey__step" data-tone={markTones[mark.kind]}>
            <span className="journey__dot" aria-hidden />
            <span className="journey__text">{say(mark.text)}</span>
            <span className="journey__gap figures">{gapMs > 0 ? `+${formatGap(gapMs)}` : ''}</span>
            <time className="journey__time figures">{formatClock(mark.atMs)}</time>
          </li>
        ))}
    </FocusScroll>
  );
}
