// Asks a GameStream host before its client starts: a Moonlight waits minutes for what the host says in milliseconds.
import type { Entry } from '../../common/entry';
import type { HostId } from '../../common/ids';
import { assertNever } from '../../common/result';
import { tell } from '../../common/told';
import type { HostTold } from '../hosts/ask-host';
import type { CancelSignal } from '../hosts/gamestream-host';
import type { Attempt, PreparedClient } from './prepared-client';

export interface HindranceParts {
  readonly askHost: (hostId: HostId, appName: string) => Promise<HostTold>;
  /** Wakes a sleeping host and waits until it answers. @returns whether it does */
  readonly wake: (hostId: HostId, cancel: CancelSignal) => Promise<boolean>;
}

/** @returns why no client needs to be started; null: nothing is in the way */
export async function hostHindrance(
  { app }: Entry,
  hostId: HostId,
  parts: HindranceParts,
  attempt: Attempt,
): Promise<PreparedClient | null> {
  if (app === undefined) return null; // what is missing is told by those who need it
  attempt.stage(tell`asking the host`);
  const told = await parts.askHost(hostId, app);
  // A host that went to sleep under its stream was sent to sleep: only a launch wakes it.
  if (told.word.kind !== 'silent' || attempt.resuming) return hindranceIn(told, attempt);
  attempt.stage(tell`waking the host`);
  if (!(await parts.wake(hostId, attempt.cancel))) return hindranceIn(told, attempt);
  attempt.stage(tell`asking the host`);
  return hindranceIn(await parts.askHost(hostId, app), attempt);
}

function hindranceIn(told: HostTold, { resuming }: Attempt): PreparedClient | null {
  const { word, appId, runningName } = told;
  switch (word.kind) {
    case 'free':
      // What would come back is another run of the app, from its beginning.
      return resuming ? { kind: 'ended', end: { kind: 'host-ended' }, told } : null;
    case 'busy':
      return appId === null || word.appId === appId ? null : { kind: 'question', question: { kind: 'other-app', appName: runningName } };
    case 'silent':
    case 'other-host':
      return { kind: 'ended', end: { kind: 'host-unreachable' }, told };
    case 'not-paired':
      return { kind: 'question', question: { kind: 'not-paired' } };
    case 'certificate-changed':
      return { kind: 'question', question: { kind: 'certificate-changed' } };
    default:
      return assertNever(word);
  }
}
