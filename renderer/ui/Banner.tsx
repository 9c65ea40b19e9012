// A bar that tells something lasting, with what can be done about it.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from './tone';

interface BannerProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function Banner({ tone, icon: Icon, title, children, actions }: BannerProps): ReactNode {
  return (
    <div className="banner" data-tone={tone} role="status">
      <Icon size="1.25em" aria-hidden />
      <div>
        <p className="banner__title">{title}</p>
        {children !== undefined && <div className="banner__text">{children}</div>}
      </div>
      {actions !== undefined && <div className="banner__actions">{actions}</div>}
    </div>
  );
}
