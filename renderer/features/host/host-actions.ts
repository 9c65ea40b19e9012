// What can be done with a GameStream host in its state, why not otherwise, and its state in a sentence: pure.
import type { GameStreamHostView, HostStateKind } from '../../../electron/common/gamestream';
import { assertNever } from '../../../electron/common/result';
import { wordsOf } from '../../language/language';

const words = wordsOf('host');

export interface HostActions {
  /** Why it can't be done; undefined: it can. */
  readonly wake: string | undefined;
  readonly quit: string | undefined;
}

type Host = Pick<GameStreamHostView, 'state' | 'paired' | 'mac' | 'runningApp'>;

export function hostActions({ state, paired, mac }: Host): HostActions {
  const runsApp = state === 'busy' || state === 'paused';
  return {
    wake: isAnswering(state) ? words('gameStream.wakeAwake') : mac === null ? words('gameStream.wakeNoMac') : undefined,
    quit: !runsApp ? words('gameStream.quitNothing') : paired ? undefined : words('gameStream.quitUnpaired'),
  };
}

/** Its service answers, as itself or (with another certificate) as something that claims to be it. */
export function isAnswering(state: HostStateKind): boolean {
  return state === 'online' || state === 'busy' || state === 'paused' || state === 'certificate-changed';
}

/** @param isStreamed Athena has a session on it */
export function hostDetail({ state, paired, mac }: Host, isStreamed: boolean): string {
  switch (state) {
    case 'unknown':
      return words('gameStream.unknownDetail');
    case 'asleep':
      return mac === null ? words('gameStream.asleepNoMac') : words('gameStream.asleepDetail');
    case 'booting':
      return words('gameStream.bootingDetail');
    case 'online':
      return paired ? words('gameStream.onlineDetail') : words('gameStream.unpairedDetail');
    case 'busy':
      if (isStreamed) return words('gameStream.streamedDetail');
      return paired ? words('gameStream.busyDetail') : words('gameStream.unpairedDetail');
    case 'paused':
      return words('gameStream.pausedDetail');
    case 'address-in-doubt':
      return words('gameStream.inDoubtDetail');
    case 'certificate-changed':
      return words('gameStream.changedDetail');
    default:
      return assertNever(state);
  }
}
