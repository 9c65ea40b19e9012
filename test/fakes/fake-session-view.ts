// A session of Moonlight in any of the states that fake-states knows by name.
import { entryIdSchema, hostIdSchema, sessionIdSchema } from '../../electron/common/ids';
import type { AppState, LinkState, SessionView } from '../../electron/common/session';
import { freshQuality } from '../../electron/domain/session/stream-quality';
import { appStates, linkStates } from './fake-states';

const nowMs = 1_700_000_000_000;

/** @throws when the fakes know no such state */
export function fakeSessionView(linkName: string, appName: string, id = 's1'): SessionView {
  const link: LinkState | undefined = linkStates(nowMs)[linkName];
  const app: AppState | undefined = appStates(nowMs)[appName];
  if (!link || !app) throw new Error(`no state ${linkName} or ${appName}`);
  return {
    id: sessionIdSchema.parse(id),
    entryId: entryIdSchema.parse('game'),
    hostId: hostIdSchema.parse('rig'),
    name: 'Game',
    clientName: 'Moonlight',
    startedAtMs: nowMs,
    link,
    app,
    quality: freshQuality,
    marks: [],
  };
}
