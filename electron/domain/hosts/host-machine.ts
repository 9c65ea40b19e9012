// What Athena holds a GameStream host to be, decided by a pure function over what polls, probes, mDNS and sessions tell.
import { assertNever } from '../../common/result';

/** Every state ends: by news, or by its time limit (`limitMs`). */
export type HostState =
  /** Not asked yet, or the last answer is too old to count. */
  | { readonly kind: 'unknown'; readonly sinceMs: number }
  /** Nothing answers; nobody can tell from here whether it sleeps or is off. */
  | { readonly kind: 'asleep'; readonly sinceMs: number; readonly pings: PingSign }
  | { readonly kind: 'booting'; readonly sinceMs: number; readonly why: BootingSign }
  | { readonly kind: 'online'; readonly sinceMs: number; readonly misses: number }
  /** An app runs; somebody may be streaming it. */
  | { readonly kind: 'busy'; readonly sinceMs: number; readonly misses: number; readonly appId: number }
  /** The app runs on although Athena's own stream of it has ended. */
  | { readonly kind: 'paused'; readonly sinceMs: number; readonly misses: number; readonly appId: number }
  /** Another host answers at its address. */
  | { readonly kind: 'address-in-doubt'; readonly sinceMs: number; readonly otherId: string }
  /** It shows another certificate than the one from pairing: reinstalled, or somebody in between. */
  | { readonly kind: 'certificate-changed'; readonly sinceMs: number; readonly misses: number };

/** woken: we sent the packet. announced, pinged: it is there, but its service does not answer yet. */
export type BootingSign = 'woken' | 'announced' | 'pinged';

/**
 * none: pings stay without answer. in-vain: the machine answers them, but its service has not come for as long as a boot
 * takes. worth-asking: it answers them now, so asking its service wakes nobody.
 */
export type PingSign = 'none' | 'in-vain' | 'worth-asking';

export type HostEvent =
  /** Its own answer, with its identity and its certificate right. `appId` null: nothing runs. */
  | { readonly kind: 'answered'; readonly appId: number | null }
  /** A poll of all its addresses got no answer. */
  | { readonly kind: 'missed' }
  | { readonly kind: 'answered-as-other'; readonly otherId: string }
  | { readonly kind: 'certificate-refused' }
  /** An ICMP probe, which wakes nobody. */
  | { readonly kind: 'pinged'; readonly alive: boolean }
  | { readonly kind: 'announced' }
  | { readonly kind: 'woken' }
  /** Somebody wants to see it now. */
  | { readonly kind: 'look-wanted' }
  | { readonly kind: 'stream-began'; readonly appId: number }
  | { readonly kind: 'stream-ended' }
  /** Carries the moment at which the state that it limits began: a later one stays. */
  | { readonly kind: 'limit-reached'; readonly sinceMs: number };

export interface HostView {
  readonly state: HostState;
  /** The app that Athena streams from it right now; null: none. */
  readonly streamedAppId: number | null;
  /** The app whose stream Athena has ended or lost; null: none, or it has ended since. */
  readonly leftAppId: number | null;
  /** Grows with everything that gives the state new life; a limit counts from it. */
  readonly freshMs: number;
}

/** An online host is held offline after this many polls in a row without an answer (moonlight-qt does the same). */
export const missesUntilOffline = 2;

export function unknownHost(nowMs: number): HostView {
  return { state: { kind: 'unknown', sinceMs: nowMs }, streamedAppId: null, leftAppId: null, freshMs: nowMs };
}

/**
 * How long a state may last without news, in milliseconds. Null: it may stay, and what can end it does not come from
 * polls alone: `asleep` is left by a ping, an announcement, a wake, or a wish.
 */
export function limitMs({ kind }: HostState): number | null {
  switch (kind) {
    case 'unknown':
      return 15_000;
    case 'booting':
      return 180_000;
    // Polls come every few seconds: without one for this long, nobody knows.
    case 'online':
    case 'busy':
    case 'paused':
    case 'certificate-changed':
      return 45_000;
    case 'address-in-doubt':
      return 60_000;
    case 'asleep':
      return null;
    default:
      return assertNever(kind);
  }
}

export type NextLook = { readonly by: 'ask' | 'ping'; readonly afterMs: number };

/**
 * How to look at the host next. A sleeping one is only pinged: a connection to one of its ports wakes machines whose
 * network card is set to wake on patterns (Windows' default); an ICMP echo does not.
 */
export function nextLook({ state }: HostView): NextLook {
  switch (state.kind) {
    case 'unknown':
      return { by: 'ask', afterMs: 0 };
    case 'asleep':
      return state.pings === 'worth-asking' ? { by: 'ask', afterMs: 0 } : { by: 'ping', afterMs: 15_000 };
    case 'booting':
      return { by: 'ask', afterMs: 2_000 };
    case 'online':
    case 'busy':
    case 'paused':
      return { by: 'ask', afterMs: 3_000 };
    case 'address-in-doubt':
    case 'certificate-changed':
      return { by: 'ask', afterMs: 10_000 };
    default:
      return assertNever(state);
  }
}

/** One step. @returns the same object when nothing changed */
export function hostTransition(host: HostView, event: HostEvent, nowMs: number): HostView {
  switch (event.kind) {
    case 'answered':
      return answered(host, event.appId, nowMs);
    case 'missed':
      return missed(host, nowMs);
    case 'answered-as-other':
      return become(host, { kind: 'address-in-doubt', sinceMs: sinceOf(host, 'address-in-doubt', nowMs), otherId: event.otherId }, nowMs);
    case 'certificate-refused':
      return become(host, { kind: 'certificate-changed', sinceMs: sinceOf(host, 'certificate-changed', nowMs), misses: 0 }, nowMs);
    case 'pinged':
      return pinged(host, event.alive, nowMs);
    case 'announced':
      return host.state.kind === 'asleep' || host.state.kind === 'unknown' ? boot(host, 'announced', nowMs) : host;
    case 'woken':
      return host.state.kind === 'asleep' || host.state.kind === 'unknown' || host.state.kind === 'booting' ? boot(host, 'woken', nowMs) : host;
    case 'look-wanted':
      return host.state.kind === 'asleep' ? become(host, { kind: 'unknown', sinceMs: nowMs }, nowMs) : host;
    case 'stream-began':
      return withStream({ ...host, streamedAppId: event.appId, leftAppId: null }, nowMs);
    case 'stream-ended':
      return host.streamedAppId === null ? host : withStream({ ...host, streamedAppId: null, leftAppId: host.streamedAppId }, nowMs);
    case 'limit-reached':
      return limitReached(host, event.sinceMs, nowMs);
    default:
      return assertNever(event);
  }
}

/** A state that is only confirmed keeps its beginning, and gets a new limit. */
function become(host: HostView, state: HostState, nowMs: number): HostView {
  return { ...host, state, freshMs: nowMs };
}

function sinceOf({ state }: HostView, kind: HostState['kind'], nowMs: number): number {
  return state.kind === kind ? state.sinceMs : nowMs;
}

function boot(host: HostView, why: BootingSign, nowMs: number): HostView {
  return become(host, { kind: 'booting', sinceMs: sinceOf(host, 'booting', nowMs), why }, nowMs);
}

function pinged(host: HostView, alive: boolean, nowMs: number): HostView {
  const { state } = host;
  if (state.kind !== 'asleep') return host;
  if (alive && state.pings === 'none') return boot(host, 'pinged', nowMs);
  const pings: PingSign = alive ? 'worth-asking' : 'none';
  return pings === state.pings ? host : { ...host, state: { ...state, pings } };
}

function fallAsleep(host: HostView, nowMs: number, pings: PingSign = 'none'): HostView {
  return become(host, { kind: 'asleep', sinceMs: nowMs, pings }, nowMs);
}

function answered(host: HostView, appId: number | null, nowMs: number): HostView {
  // What it no longer runs was not left there any more.
  const leftAppId = host.leftAppId === appId ? appId : null;
  const next = { ...host, leftAppId };
  if (appId === null) return become(next, { kind: 'online', sinceMs: sinceOf(host, 'online', nowMs), misses: 0 }, nowMs);
  const kind = leftAppId === appId && host.streamedAppId === null ? 'paused' : 'busy';
  const sinceMs = host.state.kind === kind && host.state.appId === appId ? host.state.sinceMs : nowMs;
  return become(next, { kind, sinceMs, misses: 0, appId }, nowMs);
}

function missed(host: HostView, nowMs: number): HostView {
  const { state } = host;
  switch (state.kind) {
    // A host that boots is expected to miss; its limit ends it.
    case 'booting':
      return host;
    case 'asleep':
      return state.pings === 'worth-asking' ? { ...host, state: { ...state, pings: 'in-vain' } } : host;
    // There was no answer to lose: one miss says all.
    case 'unknown':
    case 'address-in-doubt':
      return fallAsleep(host, nowMs);
    case 'online':
    case 'busy':
    case 'paused':
    case 'certificate-changed': {
      const misses = state.misses + 1;
      return misses < missesUntilOffline ? become(host, { ...state, misses }, nowMs) : fallAsleep(host, nowMs);
    }
    default:
      return assertNever(state);
  }
}

/** A stream that begins or ends turns "busy" into "paused" and back; it is no answer of the host. */
function withStream(host: HostView, nowMs: number): HostView {
  const { state, streamedAppId, leftAppId } = host;
  if (state.kind === 'busy' && streamedAppId === null && leftAppId === state.appId) {
    return { ...host, state: { ...state, kind: 'paused', sinceMs: nowMs } };
  }
  if (state.kind === 'paused' && leftAppId !== state.appId) {
    return { ...host, state: { ...state, kind: 'busy', sinceMs: nowMs } };
  }
  return host;
}

/** The host is asked anew, or held to sleep: it never simply stays. */
function limitReached(host: HostView, sinceMs: number, nowMs: number): HostView {
  const { state, freshMs } = host;
  const limit = limitMs(state);
  if (limit === null || sinceMs !== freshMs || nowMs - freshMs < limit) return host;
  switch (state.kind) {
    case 'unknown':
      return fallAsleep(host, nowMs);
    case 'booting':
      return fallAsleep(host, nowMs, state.why === 'pinged' ? 'in-vain' : 'none');
    case 'online':
    case 'busy':
    case 'paused':
    case 'address-in-doubt':
    case 'certificate-changed':
      return become(host, { kind: 'unknown', sinceMs: nowMs }, nowMs);
    case 'asleep':
      return host;
    default:
      return assertNever(state);
  }
}
