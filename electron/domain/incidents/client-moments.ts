// What a session's views and output mean for the flight recorder: the client's events and lines, as a trace names them.
import { wordsForEnd } from '../../common/end-words';
import { assertNever } from '../../common/result';
import type { ClientEnd, Interruption, LinkState, Mark, SessionView } from '../../common/session';
import type { SessionId } from '../../common/ids';
import { english } from '../../common/told';
import type { ClientMoment } from './recorded-item';

/** Lines that are kept of one client in a second: some print in floods. */
const linesPerSecond = 40;
const longestLine = 1_000;
/** Control sequences of terminals (ECMA-48), and what else is not for reading. */
 
const terminalSigns = /\u001B\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F]/g;

export function interruptionOf(link: LinkState): Interruption | null {
  return 'interruption' in link ? link.interruption : null;
}

interface Known {
  interruptedAtMs: number;
  stage: string;
  partial: string;
  second: number;
  lines: number;
}

export class ClientMoments {
  private readonly known = new Map<SessionId, Known>();

  /** A view that has changed. @param nowMs epoch milliseconds */
  see(view: SessionView, nowMs: number): ClientMoment[] {
    const known = this.of(view.id);
    const moments: ClientMoment[] = [];
    const { link } = view;
    const stage = link.kind === 'connecting' || link.kind === 'reconnecting' ? english(link.stage) : '';
    if (stage !== known.stage && stage !== '') moments.push(momentOf(view, nowMs, { event: 'stage', text: stage }));
    known.stage = stage;
    const interruption = interruptionOf(link);
    if (interruption !== null && interruption.atMs !== known.interruptedAtMs) {
      known.interruptedAtMs = interruption.atMs;
      moments.push(momentOf(view, interruption.atMs, endMoment(interruption.end)));
    }
    return moments;
  }

  mark(view: SessionView, { kind, atMs, text }: Mark): ClientMoment[] {
    if (kind === 'stream-poor') return [momentOf(view, atMs, { event: 'poor', text: english(text) })];
    return kind === 'stream-okay' ? [momentOf(view, atMs, { event: 'okay', text: english(text) })] : [];
  }

  printed(view: SessionView, text: string, nowMs: number): ClientMoment[] {
    const known = this.of(view.id);
    const lines = (known.partial + text).split(/\r?\n/);
    known.partial = (lines.pop() ?? '').slice(-longestLine);
    return lines.flatMap((line) => {
      const clean = line.replaceAll(terminalSigns, '').trim().slice(0, longestLine);
      return clean === '' || !this.hasRoom(known, nowMs) ? [] : [momentOf(view, nowMs, { event: 'line', text: clean })];
    });
  }

  forget(sessionId: SessionId): void {
    this.known.delete(sessionId);
  }

  private hasRoom(known: Known, nowMs: number): boolean {
    const second = Math.floor(nowMs / 1_000);
    if (known.second !== second) Object.assign(known, { second, lines: 0 });
    known.lines += 1;
    return known.lines <= linesPerSecond;
  }

  private of(sessionId: SessionId): Known {
    const known = this.known.get(sessionId) ?? { interruptedAtMs: 0, stage: '', partial: '', second: 0, lines: 0 };
    this.known.set(sessionId, known);
    return known;
  }
}

type Said = Pick<ClientMoment, 'event' | 'text'> & Partial<Pick<ClientMoment, 'code' | 'signal'>>;

function momentOf({ id, hostId }: SessionView, atMs: number, said: Said): ClientMoment {
  return { atMs, sessionId: id, hostId, code: null, signal: null, ...said };
}

function endMoment(end: ClientEnd): Said {
  const text = english(wordsForEnd(end));
  switch (end.kind) {
    case 'crashed':
      return { event: 'exit', text, signal: end.signal };
    case 'unexpected':
      return { event: 'exit', text, code: end.exitCode };
    case 'client-misused':
    case 'display-lost':
    case 'thread-lost':
      return { event: 'exit', text };
    case 'stalled':
      return { event: 'stall', text };
    case 'terminated':
    case 'stage-failed':
      return { event: 'terminated', text, code: end.code };
    case 'host-ended':
      return { event: 'terminated', text, code: 0 };
    case 'ended-by-user':
    case 'auth-refused':
    case 'certificate-unknown':
    case 'certificate-changed':
    case 'host-name-unknown':
    case 'host-unreachable':
    case 'connection-lost':
    case 'launch-refused':
    case 'not-paired':
    case 'slept':
      return { event: 'terminated', text };
    default:
      return assertNever(end);
  }
}
