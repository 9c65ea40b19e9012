// What went wrong, with its advice, standing where it was tried.
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../electron/common/result';

export function FailureNote({ failure }: { readonly failure: Pick<Failure, 'message' | 'advice'> }): ReactNode {
  return (
    <div className="banner" data-tone="bad">
      <CircleAlert size="1.25em" aria-hidden />
      <div>
        <p className="banner__title banner__title--long">{failure.message}</p>
        <p className="banner__text">{failure.advice}</p>
      </div>
    </div>
  );
}
