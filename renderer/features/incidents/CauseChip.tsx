// A cause with how sure it is, in one line.
import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cause } from '../../../electron/common/trace';
import { causeTitle } from '../../ui/cause-title';
import { Chip } from '../../ui/Chip';
import { causeIcons } from './cause-icons';
import { causeTone, confidenceWords } from './confidence-words';

export function CauseChip({ cause }: { readonly cause: Cause | null }): ReactNode {
  const { t } = useTranslation('incidents');
  if (cause === null) return <Chip icon={Hourglass} text={t('notJudged')} tone="neutral" />;
  const sure = cause.cause === 'unknown' ? '' : `, ${confidenceWords(cause)}`;
  return <Chip icon={causeIcons[cause.cause]} text={`${causeTitle(cause.cause)}${sure}`} tone={causeTone(cause)} />;
}
