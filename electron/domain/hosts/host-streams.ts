// Athena's own streams of GameStream hosts: tells the watch of them, and ends all of one host.
import type { Entry } from '../../common/entry';
import type { EntryId, HostId, SessionId } from '../../common/ids';
import type { SessionView } from '../../common/session';
import type { Clock, Disposable } from '../clock';
import type { Sessions } from '../session/sessions';
import type { HostWatch } from './host-watch';

/** A client that takes longer is killed by its keeper; milliseconds. */
const endLimitMs = 10_000;

/** Tells the watch when a stream of a GameStream app begins and when it is over, lost ones too. */
export function tellStreams(sessions: Sessions, entryOf: (entryId: EntryId) => Entry | null | undefined, watch: HostWatch): Disposable {
  const streaming = new Map<SessionId, HostId>();
  const ended = (id: SessionId): void => {
    const hostId = streaming.get(id);
    if (hostId === undefined) return;
    streaming.delete(id);
    watch.streamEnded(hostId);
  };
  return sessions.onNews({
    changed: ({ id, entryId, hostId, link }) => {
      const app = entryOf(entryId)?.app;
      if (link.kind !== 'streaming') ended(id);
      else if (app !== undefined && !streaming.has(id)) {
        streaming.set(id, hostId);
        watch.streamBegan(hostId, app);
      }
    },
    forgotten: ended,
  });
}

/** Whether a session of this host is not over: then it must be told at once that the host is back. */
export function isInUse(sessions: readonly SessionView[], hostId: HostId): boolean {
  return sessions.some((view) => view.hostId === hostId && view.link.kind !== 'ended');
}

/** Stops the host's sessions that show GameStream apps; resolves when they have ended, or after ten seconds. One that asks shows nothing. */
export function endStreams(
  sessions: Sessions,
  entryOf: (entryId: EntryId) => Entry | null | undefined,
  clock: Clock,
  hostId: HostId,
): Promise<void> {
  const open = (): SessionView[] =>
    sessions
      .views()
      .filter(({ hostId: of, link, entryId }) => of === hostId && link.kind !== 'ended' && link.kind !== 'asking' && entryOf(entryId)?.protocol === 'gamestream');
  return new Promise((resolve) => {
    const look = (): void => {
      if (open().length > 0) return;
      news.dispose();
      limit.dispose();
      resolve();
    };
    const news = sessions.onNews({ changed: look, forgotten: look });
    const limit = clock.after(endLimitMs, () => {
      news.dispose();
      resolve();
    });
    for (const { id } of open()) void sessions.stop(id);
    look();
  });
}
