// Athena's mark: an owl's face whose eyes tell the state.
import type { ReactNode } from 'react';

export type OwlState = 'idle' | 'streaming' | 'paused' | 'trouble';

export function OwlMark({ state, size = '2rem' }: { readonly state: OwlState; readonly size?: string }): ReactNode {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden className="owl">
      <path d="M2.6 4.2 Q10.5 4.6 16 10.6 Q21.5 4.6 29.4 4.2" className="owl__brow" />
      <circle cx="9" cy="17.6" r="6.4" className="owl__ring" />
      <circle cx="23" cy="17.6" r="6.4" className="owl__ring" />
      <OwlEyes state={state} />
      <path d="M13.9 23.2 L18.1 23.2 L16 28.6 Z" className="owl__beak" />
    </svg>
  );
}

function OwlEyes({ state }: { readonly state: OwlState }): ReactNode {
  switch (state) {
    case 'paused':
      return (
        <>
          <rect x="7.6" y="14.1" width="2.8" height="7" rx="1" className="owl__pupil" />
          <rect x="21.6" y="14.1" width="2.8" height="7" rx="1" className="owl__pupil" />
        </>
      );
    case 'trouble':
      return (
        <>
          <circle cx="9" cy="17.6" r="2.8" className="owl__pupil" />
          <path d="M20.9 15.5 L25.1 19.7 M25.1 15.5 L20.9 19.7" className="owl__lid" />
        </>
      );
    case 'idle':
      return <path d="M6.2 17.6 Q9 20.4 11.8 17.6 M20.2 17.6 Q23 20.4 25.8 17.6" className="owl__lid" />;
    default:
      return (
        <>
          <circle cx="9" cy="17.6" r="2.8" className="owl__pupil" />
          <circle cx="23" cy="17.6" r="2.8" className="owl__pupil" />
        </>
      );
  }
}
