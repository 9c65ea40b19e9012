// Tells screen readers, politely, when a session's state changes; each change once.
import { useState, type ReactNode } from 'react';
import { useSessions } from './stores/sessions';
import { sessionWords } from './ui/session-words';

export function SessionVoice(): ReactNode {
  const sentence = useSessions(({ sessions }) => {
    const newest = [...sessions].sort((a, b) => lastMarkAt(a) - lastMarkAt(b)).at(-1);
    return newest === undefined ? '' : `${newest.name}: ${sessionWords(newest).text}`;
  });
  // What was so when the window opened is on the page already.
  const [first] = useState(sentence);
  return (
    <p className="only-spoken" role="status" aria-live="polite" data-voice>
      {sentence === first ? '' : sentence}
    </p>
  );
}

function lastMarkAt({ marks, startedAtMs }: { readonly marks: readonly { readonly atMs: number }[]; readonly startedAtMs: number }): number {
  return marks.at(-1)?.atMs ?? startedAtMs;
}
