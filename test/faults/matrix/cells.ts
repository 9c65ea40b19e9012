// The cells of the matrix: every client with every fault, what is expected of each, and why where that is less than everything.
import { faults, type Fault } from './faults';
import { clientNames, type ClientName } from './host-side';
import type { Expected } from './verdict';

export interface Cell {
  /** "vnc/cut-6". */
  readonly id: string;
  readonly client: ClientName;
  readonly fault: Fault;
  readonly expected: Expected;
  /** Without a network of its own. */
  readonly onLoopback: boolean;
}

/** Above the goals (anchors: 0.1, 1 and 3 s), because two busy cores answer late. */
const soonMs = 600;
const stallMs = 2_000;
const leaseMs = 3_000 + 500;
/** Local crash to picture. */
const quickBackMs = 6_000;
const backMs = 15_000;

const lost: Expected = { outcome: 'back', noticed: 'yes', pausedWithinMs: leaseMs, backWithinMs: backMs, limitMs: 45_000, why: null };
const crash: Expected = { ...lost, detectWithinMs: soonMs, pausedWithinMs: 1_500, backWithinMs: quickBackMs };
const stalled: Expected = { ...lost, detectWithinMs: stallMs };
const undisturbed = (why: string): Expected => ({ outcome: 'undisturbed', noticed: 'no', neverPaused: true, limitMs: 30_000, why });

const ownLimit = 'a practice Moonlight whose connections are reset says so after 10 s of silence, as with datagrams';
/** A host that was started again has no app that runs: there is nothing to come back to, and the app must not stay frozen. */
const forgotten: Expected = {
  ...{ outcome: 'over', noticed: 'yes', detectWithinMs: 11_500, limitMs: 45_000 },
  why: `a GameStream host that was started again knows nothing of its app: no session to come back to; ${ownLimit}`,
};
const over = (why: string): Expected => ({ outcome: 'over', noticed: 'maybe', limitMs: 40_000, why });
/** The app waits, paused, for the person. */
const asks: Expected = {
  ...{ outcome: 'asks', noticed: 'yes', detectWithinMs: 5_000, pausedWithinMs: 5_500, limitMs: 45_000 },
  why: 'only a person can vouch for another certificate; until then the app stays paused',
};
const asksLate: Expected = { ...asks, detectWithinMs: 11_500, pausedWithinMs: 12_000, why: `${asks.why ?? ''}; ${ownLimit}` };

const moved: Expected = {
  ...{ ...stalled, backWithinMs: 45_000, limitMs: 75_000 },
  // Its own end of a connection that nobody can end any more.
  mayRemain: /^(?:sshd: .*|sh)$/,
  why: 'back after some 30 s: until then the probes of the gate ask the old address; the sshd there keeps its old connections, as it hears of no end',
};

/** For all clients alike, but for those that are named. */
type Row = Expected & Readonly<Partial<Record<ClientName, Expected>>>;

const expectations: Readonly<Record<string, Row>> = {
  'client-kill': crash,
  'client-segv': crash,
  // Told by the way it ends: from outside, nothing else tells it from a window that somebody closes.
  'client-term': { ...crash, moonlight: over('Moonlight ends on SIGTERM as when its window is closed, with exit code 0') },
  'client-stop': { ...stalled, backWithinMs: 12_000 },
  'server-kill': { ...lost, moonlight: forgotten },
  'server-stop': { ...stalled, detectWithinMs: 4_500, pausedWithinMs: 5_000 },
  'server-restart': { ...lost, moonlight: forgotten },
  'app-end': { ...undisturbed('the desktop outlives its app, and nothing is there to pause'), moonlight: over('the host tells that its app has ended') },
  'cut-2': stalled,
  'cut-6': stalled,
  'cut-15': { ...stalled, limitMs: 60_000 },
  'cut-60': {
    ...{ ...stalled, backWithinMs: 30_000, limitMs: 120_000 },
    rdp: {
      ...{ ...stalled, backWithinMs: 90_000, limitMs: 200_000 },
      // TCP asks again after 51.2 s at its ninth try: 102 s after the cut (RFC 6298, with Linux' first wait of 0.2 s).
      why: "FreeRDP's shadow server serves nobody while it still sends to the client that vanished, until TCP asks again and hears of its end",
    },
  },
  'delay-5': undisturbed('5 ms are no fault'),
  'delay-300': undisturbed('below the second at which a stream counts as dead'),
  'delay-5000': { ...stalled, detectWithinMs: 3_000, limitMs: 60_000 },
  'loss-5': undisturbed('TCP makes good for it'),
  'loss-30': { outcome: 'back', noticed: 'maybe', backWithinMs: backMs, limitMs: 60_000, why: 'bad enough to be lost or not, by chance; what counts is the way back' },
  'loss-100': { ...stalled, limitMs: 60_000 },
  reorder: undisturbed('TCP puts it in order'),
  address: {
    ...moved,
    rdp: { ...moved, why: `${moved.why ?? ''}; FreeRDP's shadow server is started anew there, as it serves nobody while TCP still tries the old address` },
  },
  certificate: { ...lost, why: 'a VNC server without TLS shows no certificate: it is just another one, and the way back is the same', rdp: asks, moonlight: asksLate },
  'sshd-kill': undisturbed('the stream needs no sshd'),
  'athena-kill': { outcome: 'dies', noticed: 'no', pausedWithinMs: leaseMs, limitMs: 8_000, why: null },
};

/** @throws when a fault has no expectation: a cell nobody thought about is none */
export function allCells(onLoopback: boolean): Cell[] {
  return clientNames.flatMap((client) =>
    faults
      .filter(({ network }) => !onLoopback || network === 'none')
      .map((fault) => {
        const row = expectations[fault.name];
        if (!row) throw new Error(`nothing is expected of "${fault.name}"`);
        return { id: `${client}/${fault.name}`, client, fault, expected: row[client] ?? row, onLoopback };
      }),
  );
}
