// What can be done with a GameStream host in its state, why not otherwise, and its state in a sentence: pure.
import type { GameStreamHostView, HostStateKind } from '../../../electron/common/gamestream';
import { assertNever } from '../../../electron/common/result';
import { gameStreamTexts as texts } from './texts';

export interface HostActions {
  /** Why it can't be done; undefined: it can. */
  readonly wake: string | undefined;
  readonly quit: string | undefined;
}

type Host = Pick<GameStreamHostView, 'state' | 'paired' | 'mac' | 'runningApp'>;

export function hostActions({ state, paired, mac }: Host): HostActions {
  const runsApp = state === 'busy' || state === 'paused';
  return {
    wake: isAnswering(state) ? texts.wakeAwake : mac === null ? texts.wakeNoMac : undefined,
    quit: !runsApp ? texts.quitNothing : paired ? undefined : texts.quitUnpaired,
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
      return texts.unknownDetail;
    case 'asleep':
      return mac === null ? texts.asleepNoMac : texts.asleepDetail;
    case 'booting':
      return texts.bootingDetail;
    case 'online':
      return paired ? texts.onlineDetail : texts.unpairedDetail;
    case 'busy':
      if (isStreamed) return texts.streamedDetail;
      return paired ? texts.busyDetail : texts.unpairedDetail;
    case 'paused':
      return texts.pausedDetail;
    case 'address-in-doubt':
      return texts.inDoubtDetail;
    case 'certificate-changed':
      return texts.changedDetail;
    default:
      return assertNever(state);
  }
}
