// What the client says of its stream while it runs: nothing at all when it has nothing to say.
import { Gauge, ImageOff, Shuffle, Timer, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StreamQuality } from '../../../electron/common/session';
import { Chip } from '../../ui/Chip';
import { formatMs } from '../../ui/format';
import { texts } from './texts';

export function QualityChips({ quality }: { readonly quality: StreamQuality }): ReactNode {
  const { poor, tooSlow, lostFrames, reordering, controlRttMs } = quality;
  return (
    <>
      {poor && <Chip icon={TriangleAlert} text={texts.poor} tone="warn" />}
      {tooSlow && <Chip icon={Gauge} text={texts.tooSlow} tone="warn" />}
      {lostFrames > 0 && <Chip icon={ImageOff} text={texts.lostFrames(lostFrames)} tone="neutral" />}
      {reordering && <Chip icon={Shuffle} text={texts.reordering} tone="warn" />}
      {controlRttMs !== null && <Chip icon={Timer} text={texts.controlRtt(formatMs(controlRttMs))} tone="warn" />}
    </>
  );
}
