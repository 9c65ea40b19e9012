// A client's output as one unbroken text: what was printed so far, then each push from where that ended.
import type { SessionId } from '../../electron/common/ids';
import type { PushPayload } from '../../electron/common/ipc-contract';
import { bridge } from '../bridge';
import { ask } from './request';

type Printed = PushPayload<'session:printed'>;

/** The part of a push that has not been written yet; places are counted in characters since the client started. */
export function newPart(printed: Printed, writtenUpTo: number): string {
  return printed.text.slice(Math.max(0, writtenUpTo - printed.startsAt));
}

/** Calls `write` with all output in order; returns the way to stop. */
export function followOutput(sessionId: SessionId, write: (text: string) => void): () => void {
  const early: Printed[] = [];
  const place: { upTo: number | null; stopped: boolean } = { upTo: null, stopped: false };
  const take = (printed: Printed): void => {
    write(newPart(printed, place.upTo ?? 0));
    place.upTo = Math.max(place.upTo ?? 0, printed.startsAt + printed.text.length);
  };
  const stopListening = bridge().on('session:printed', (printed) => {
    if (printed.sessionId !== sessionId) return;
    if (place.upTo === null) early.push(printed);
    else take(printed);
  });
  void ask('session:read-output', { sessionId }).then((output) => {
    if (place.stopped) return;
    place.upTo = output.ok ? output.value.endsAt : 0;
    if (output.ok) write(output.value.text);
    early.forEach(take);
  });
  return () => {
    place.stopped = true;
    stopListening();
  };
}
