// What the client says of its stream while it runs: nothing at all when it has nothing to say.
import { Gauge, ImageOff, Shuffle, Timer, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StreamQuality } from '../../../electron/common/session';
import { Chip } from '../../ui/Chip';
import { formatMs } from '../../ui/format';

export function QualityChips({ quality }: { readonly quality: StreamQuality }): ReactNode {
  const { t } = useTranslation('session');
  const { poor, tooSlow, lostFrames, reordering, controlRttMs } = quality;
  return (
    <>
      {poor && <Chip icon={TriangleAlert} text={t('poor')} tone="warn" />}
      {tooSlow && <Chip icon={Gauge} text={t('tooSlow')} tone="warn" />}
      {lostFrames > 0 && <Chip icon={ImageOff} text={t('lostFrames', { count: lostFrames })} tone="neutral" />}
      {reordering && <Chip icon={Shuffle} text={t('reordering')} tone="warn" />}
      {controlRttMs !== null && <Chip icon={Timer} text={t('controlRtt', { ms: formatMs(controlRttMs) })} tone="warn" />}
    </>
  );
}
