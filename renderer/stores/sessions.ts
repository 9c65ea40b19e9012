// The sessions as main tells them, and the buttons that act on them.
import { create } from 'zustand';
import type { EntryId, SessionId } from '../../electron/common/ids';
import type { SessionView } from '../../electron/common/session';
import { request } from './request';
import { openRoute } from './route';

interface SessionsState {
  /** Oldest first. */
  readonly sessions: readonly SessionView[];
}

export const useSessions = create<SessionsState>()(() => ({ sessions: [] }));

export function putSession(view: SessionView): void {
  useSessions.setState(({ sessions }) => {
    const isKnown = sessions.some(({ id }) => id === view.id);
    return { sessions: isKnown ? sessions.map((other) => (other.id === view.id ? view : other)) : [...sessions, view] };
  });
}

export function forgetSession(sessionId: SessionId): void {
  useSessions.setState(({ sessions }) => ({ sessions: sessions.filter(({ id }) => id !== sessionId) }));
}

export function sessionOfEntry(sessions: readonly SessionView[], entryId: EntryId): SessionView | undefined {
  return sessions.filter((session) => session.entryId === entryId && session.link.kind !== 'ended').at(-1);
}

/** Opens the entry's running session, or launches it and opens that. */
export async function launchEntry(entryId: EntryId): Promise<void> {
  const running = sessionOfEntry(useSessions.getState().sessions, entryId);
  if (running !== undefined) return openRoute({ page: 'session', sessionId: running.id });
  const launched = await request('session:launch', { entryId });
  if (launched.ok) openRoute({ page: 'session', sessionId: launched.value });
}

export type PlainSessionVerb = 'stop' | 'reconnect' | 'pause' | 'resume' | 'stay-paused' | 'forget-certificate' | 'take-over' | 'quit-app';

export async function tellSession(verb: PlainSessionVerb, sessionId: SessionId): Promise<void> {
  await request(`session:${verb}`, { sessionId });
}

export async function givePassword(sessionId: SessionId, password: string, remember: boolean): Promise<void> {
  await request('session:give-password', { sessionId, password, remember });
}

export async function trustCertificate(sessionId: SessionId, fingerprint: string): Promise<void> {
  await request('session:trust-certificate', { sessionId, fingerprint });
}
