// One row of Home: a title, and tiles side by side that scroll with the focus; it remembers which one was last.
import type { ReactNode } from 'react';
import { FocusGroup } from '../../navigation/FocusGroup';

interface HomeRowProps {
  readonly title: string;
  readonly focusKey: string;
  readonly size: 'large' | 'middle' | 'small';
  readonly children: ReactNode;
}

export function HomeRow({ title, focusKey, size, children }: HomeRowProps): ReactNode {
  return (
    <section className="home__section" aria-label={title}>
      <h2 className="section__title">{title}</h2>
      <FocusGroup as="ul" className={`home__row home__row--${size}`} focusKey={focusKey}>
        {children}
      </FocusGroup>
    </section>
  );
}
