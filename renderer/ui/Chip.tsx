// A state in one line: icon, word and tone together, never the colour alone.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from './tone';

interface ChipProps {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly tone: Tone;
  /** Without a ground of its own, for rows. */
  readonly plain?: boolean;
  readonly turning?: boolean;
  readonly title?: string | undefined;
}

export function Chip({ icon: Icon, text, tone, plain = false, turning = false, title }: ChipProps): ReactNode {
  return (
    <span className={plain ? 'chip chip--plain' : 'chip'} data-tone={tone} title={title}>
      <Icon size="1.05em" aria-hidden className={turning ? 'turning' : undefined} />
      <span className="chip__text">{text}</span>
    </span>
  );
}
