// Which page the window shows, and the way back.
import { create } from 'zustand';
import type { EntryId, HostId, SessionId } from '../../electron/common/ids';
import type { IncidentId } from '../../electron/common/incident';

export type Route =
  | { readonly page: 'library' }
  | { readonly page: 'session'; readonly sessionId: SessionId }
  | { readonly page: 'host'; readonly hostId: HostId }
  | { readonly page: 'entry-form'; readonly entryId: EntryId | null }
  | { readonly page: 'profile'; readonly entryId: EntryId }
  | { readonly page: 'add-host' }
  | { readonly page: 'network' }
  | { readonly page: 'incidents' }
  | { readonly page: 'incident'; readonly incidentId: IncidentId }
  | { readonly page: 'practice' };

interface RouteState {
  readonly route: Route;
  readonly past: readonly Route[];
}

const longestPast = 20;

export const useRoute = create<RouteState>()(() => ({ route: { page: 'library' }, past: [] }));

export function routeKey(route: Route): string {
  switch (route.page) {
    case 'session':
      return `session/${route.sessionId}`;
    case 'host':
      return `host/${route.hostId}`;
    case 'entry-form':
      return `entry-form/${route.entryId ?? 'new'}`;
    case 'profile':
      return `profile/${route.entryId}`;
    case 'incident':
      return `incident/${route.incidentId}`;
    default:
      return route.page;
  }
}

export function openRoute(route: Route): void {
  useRoute.setState((state) =>
    routeKey(route) === routeKey(state.route)
      ? state
      : { route, past: [...state.past.filter((past) => routeKey(past) !== routeKey(route)), state.route].slice(-longestPast) },
  );
}

/** One page back; from the first page nowhere. Returns whether it went. */
export function goBack(): boolean {
  const { past, route } = useRoute.getState();
  const previous = past.at(-1);
  if (previous === undefined) {
    if (route.page === 'library') return false;
    useRoute.setState({ route: { page: 'library' } });
    return true;
  }
  useRoute.setState({ route: previous, past: past.slice(0, -1) });
  return true;
}
