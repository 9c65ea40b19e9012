// A cause with how sure it is, in one line.
import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { causeTitles } from '../../../electron/common/cause-words';
import type { Cause } from '../../../electron/common/trace';
import { Chip } from '../../ui/Chip';
import { causeIcons } from './cause-icons';
import { causeTone, confidenceWords } from './confidence-words';
import { texts } from './texts';

export function CauseChip({ cause }: { readonly cause: Cause | null }): ReactNode {
  if (cause === null) return <Chip icon={Hourglass} text={texts.notJudged} tone="neutral" />;
  const sure = cause.cause === 'unknown' ? '' : `, ${confidenceWords(cause)}`;
  return <Chip icon={causeIcons[cause.cause]} text={`${causeTitles[cause.cause]}${sure}`} tone={causeTone(cause)} />;
}
