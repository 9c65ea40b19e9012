// Which page the window shows, and the way back.
import { create } from 'zustand';
import type { EntryId, HostId, SessionId } from '../../electron/common/ids';
import type { IncidentId } from '../../electron/common/incident';

/** Where the window begins, and where "back" ends: the library on the desk, Home on the couch. */
export type RootPage = 'library' | 'home';

export type Route =
  | { readonly page: RootPage }
  | { readonly page: 'entry'; readonly entryId: EntryId }
  | { readonly page: 'power' }
  | { readonly page: 'session'; readonly sessionId: SessionId }
  | { readonly page: 'host'; readonly hostId: HostId }
  | { readonly page: 'entry-form'; readonly entryId: EntryId | null }
  | { readonly page: 'pause-form'; readonly entryId: EntryId }
  | { readonly page: 'profile'; readonly entryId: EntryId }
  | { readonly page: 'add-host' }
  | { readonly page: 'import' }
  | { readonly page: 'network' }
  | { readonly page: 'incidents' }
  | { readonly page: 'incident'; readonly incidentId: IncidentId }
  | { readonly page: 'practice' }
  | { readonly page: 'settings' };

interface RouteState {
  readonly route: Route;
  readonly past: readonly Route[];
  readonly root: RootPage;
}

const longestPast = 20;

export const useRoute = create<RouteState>()(() => ({ route: { page: 'library' }, past: [], root: 'library' }));

export function routeKey(route: Route): string {
  switch (route.page) {
    case 'session':
      return `session/${route.sessionId}`;
    case 'host':
      return `host/${route.hostId}`;
    case 'entry-form':
      return `entry-form/${route.entryId ?? 'new'}`;
    case 'entry':
      return `entry/${route.entryId}`;
    case 'pause-form':
      return `pause-form/${route.entryId}`;
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
  const { past, route, root } = useRoute.getState();
  const previous = past.at(-1);
  if (previous === undefined) {
    if (route.page === root) return false;
    useRoute.setState({ route: { page: root } });
    return true;
  }
  useRoute.setState({ route: previous, past: past.slice(0, -1) });
  return true;
}

/** The old root gives way to the new one wherever it stands; whoever looks at another page stays there. */
export function setRoot(root: RootPage): void {
  useRoute.setState((state) => {
    if (state.root === root) return state;
    const moved = (route: Route): Route => (route.page === state.root ? { page: root } : route);
    const route = moved(state.route);
    const past = state.past.map(moved).filter((other, index, all) => {
      const key = routeKey(other);
      return key !== routeKey(route) && all.findIndex((same) => routeKey(same) === key) === index;
    });
    return { root, route, past };
  });
}
