// What a GameStream host says at this moment, as far as a session needs it: free, busy with which app, or why it says nothing.
import type { HostId } from '../../common/ids';
import { assertNever } from '../../common/result';
import type { Clock } from '../clock';
import type { HostWord } from '../session/gamestream-verdict';
import type { GameStreamHosts } from './gamestream-hosts';
import type { GameStreamRecord } from './gamestream-record';
import type { Sighting } from './host-sighting';

export interface HostTold {
  readonly word: HostWord;
  /** Of the app that was asked for; null: the host lists no app by this name. */
  readonly appId: number | null;
  /** The host's own name for the app that runs there; null: none, or it is not listed. */
  readonly runningName: string | null;
}

/** A session waits for this: a host that takes longer counts as silent. Milliseconds. */
export const askLimitMs = 2_000;

/** Never fails. @param appName as the host lists it */
export function askHost(
  { gameStream, clock }: { readonly gameStream: GameStreamHosts; readonly clock: Clock },
  hostId: HostId,
  appName: string,
): Promise<HostTold> {
  return new Promise((resolve, reject) => {
    let told = tell(gameStream.record(hostId), { kind: 'silent' }, appName);
    const limit = clock.after(askLimitMs, () => resolve(told));
    const ask = async (): Promise<HostTold> => {
      const { record, sighting } = await gameStream.see(hostId);
      told = tell(record, wordOf(record, sighting), appName);
      if (told.word.kind !== 'busy' || told.runningName !== null) return told;
      // Ids change when an app is renamed or gets another cover: an unknown one is looked up in the host's list of today.
      const apps = await gameStream.refreshApps(hostId);
      return apps.ok ? tell(gameStream.record(hostId), told.word, appName) : told;
    };
    ask()
      .finally(() => limit.dispose())
      .then(resolve, reject);
  });
}

function wordOf(record: GameStreamRecord | null, sighting: Sighting): HostWord {
  switch (sighting.kind) {
    case 'no-answer':
      return { kind: 'silent' };
    case 'other-host':
    case 'certificate-changed':
      return { kind: sighting.kind };
    case 'here': {
      const { paired, runningAppId } = sighting.info;
      if (paired === false || (record?.certificatePem ?? null) === null) return { kind: 'not-paired' };
      return runningAppId === null ? { kind: 'free' } : { kind: 'busy', appId: runningAppId };
    }
    default:
      return assertNever(sighting);
  }
}

function tell(record: GameStreamRecord | null, word: HostWord, appName: string): HostTold {
  const runningId = word.kind === 'busy' ? word.appId : null;
  const apps = record?.apps ?? [];
  const named = apps.filter(({ name }) => name === appName);
  // Of two apps by one name, the one that runs is meant.
  const app = named.find(({ id }) => id === runningId) ?? named[0];
  return { word, appId: app?.id ?? null, runningName: apps.find(({ id }) => id === runningId)?.name ?? null };
}
