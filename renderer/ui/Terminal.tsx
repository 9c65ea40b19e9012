// Shows a client's output as a terminal would, read-only: what the output asks the terminal to do beyond text is not done.
import { lazy, Suspense, type ReactNode } from 'react';
import type { OutputFeed } from './output-feed';

const TerminalScreen = lazy(async () => ({ default: (await import('./TerminalScreen')).TerminalScreen }));

export function Terminal({ feed, label }: { readonly feed: OutputFeed; readonly label: string }): ReactNode {
  return (
    <Suspense fallback={<div className="terminal" />}>
      <TerminalScreen feed={feed} label={label} />
    </Suspense>
  );
}
